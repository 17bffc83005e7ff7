"""How a row of each table must look, so that what was read from a damaged page can be believed.

A page that lost its place in its tree is given back to the one table into which all its rows fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Boolean, Connection, Integer, inspect

from pos_app.store.damaged_pages import Row, Value
from pos_app.store.tables import metadata

# Columns that hold a document, in whatever table.
_DOCUMENTS = frozenset(
    {
        "addresses", "changes", "document", "kitchen", "modifiers", "names", "payload",
        "station_ids", "tags", "trace", "value",
    }
)  # fmt: skip
_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LARGEST = 1 << 53


@dataclass(frozen=True, slots=True)
class Column:
    """`default` is what a row has that was written before the column came."""

    name: str
    is_number: bool
    is_flag: bool
    longest: int | None
    nullable: bool
    is_rowid: bool
    has_default: bool
    default: Value

    def takes(self, value: Value) -> bool:
        if value is None:
            return self.nullable
        if self.is_flag:
            return value in (0, 1)
        if self.is_number:
            return isinstance(value, int) and abs(value) <= _LARGEST
        if not isinstance(value, str) or (self.longest is not None and len(value) > self.longest):
            return False
        if self.name == "uid":
            return _UID.fullmatch(value) is not None
        return self.name not in _DOCUMENTS or _is_document(value)


@dataclass(frozen=True, slots=True)
class Shape:
    """One table as this version makes it; earlier versions had a beginning of its columns."""

    table: str
    columns: tuple[Column, ...]

    def read(self, row: Row) -> dict[str, Value] | None:
        """The row by its columns' names; None when it does not fit."""
        if len(row.values) > len(self.columns):
            return None
        found: dict[str, Value] = {}
        for position, column in enumerate(self.columns):
            if position >= len(row.values):
                if not (column.has_default or column.nullable):
                    return None
                found[column.name] = column.default
                continue
            value = row.values[position]
            if column.is_rowid and value is None:
                value = row.rowid
            if not column.takes(value):
                return None
            found[column.name] = value
        return found


def shapes(connection: Connection) -> dict[str, Shape]:
    """The shape of every table of the store behind `connection`."""
    looked = inspect(connection)
    return {name: _shape(name, looked.get_columns(name)) for name in metadata.tables}


def _shape(name: str, columns: list[Any]) -> Shape:
    keys = [column for column in columns if column["primary_key"]]
    rowid = keys[0]["name"] if len(keys) == 1 and isinstance(keys[0]["type"], Integer) else ""
    return Shape(name, tuple(_columns(columns, rowid)))


def _columns(columns: list[Any], rowid: str) -> Iterator[Column]:
    for column in columns:
        kind, default = column["type"], column["default"]
        # A BIGINT key is no rowid; an INTEGER one is.
        is_rowid = column["name"] == rowid and not isinstance(kind, BigInteger)
        yield Column(
            name=column["name"],
            is_number=isinstance(kind, Integer),
            is_flag=isinstance(kind, Boolean),
            longest=getattr(kind, "length", None),
            nullable=bool(column["nullable"]),
            is_rowid=is_rowid,
            has_default=default is not None,
            default=_plain(default),
        )


def _plain(default: str | None) -> Value:
    if default is None:
        return None
    words = default.strip("()")
    return words[1:-1] if words.startswith("'") else int(words)


def _is_document(text: str) -> bool:
    try:
        msgspec.json.decode(text)
    except msgspec.MsgspecError:
        return False
    return True
