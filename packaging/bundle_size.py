"""How large what people download and install may be."""

from __future__ import annotations

from pathlib import Path

from steps import Stopped, say

MEGABYTE = 1_000_000  # as people count, and the shops that sell disks
MOST_UNPACKED_MB, MOST_PACKED_MB = 140, 45


def refuse_large(made: Path, size: int, most_mb: int = MOST_PACKED_MB) -> None:
    """Say how large `made` is, in bytes `size`. Raises Stopped over the limit."""
    say(f"bundle: {made.name}, {size / MEGABYTE:.1f} MB (at most {most_mb})")
    if size > most_mb * MEGABYTE:
        raise Stopped(f"{made.name} is too large; what is new in it? See bundle_contents.py")


def size_of(folder: Path) -> int:
    """Bytes of all files below; links count nothing."""
    return sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    )
