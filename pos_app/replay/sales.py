"""Reading a file of sales: CSV (or CSV in gzip), one line per pizza, `id` groups them to orders.

Columns `id, date, time, name, size, type, price`; times are the shop's wall clock. A line that
cannot be read is named with its number and left out; the others count.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pos_app.errors import BadInput

COLUMNS = ("id", "date", "time", "name", "size", "type", "price")
LARGEST_FILE = 200_000_000
LONGEST_LINE = 1_000
LARGEST_PRICE = Decimal(1_000_000)
_GZIP = b"\x1f\x8b"
_LINE_END = re.compile(r"\r\n|\n|\r")
_ID = re.compile(r"[\w.-]{1,64}\Z", re.ASCII)
_NAME = re.compile(r"[\w' &.-]{1,40}\Z")
_SIZE = re.compile(r"\w{1,8}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pizza:
    """One line: `name` and `type` are codes such as `bbq_ckn`; `price` a decimal text."""

    name: str
    size: str
    type: str
    price: str


@dataclass(frozen=True, slots=True)
class Sale:
    """One order; `at` is the shop's wall time, without a zone."""

    id: str
    at: datetime
    pizzas: tuple[Pizza, ...]


@dataclass(frozen=True, slots=True)
class BadLine:
    """`number` counts from 1, the header's."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sales:
    """`sales` in the order of time."""

    sales: tuple[Sale, ...]
    bad: tuple[BadLine, ...]


def read_sales(file: Path) -> Sales:
    """Everything in `file`. Raises BadInput when it is no such file at all."""
    # Not splitlines(): it also breaks at signs that no editor counts as the end of a line.
    lines = _LINE_END.split(_text(file))
    header = _header(lines[0])
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise BadInput(
            "file", "{file} has no column {columns}", file=file.name, columns=", ".join(missing)
        )
    times: dict[str, datetime] = {}
    pizzas: dict[str, list[Pizza]] = {}
    bad: list[BadLine] = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        try:
            sale_id, at, pizza = _read_line(line, header)
        except _Unreadable as error:
            bad.append(BadLine(number, str(error)))
            continue
        times.setdefault(sale_id, at)
        pizzas.setdefault(sale_id, []).append(pizza)
    sales = [Sale(sale_id, at, tuple(pizzas[sale_id])) for sale_id, at in times.items()]
    return Sales(tuple(sorted(sales, key=lambda sale: (sale.at, sale.id))), tuple(bad))


class _Unreadable(Exception):
    """Why one line cannot be read."""


def _read_line(line: str, header: list[str]) -> tuple[str, datetime, Pizza]:
    cells = _cells(line)
    if len(cells) != len(header):
        raise _Unreadable(f"{len(cells)} columns instead of {len(header)}")
    row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    sale_id = _matched(row, "id", _ID)
    pizza = Pizza(
        _matched(row, "name", _NAME), _matched(row, "size", _SIZE), _matched(row, "type", _NAME), ""
    )
    return sale_id, _moment(row), Pizza(pizza.name, pizza.size, pizza.type, _price(row))


def _header(line: str) -> list[str]:
    try:
        return [name.strip() for name in _cells(line)]
    except _Unreadable:
        return []


def _cells(line: str) -> list[str]:
    # Line by line: a stray quotation mark then spoils its own line and not the rest of the file.
    if len(line) > LONGEST_LINE:
        raise _Unreadable("the line is too long")
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error as error:
        raise _Unreadable(str(error)) from None


def _matched(row: dict[str, str], column: str, shape: re.Pattern[str]) -> str:
    if not shape.match(row[column]):
        raise _Unreadable(f"{column}: {_shown(row[column])} cannot be read")
    return row[column]


def _moment(row: dict[str, str]) -> datetime:
    try:
        day = date.fromisoformat(row["date"])
    except ValueError:
        raise _Unreadable(f"date: {_shown(row['date'])} is not a date") from None
    try:
        clock = time.fromisoformat(row["time"])
    except ValueError:
        raise _Unreadable(f"time: {_shown(row['time'])} is not a time") from None
    if clock.tzinfo is not None or not 1980 <= day.year <= 2200:
        raise _Unreadable(f"date: {_shown(row['date'] + ' ' + row['time'])} is no time of a shop")
    return datetime.combine(day, clock)


def _price(row: dict[str, str]) -> str:
    try:
        price = Decimal(row["price"])
        is_price = Decimal(0) <= price <= LARGEST_PRICE
    except InvalidOperation:
        is_price = False
    if not is_price:
        raise _Unreadable(f"price: {_shown(row['price'])} is not a price")
    return format(price, "f")


def _shown(text: str) -> str:
    return f"“{''.join(sign if sign.isprintable() else '�' for sign in text[:40])}”"


def _text(file: Path) -> str:
    try:
        raw = b"".join(_chunks(file))
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BadInput("file", "{file} is damaged or cut off", file=file.name) from None
    except OSError as error:
        reason = f"{error.strerror or error}."
        raise BadInput(
            "file", "{file} cannot be read", "{reason}", file=file, reason=reason
        ) from None
    return raw.decode("utf-8-sig", errors="replace")


def _chunks(file: Path) -> Iterator[bytes]:
    """The file's contents, unpacked; no more than it may hold (a bomb is refused)."""
    with file.open("rb") as opened:
        is_packed = opened.read(2) == _GZIP
        opened.seek(0)
        source: io.BufferedIOBase = gzip.GzipFile(fileobj=opened) if is_packed else opened
        size = 0
        while chunk := source.read(1 << 20):
            size += len(chunk)
            if size > LARGEST_FILE:
                raise BadInput("file", "{file} holds more than 200 MB", file=file.name)
            yield chunk
