"""What must come from the operating system: libraries that Qt loads, programs that the tests drive.

Missing ones are found by trying to load them, not by asking a package database: that is right on
every distribution. Debian and Ubuntu get them by apt (as root, or sudo without a question);
elsewhere the exact names are printed and the set-up stops.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from steps import Stopped, attempt, explain, say

# shared library that Qt opens → Debian package
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# shared library that a test's tool opens (Playwright's own Node) → Debian package
TEST_LIBRARIES = {"libatomic.so.1": "libatomic1"}
# program that a test starts → Debian package
PROGRAMS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "chromium": "chromium",
    "strace": "strace",
    "xdotool": "xdotool",
    "node": "nodejs",
    "npm": "npm",
    "nginx": "nginx",
    "caddy": "caddy",
    "systemd-analyze": "systemd",
}
# packages whose service would start with its installation; the tests start their own
SERVICES = ("caddy", "nginx")
# program that makes a bundle → Debian package
BUNDLE_PROGRAMS = {
    **dict.fromkeys(("as", "ld", "objcopy", "objdump", "strip"), "binutils"),
    "tar": "tar",
    "xz": "xz-utils",
}


def ensure(purpose: str) -> None:
    """Have everything that `purpose` (run|test|bundle) needs. Raises Stopped where it cannot."""
    if not sys.platform.startswith("linux"):
        _others(purpose)
        return
    wanted = missing(purpose)
    if not wanted:
        return
    packages = list(wanted.values())
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    by_hand = f"sudo {' '.join(command)}"
    if shutil.which("apt-get") is None:
        raise Stopped(
            "this system lacks " + ", ".join(wanted) + ".\n"
            "  Install them with its own package tool (their Debian names: "
            f"{' '.join(packages)}), then call this again."
        )
    prefix = _rights()
    if prefix is None:
        raise Stopped(
            f"system packages are missing and need rights. Run this, then again:\n  {by_hand}"
        )
    say(f"system packages: {' '.join(packages)}")
    _apt(prefix, command, by_hand)
    _leave_off(prefix, packages)
    left = missing(purpose)
    if left:
        raise Stopped(
            f"apt installed {' '.join(packages)}, yet these are still missing: {', '.join(left)}"
        )


def missing(purpose: str) -> dict[str, str]:
    """What is not here for `purpose`: thing → Debian package."""
    libraries = LIBRARIES | (TEST_LIBRARIES if purpose == "test" else {})
    lacking = {name: package for name, package in libraries.items() if not _loads(name)}
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        lacking["ensurepip (module of Python)"] = f"python{version}-venv"
    programs = {"test": PROGRAMS, "bundle": BUNDLE_PROGRAMS}.get(purpose, {})
    return lacking | {name: package for name, package in programs.items() if not _which(name)}


def _which(program: str) -> str | None:
    # Debian's servers lie where a plain user's search path does not lead.
    return shutil.which(program, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _rights() -> list[str] | None:
    """The words before an apt command, or None when this user may not install."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n", "env"]
    return None


def _apt(prefix: list[str], command: list[str], by_hand: str) -> None:
    quiet = [*(prefix or ["env"]), "DEBIAN_FRONTEND=noninteractive"]
    # A service that a package starts must not inherit our lock: it would hold it for ever.
    if attempt([*quiet, *command], inherit_lock=False).returncode == 0:
        return
    # A fresh machine has no package lists, an old one has lists of files that are gone.
    say("system packages: the package lists are old, fetching them")
    attempt([*quiet, "apt-get", "update"], inherit_lock=False)
    done = attempt([*quiet, *command], inherit_lock=False)
    if done.returncode != 0:
        raise Stopped(explain("installing system packages", done) + f"\n  By hand: {by_hand}")


def _leave_off(prefix: list[str], packages: list[str]) -> None:
    """Servers that were installed just now for the tests must not serve on this machine."""
    servers = [name for name in packages if name in SERVICES]
    if servers and Path("/run/systemd/system").is_dir():
        attempt([*prefix, "systemctl", "disable", "--now", *servers], inherit_lock=False)


def _others(purpose: str) -> None:
    """macOS and Windows: Qt brings its own libraries; the tests' programs must be there."""
    lacking = [name for name in PROGRAMS if not shutil.which(name)] if purpose == "test" else []
    if lacking:
        raise Stopped(
            f"the tests need these programs in the search path: {', '.join(lacking)}. "
            "All of them exist on Debian and Ubuntu, where this installs them."
        )
