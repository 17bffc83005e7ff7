"""The write-ahead log of a damaged store, read as SQLite would: committed frames, and no more.

Nothing here is written, not even the shared index that SQLite would make beside the file.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

_HEADER, _FRAME = 32, 24
_MAGIC_LITTLE, _MAGIC_BIG = 0x377F0682, 0x377F0683
_MASK = 0xFFFFFFFF


def committed(log: Path) -> tuple[int, dict[int, bytes]]:
    """Page size, and the newest committed content of each page by its number (from 1).

    `(0, {})` without a log, or with one whose header is damaged. What follows the first frame
    whose checksum is wrong was never committed, or is lost with it.
    """
    content = log.read_bytes() if log.exists() else b""
    if len(content) < _HEADER:
        return 0, {}
    magic, _, size, _, salt = struct.unpack_from(">IIII8s", content)
    if magic not in (_MAGIC_LITTLE, _MAGIC_BIG) or size not in _SIZES:
        return 0, {}
    add = _checksum("<" if magic == _MAGIC_LITTLE else ">")
    running = add((0, 0), content[:24])
    if running != struct.unpack_from(">II", content, 24):
        return 0, {}
    pages: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for begin in range(_HEADER, len(content) - _FRAME - size + 1, _FRAME + size):
        number, commit, frame_salt = struct.unpack_from(">II8s", content, begin)
        page = content[begin + _FRAME : begin + _FRAME + size]
        running = add(add(running, content[begin : begin + 8]), page)
        if frame_salt != salt or running != struct.unpack_from(">II", content, begin + 16):
            break
        pending[number] = page
        if commit:
            pages.update(pending)
            pending.clear()
    return size, pages


_SIZES = tuple(512 << shift for shift in range(8))
_Sums = tuple[int, int]


def _checksum(order: str) -> Callable[[_Sums, bytes], _Sums]:
    def add(sums: _Sums, content: bytes) -> _Sums:
        first, second = sums
        words = struct.unpack(f"{order}{len(content) // 4}I", content)
        for even, odd in zip(words[::2], words[1::2], strict=True):
            first = (first + even + second) & _MASK
            second = (second + odd + first) & _MASK
        return first, second

    return add
