"""What a host's site needs of the machine: packages, a user, a certificate, running services.

Debian and its children. Everything here is left out where files are only put below a folder.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from files import USER, Places
from proxy import Front, http_conf, https_conf
from release import Stopped, call

UNITS = ("orderbell-site.service", "orderbell-site-backup.service", "orderbell-site-backup.timer")
_PROGRAMS = {"nginx": "nginx", "certbot": "certbot"}


def ensure_packages(*, needs_certificate: bool) -> None:
    """Have nginx, and certbot where no certificate was brought. Raises Stopped."""
    wanted = [name for name in _PROGRAMS if name != "certbot" or needs_certificate]
    lacking = [_PROGRAMS[name] for name in wanted if _which(name) is None]
    if importlib.util.find_spec("ensurepip") is None and importlib.util.find_spec("pip") is None:
        lacking.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    if not lacking:
        return
    if _which("apt-get") is None:
        raise Stopped(f"this is no Debian or Ubuntu; install {' and '.join(lacking)} and try again")
    install = ["apt-get", "install", "-y", "--no-install-recommends", *lacking]
    call("fetching the package lists", ["apt-get", "update"])
    call("installing packages", install, DEBIAN_FRONTEND="noninteractive")


def ensure_user(places: Places) -> None:
    """Have the user whose only thing is the site's data; he can log in nowhere."""
    if subprocess.run(["getent", "passwd", USER], capture_output=True, check=False).returncode:
        home = ["--home-dir", str(places.data), "--no-create-home", "--shell", "/usr/sbin/nologin"]
        call("making the user", ["useradd", "--system", "--user-group", *home, USER])
    for folder in (places.data, places.backups):
        shutil.chown(folder, USER, USER)


def place_proxy(front: Front, places: Places, mail: str) -> None:
    """nginx in front: first plain http, over which a certificate is asked for, then TLS.

    Without `mail` the certificate is there already. Raises Stopped; a configuration that nginx
    refuses is taken away again, so that its other sites go on.
    """
    plain, secure = places.nginx / "orderbell-http.conf", places.nginx / "orderbell-https.conf"
    _take_over(plain, http_conf(front))
    if mail and not front.certificate.exists():
        _ask_for_certificate(front, places, mail)
    if not front.certificate.exists():
        raise Stopped(f"there is no certificate {front.certificate}")
    _take_over(secure, https_conf(front))


def start(*, is_new: bool) -> None:
    """Enable and start the units; wait until the site accepts requests. Raises Stopped."""
    call("reading the units", ["systemctl", "daemon-reload"])
    call("enabling the units", ["systemctl", "enable", "--quiet", UNITS[0], UNITS[2]])
    call("starting the nightly copy", ["systemctl", "start", UNITS[2]])
    act = "restart" if is_new else "start"
    try:
        call("starting the site", ["systemctl", act, UNITS[0]])
    except Stopped as reason:
        raise Stopped(
            f"{reason}\n  Why: journalctl -u orderbell-site -n 20\n"
            "  Back to the version before: see “Going back” in packaging/site/README.md"
        ) from reason


def as_user(places: Places) -> list[str]:
    """The words before a command that the site's user is to run; none below another root."""
    return [] if places.root != Path("/") else ["runuser", "-u", USER, "--"]


def _ask_for_certificate(front: Front, places: Places, mail: str) -> None:
    web: list[str | Path] = ["certonly", "--webroot", "--webroot-path", places.challenges]
    who = ["--non-interactive", "--agree-tos", "--email", mail, "--domain", front.domain]
    hook = ["--deploy-hook", "systemctl reload nginx"]
    call(f"asking for a certificate for {front.domain}", ["certbot", *web, *who, *hook])


def _take_over(file: Path, content: str) -> None:
    before = file.read_text("utf-8") if file.exists() else None
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    try:
        call("checking nginx", ["nginx", "-t", "-q"])
        # Also where it has not run yet, as after its package was installed without a start.
        call("starting nginx", ["systemctl", "enable", "--quiet", "--now", "nginx"])
        call("telling nginx", ["systemctl", "reload", "nginx"])
    except Stopped:
        if before is None:
            file.unlink()
        else:
            file.write_text(before, encoding="utf-8")
        raise


def _which(program: str) -> str | None:
    # A shell of root's may leave out where such programs lie.
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
