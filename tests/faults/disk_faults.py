"""The faults of the `disk` row: those that pass (full, read-only, locked) and those that stay.

A passing one is a context in which the store cannot be used; a lasting one changes the file.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pos_app import paths
from pos_app.store import database
from tests.faults import pages
from tests.support.user_rights import read_only

SHORT_WAIT_MS = 100
_HOLD = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
    "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.read()"
)


@contextmanager
def file_read_only(data: Path) -> Iterator[None]:
    with read_only(paths.store_file(data)):
        yield


@contextmanager
def folder_read_only(data: Path) -> Iterator[None]:
    with read_only(data, paths.store_file(data)):
        yield


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Another process keeps the store for longer than anybody waits."""
    kept = database.PRAGMAS
    database.PRAGMAS += (f"PRAGMA busy_timeout={SHORT_WAIT_MS}",)
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(paths.store_file(data))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "held\n"
    try:
        yield
    finally:
        holder.stdin.close()
        holder.wait(10)
        holder.stdout.close()
        database.PRAGMAS = kept


PASSING: dict[str, tuple[Callable[[Path], AbstractContextManager[None]], str]] = {
    "read-only file": (file_read_only, "The store cannot be written"),
    "read-only folder": (folder_read_only, "The store cannot be"),
    "locked": (locked, "The store is busy"),
}
"""Fault → how it is made, and how its notice begins."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """A change of the file; `title` begins every notice about it."""

    name: str
    make: Callable[[Path], None]
    title: str = "The store's file is damaged"


def lasting(store: Path, chance: random.Random, *, every: int | None) -> Iterator[Lasting]:
    """All lasting faults of the file `store`; of its pages one of each kind, or each `every`th."""
    size = store.stat().st_size
    for left in (size // 2, size - 4096, 4096, 100):
        yield Lasting(f"cut off at {left} bytes", partial(_cut, left=left))
    yield Lasting("empty file", partial(_cut, left=0), "This store is empty")
    yield Lasting("no database", partial(_fill, with_what=b"not a database at all "))
    for column in ("min_reader", "min_writer"):
        yield Lasting(
            f"newer schema ({column})",
            partial(newer, column=column),
            "This store belongs to a newer Orderbell",
        )
    for kind, numbers in pages.by_kind(store).items():
        chosen = numbers[::every] if every else [chance.choice(numbers)]
        for number in chosen:
            for how in ("zero", "noise", "bits") if every else ("noise",):
                yield Lasting(
                    f"{kind} page {number} {how}",
                    partial(pages.spoil, number=number, how=how, chance=chance),
                )


def _cut(file: Path, left: int) -> None:
    with file.open("r+b") as opened:
        opened.truncate(left)


def _fill(file: Path, with_what: bytes) -> None:
    file.write_bytes(with_what * 400)


def newer(file: Path, column: str) -> None:
    connection = sqlite3.connect(file)
    try:
        connection.execute(f"UPDATE store SET {column} = 99")
        connection.commit()
    finally:
        connection.close()
