"""`python -m tests.journeys.bundle [FOLDER] [--keep ROOM]`: a bundle, as people meet it.

FOLDER is what `packaging/dev.py bundle` has made (dist/orderbell). It is put into a folder with a
space and Cyrillic letters, read-only, for a user with an empty home, on a virtual screen, without
a network; then two days are played (`first_days`). Pictures and logs are in ROOM.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_SET_FLAGS, _UP = 0x8914, 1
_ALONE = "ORDERBELL_WITHOUT_NETWORK"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.bundle", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist" / "orderbell")
    parser.add_argument("--keep", type=Path, help="an empty folder for pictures and logs")
    chosen = parser.parse_args()
    if not (chosen.folder / "orderbell").exists():
        print(f"{chosen.folder}: make it first with packaging/dev.py bundle", file=sys.stderr)
        return 1
    if _ALONE not in os.environ and _can_be_alone():
        os.environ[_ALONE] = "1"
        os.execvp("unshare", ["unshare", "--net", sys.executable, "-m", __package__, *sys.argv[1:]])
    return _play(chosen.folder.resolve(), chosen.keep)


def _can_be_alone() -> bool:
    """Whether this user may have a network of his own, with nothing on it."""
    command = ["unshare", "--net", "true"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _play(bundle: Path, keep: Path | None) -> int:
    from tests.journeys.bundle.first_days import play
    from tests.journeys.bundle.installed import Installed
    from tests.support.screen import virtual_screen

    began = time.monotonic()

    def say(line: str) -> None:
        print(f"bundle [{time.monotonic() - began:5.1f} s] {line}", flush=True)

    if _ALONE in os.environ:
        _raise_loopback()
        say("network: none but this computer itself")
    else:
        say("network: as it is here; `unshare --net` is not allowed")
    room = keep or Path(tempfile.mkdtemp(prefix="orderbell-bundle-"))
    room.mkdir(exist_ok=True)
    try:
        with virtual_screen() as screen:
            play(Installed(bundle, room), screen, room, say)
    except BaseException:
        print(f"bundle: pictures and logs are in {room}", file=sys.stderr)
        raise
    if keep is None:
        shutil.rmtree(room)
    say("all as it should be")
    return 0


def _raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", _UP))


if __name__ == "__main__":
    raise SystemExit(main())
