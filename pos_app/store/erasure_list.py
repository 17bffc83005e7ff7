"""The file `erasures` beside the store: who was erased, as hashes that name nobody.

It lies outside the store on purpose: a restore puts an older store back, in which they still
stand, and reads here whom to erase again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pos_app.clock import Instant

NAME = "erasures"


def file_of(store: Path) -> Path:
    """Where the list of the store in the file `store` lies."""
    return store.with_name(NAME)


def append(store: Path, subjects: Iterable[str], at: Instant) -> None:
    """Write one line per subject and wait until the disk has it. Raises OSError."""
    lines = "".join(f"{subject} {at}\n" for subject in subjects)
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(file_of(store), flags, 0o600)
    try:
        os.write(handle, lines.encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)


def read(store: Path) -> dict[str, Instant]:
    """When each subject was erased; empty without a list. Half a line at the end is left out."""
    file = file_of(store)
    if not file.exists():
        return {}
    found = {}
    for line in file.read_text("ascii", errors="replace").splitlines():
        subject, _, at = line.partition(" ")
        if len(subject) == 64 and at.isdigit():
            found[subject] = Instant(int(at))
    return found
