#!/usr/bin/env python3
"""One command to host the guests' pages on Debian or Ubuntu; the same command again updates them.

sudo python3 packaging/site/host.py orders.example.com --mail you@example.com

Makes /opt/orderbell-site from pinned, hashed packages, a user, a key, a systemd unit, a nightly
copy of the database, and nginx with a certificate in front, and says what it did. What is already
as it should be is left alone; data, key and certificate are never written over.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import release
import services
from files import USER, Places, make_key, place, point
from proxy import Front, checked_name, http_conf, https_conf
from release import SOURCE, Stopped, call

_HERE = Path(__file__).resolve().parent
_SOURCES = ("pos_app", "resources", "ui", "packaging/requirements", "packaging/site/release.py")
_WORKING = ("__pycache__", ".mo", ".part")


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 1 could not."""
    wanted = _read(arguments)
    os.umask(0o022)
    try:
        _host(wanted, Places(wanted.root or Path("/")))
    except Stopped as reason:
        print(f"host.py: {reason}", file=sys.stderr)
        return 1
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"host.py: {where}{error.strerror or error}", file=sys.stderr)
        return 1
    return 0


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="host.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("domain", help="the public name, which leads to this machine")
    parser.add_argument(
        "--mail", default="",
        help="where Let's Encrypt writes before a certificate ends; you agree to its terms",
    )  # fmt: skip
    parser.add_argument(
        "--certificate", type=Path, help="your own certificate with its chain (PEM)"
    )
    parser.add_argument("--certificate-key", type=Path, help="the key of --certificate")
    parser.add_argument("--address", default="", help="listen on this IPv4 address only")
    parser.add_argument("--http-port", type=int, default=80)
    parser.add_argument("--https-port", type=int, default=443)
    parser.add_argument("--site-port", type=int, default=8123, help="of the site behind nginx")
    parser.add_argument(
        "--root", type=Path, help="put the files below this folder, and change nothing else"
    )
    return parser.parse_args(arguments)


def _host(wanted: argparse.Namespace, places: Places) -> None:
    front = _front(wanted)
    is_staged = wanted.root is not None
    if not is_staged:
        if os.geteuid() != 0:
            raise Stopped("this needs rights: put sudo in front")
        services.ensure_packages(needs_certificate=wanted.certificate is None)
    for folder, mode in ((places.data, 0o700), (places.backups, 0o700), (places.challenges, 0o755)):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(mode)
    if not is_staged:
        services.ensure_user(places)
    made_key = make_key(places.key)
    _say(made_key, f"{places.key} (keep a copy of it, apart from the copies of the database)")
    name, is_new = _release(places)
    if is_new:
        _back_up(places)
    changed = is_new | _place_files(front, places)
    if is_new:
        before = places.current.readlink().name if places.current.is_symlink() else ""
        point(places.current, f"releases/{name}")
        _keep_only(places, {name, before})
    _say(is_new, f"{places.current} -> releases/{name}")
    if is_staged:
        place(places.nginx / "orderbell-http.conf", http_conf(front))
        place(places.nginx / "orderbell-https.conf", https_conf(front))
        return
    services.start(is_new=changed or made_key)
    services.place_proxy(front, places, wanted.mail)
    print(f"host.py: {front.origin} is served. A shop joins with:")
    print('  sudo orderbell-site shops add "Name of the shop"')


def _front(wanted: argparse.Namespace) -> Front:
    domain = checked_name(wanted.domain)
    if (wanted.certificate is None) != (wanted.certificate_key is None):
        raise Stopped("--certificate and --certificate-key belong together")
    if wanted.certificate is None and not wanted.mail:
        raise Stopped("say --mail for a certificate by Let's Encrypt, or bring your --certificate")
    theirs = Path("/etc/letsencrypt/live") / domain
    return Front(
        domain=domain,
        certificate=(wanted.certificate or theirs / "fullchain.pem").absolute(),
        certificate_key=(wanted.certificate_key or theirs / "privkey.pem").absolute(),
        address=wanted.address,
        http_port=wanted.http_port,
        https_port=wanted.https_port,
        site_port=wanted.site_port,
    )


def _release(places: Places) -> tuple[str, bool]:
    """The release made of this source, made now if it is not there; whether it is a new one."""
    name = _fingerprint()
    folder = places.program / "releases" / name
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)  # one that was interrupted
        version = release.make(folder)
        (folder / "ready").write_text(version + "\n", encoding="ascii")
    is_served = places.current.is_symlink() and places.current.readlink().name == name
    return name, not is_served


def _fingerprint() -> str:
    """A short name that changes with anything a release is made of."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}\0".encode())
    for part in (*_SOURCES, "pyproject.toml"):
        top = SOURCE / part
        for file in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if (
                file.is_file()
                and not str(file).endswith(_WORKING)
                and _WORKING[0] not in file.parts
            ):
                digest.update(str(file.relative_to(SOURCE)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def _place_files(front: Front, places: Places) -> bool:
    """Units, settings, the command for people; whether a running site has to be started again."""
    settings = f"ORIGIN={front.origin}\nPORT={front.site_port}\n"
    changed = place(places.settings / "site.conf", settings)
    for unit in services.UNITS:
        content = (_HERE / "systemd" / unit).read_text("utf-8")
        changed = place(places.units / unit, content) | changed
    _say(changed, f"{places.units / services.UNITS[0]} for {front.origin}, as user {USER}")
    place(places.command, (_HERE / "orderbell-site").read_text("utf-8"), mode=0o755)
    place(places.program / "README.md", (_HERE / "README.md").read_text("utf-8"))
    return changed


def _back_up(places: Places) -> None:
    """A copy of the data by the program that has written them, before another one opens them."""
    program, database = places.current / "bin" / "orderbell", places.data / "site.sqlite"
    if not (program.exists() and database.exists()):
        return
    act: list[str | Path] = ["site", "--data", places.data, "backup", places.backups]
    said = call("copying the database", [*services.as_user(places), program, *act])
    _say(True, said.strip())


def _keep_only(places: Places, names: set[str]) -> None:
    """Of the releases: what is served from now on, and what was before."""
    for folder in (places.program / "releases").iterdir():
        if folder.name not in names:
            shutil.rmtree(folder)


def _say(is_new: bool, what: str) -> None:
    print(f"host.py: {'made' if is_new else 'kept'} {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
