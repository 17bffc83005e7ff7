"""Where the folders of tests lie: in memory, where the computer has room for them.

Nearly every test has a store of its own, and each of its commits waits for the disk. In memory
nobody waits, and no test looks at what a real disk keeps: the power cuts read system calls.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import MutableMapping
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of our own is made below it)
ROOM_BYTES = 2 * 1024**3


def choose(
    environment: MutableMapping[str, str], memory: Path = MEMORY, room_bytes: int = ROOM_BYTES
) -> None:
    """Set TMPDIR to a folder in memory, unless somebody chose one or there is no room."""
    if sys.platform == "win32" or "TMPDIR" in environment or not has_room(memory, room_bytes):
        return
    folder = memory / f"orderbell-tests-{os.getuid()}"
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        # Anybody may make folders there: only our own is trusted.
        if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid():
            environment["TMPDIR"] = str(folder)


def has_room(memory: Path, room_bytes: int) -> bool:
    """Whether programs may lie there (tests install some) and so many bytes are free."""
    if sys.platform == "win32":
        return False
    try:
        found = os.statvfs(memory)
    except OSError:
        return False
    return not found.f_flag & os.ST_NOEXEC and found.f_bavail * found.f_frsize >= room_bytes
