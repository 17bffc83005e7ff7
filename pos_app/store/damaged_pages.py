"""Rows of a damaged SQLite file, read page by page from its documented format.

SQLite stops at the first page that does not fit; here every page stands for itself, so that only
what the damaged pages held is lost. Indexes are not read at all. The file is only read.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pos_app.store import damaged_log

Value = int | float | str | bytes | None
_MAGIC = b"SQLite format 3\x00"
# What stores are made with, and were made with before; the smaller first.
_OUR_SIZES = (1_024, 4_096)
_KINDS = (0x02, 0x05, 0x0A, 0x0D)
_LEAF, _INNER = 0x0D, 0x05
_FIRST_HEADER = 100
_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its rowid, and its columns in the order in which they were declared."""

    rowid: int
    values: tuple[Value, ...]


class Unreadable(Exception):
    """What stands here cannot be what it should be."""


class DamagedFile:
    """The pages of a store and of its log, as they were last committed."""

    def __init__(self, store: Path) -> None:
        size, self._newer = damaged_log.committed(store.with_name(f"{store.name}-wal"))
        self._content = store.read_bytes()
        self.page_size = size or self._declared_size()
        self.count = max([len(self._content) // self.page_size, *self._newer])

    def _declared_size(self) -> int:
        declared = int.from_bytes(self._content[16:18], "big")
        if self._content[:16] == _MAGIC and declared in _OUR_SIZES:
            return declared
        # The beginning is spoilt: most pages show by their first byte where they begin.
        likely = (size for size in _OUR_SIZES if self._shows_pages(size))
        return next(likely, _OUR_SIZES[-1])

    def _shows_pages(self, size: int) -> bool:
        firsts = self._content[size::size]
        return 2 * sum(first in _KINDS for first in firsts) > len(firsts)

    def page(self, number: int) -> bytes:
        """Page `number` (from 1). Raises Unreadable beyond the file's end."""
        newer = self._newer.get(number)
        if newer is not None:
            return newer
        page = self._content[(number - 1) * self.page_size : number * self.page_size]
        if number < 1 or len(page) < self.page_size:
            raise Unreadable
        return page

    def is_leaf(self, number: int) -> bool:
        """Whether the page says that it holds rows of a table."""
        try:
            return self.page(number)[_header_at(number)] == _LEAF
        except Unreadable:
            return False

    def leaves(self, root: int, damaged: set[int]) -> Iterator[int]:
        """The leaves below `root`, as far as the pages between can be read; each page once.

        `damaged` gathers the pages that are no part of a table's tree and should be.
        """
        waiting, seen = [root], set[int]()
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            if self.is_leaf(number):
                yield number
                continue
            try:
                waiting += reversed(list(self._children(number)))
            except (Unreadable, struct.error, IndexError):
                damaged.add(number)

    def _children(self, number: int) -> Iterator[int]:
        page, begin = self.page(number), _header_at(number)
        if page[begin] != _INNER:
            raise Unreadable
        (cells,) = struct.unpack_from(">H", page, begin + 3)
        for position in range(cells):
            (at,) = struct.unpack_from(">H", page, begin + 12 + 2 * position)
            yield struct.unpack_from(">I", page, at)[0]
        yield struct.unpack_from(">I", page, begin + 8)[0]

    def rows(self, number: int) -> Iterator[Row | None]:
        """The rows of leaf `number`; None for each that cannot be read."""
        page, begin = self.page(number), _header_at(number)
        (cells,) = struct.unpack_from(">H", page, begin + 3)
        if begin + 8 + 2 * cells > len(page):
            return
        for position in range(cells):
            (at,) = struct.unpack_from(">H", page, begin + 8 + 2 * position)
            try:
                yield self._row(page, at)
            except (Unreadable, struct.error, IndexError, UnicodeDecodeError):
                yield None

    def _row(self, page: bytes, at: int) -> Row:
        length, at = _varint(page, at)
        rowid, at = _varint(page, at)
        signed = rowid - (1 << 64) if rowid >= 1 << 63 else rowid
        return Row(signed, tuple(_record(self._payload(page, at, length))))

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        usable = self.page_size
        if length > usable * self.count:
            raise Unreadable
        largest, least = usable - 35, (usable - 12) * 32 // 255 - 23
        if length <= largest:
            here = length
        else:
            here = least + (length - least) % (usable - 4)
            here = here if here <= largest else least
        payload = page[at : at + here]
        if len(payload) < here:
            raise Unreadable
        following = int.from_bytes(page[at + here : at + here + 4], "big") if here < length else 0
        while len(payload) < length:
            more = self.page(following)
            following = int.from_bytes(more[:4], "big")
            payload += more[4 : 4 + length - len(payload)]
        return payload


def _header_at(number: int) -> int:
    return _FIRST_HEADER if number == 1 else 0


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for position in range(8):
        byte = content[at + position]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + position + 1
    return value << 8 | content[at + 8], at + 9


def _record(payload: bytes) -> Iterator[Value]:
    header_end, at = _varint(payload, 0)
    if header_end > len(payload):
        raise Unreadable
    kinds = []
    while at < header_end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    at = header_end
    for kind in kinds:
        value, at = _value(payload, at, kind)
        yield value
    if at != len(payload):
        raise Unreadable


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    size = 8 if kind == 7 else _SIZES.get(kind) or (kind - 12) // 2
    if size < 0 or kind in (10, 11) or at + size > len(payload):
        raise Unreadable
    raw = payload[at : at + size]
    if kind == 7:
        return struct.unpack(">d", raw)[0], at + size
    if kind in _SIZES:
        return int.from_bytes(raw, "big", signed=True), at + size
    return (raw if kind % 2 == 0 else raw.decode()), at + size
