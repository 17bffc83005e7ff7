"""Pages of a SQLite file by what they are, and ways to spoil them.

The first byte of a page says its kind, as the file format documents; which pages are free is told
by the chain that begins in the header.
"""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

from pos_app.store.database import PAGE_BYTES

_KINDS = {0x05: "interior", 0x0D: "table", 0x02: "index interior", 0x0A: "index"}
_FREE_AT = 32
PAGE = PAGE_BYTES


def by_kind(file: Path) -> dict[str, list[int]]:
    """Page numbers (from 1) by kind: `header`, `interior`, `table`, `index …`, `free`, `other`."""
    content = file.read_bytes()
    size = PAGE
    free = set(_free(content, size))
    found: dict[str, list[int]] = defaultdict(list)
    for number in range(1, len(content) // size + 1):
        kind = _KINDS.get(content[(number - 1) * size], "other")
        found["header" if number == 1 else "free" if number in free else kind].append(number)
    return found


def _free(content: bytes, size: int) -> list[int]:
    found = []
    trunk = int.from_bytes(content[_FREE_AT : _FREE_AT + 4], "big")
    while trunk:
        begin = (trunk - 1) * size
        words = [
            int.from_bytes(content[begin + at : begin + at + 4], "big") for at in range(0, size, 4)
        ]
        found += [trunk, *words[2 : 2 + words[1]]]
        trunk = words[0]
    return found


def spoil(file: Path, number: int, how: str, chance: random.Random) -> None:
    """Write over page `number`: `zero`, `noise`, or `bits` (a few bytes of it)."""
    size = PAGE
    page = bytearray(file.read_bytes()[(number - 1) * size : number * size])
    if how == "zero":
        page = bytearray(size)
    elif how == "noise":
        page = bytearray(chance.randbytes(size))
    else:
        for _ in range(12):
            page[chance.randrange(size)] = chance.randrange(256)
    with file.open("r+b") as opened:
        opened.seek((number - 1) * size)
        opened.write(page)
