"""Looking for erased words in the bytes of files, and whether rows still hold them.

A long text may lie in two places of a file, so it is looked for in pieces. Pieces of less than
five bytes are left out: they are found anywhere by chance.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, String, select

from pos_app.store import personal
from pos_app.store.compacting import LOG_SUFFIX
from pos_app.store.tables import metadata, orders, people, people_words, recorded_texts

_LEAST_BYTES = 5
_PIECE = 24
_READ_BYTES = 1 << 20


def words_of(
    connection: Connection, people_ids: Sequence[int], order_ids: Sequence[int]
) -> set[str]:
    """Everything that the rows hold about these guests, in pieces to look for later."""
    texts = [c for c in personal.columns() if isinstance(c.type, String)]
    found: set[str] = set()
    for column in (*texts, people_words.c.word, recorded_texts.c.text):
        key, of_people = _key(column.table)
        query = select(column).where(key.in_(people_ids if of_people else order_ids))
        found.update(piece for row in connection.execute(query) for piece in pieces(row[0] or ""))
    return found


def _key(table: Any) -> tuple[Column[Any], bool]:
    """By which column a table's rows belong to a guest (True) or to an order (False)."""
    if table is people:
        return people.c.id, True
    if table is orders:
        return orders.c.id, False
    return (table.c.people_id, True) if table in personal.GONE else (table.c.order_id, False)


def pieces(text: str) -> Iterator[str]:
    """`text` as it may stand in a file; a document as the words in it."""
    if text[:1] in ("[", "{"):
        try:
            told = msgspec.json.decode(text)
        except msgspec.DecodeError:
            told = text
        words = _texts(told)
    else:
        words = iter((text,))
    for word in words:
        for start in range(0, len(word), _PIECE):
            piece = word[start : start + _PIECE]
            if len(piece.encode()) >= _LEAST_BYTES:
                yield piece


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for value in told.values():
            yield from _texts(value)
    elif isinstance(told, list):
        for value in told:
            yield from _texts(value)


def in_file(file: Path, words: Collection[str]) -> set[str]:
    """Which of `words` stand anywhere in the bytes of `file`; none when there is no file."""
    if not words or not file.is_file():
        return set()
    wanted = {word: word.encode() for word in words}
    overlap = max(map(len, wanted.values()))
    found: set[str] = set()
    before = b""
    with file.open("rb") as opened:
        while chunk := opened.read(_READ_BYTES):
            seen = before + chunk
            found |= {word for word, raw in wanted.items() if word not in found and raw in seen}
            before = seen[-overlap:]
    return found


def in_store(store: Path, words: Collection[str]) -> set[str]:
    """Which of `words` stand in the store's file or its log."""
    log = store.with_name(store.name + LOG_SUFFIX)
    return in_file(store, words) | in_file(log, words)


def held(connection: Connection, words: Iterable[str]) -> set[str]:
    """Which of `words` a row still holds: another guest of that name, a dish, a street."""
    return {word for word in words if _is_held(connection, word)}


def _is_held(connection: Connection, word: str) -> bool:
    for table in metadata.sorted_tables:
        for column in table.columns:
            if not isinstance(column.type, String):
                continue
            query = select(column).where(column.contains(word, autoescape=True)).limit(1)
            if connection.execute(query).first() is not None:
                return True
    return False
