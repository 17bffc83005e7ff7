"""Whether a store's file is sound, as far as SQLite itself can tell."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pos_app.store.database import Database

ENOUGH = 20
_STEPS = 20_000


class Unfinished(Exception):
    """The file is too large to be searched in the time that was given."""


def integrity(database: Database, patience_s: float | None = None) -> list[str]:
    """What SQLite finds wrong with the file and its references; empty when sound.

    Raises Unfinished when `patience_s` is over.
    """
    try:
        with database.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101 - a connected pool entry has its driver
            with _patient(driver, patience_s):
                return _faults(driver)
    except sqlite3.DatabaseError as error:
        return [str(error)]


def integrity_of(file: Path) -> list[str]:
    """The same of a file that nobody has open."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            return _faults(connection)
    except sqlite3.DatabaseError as error:
        return [str(error)]


def opens(copy: Path, patience_s: float) -> list[str]:
    """What is wrong with a copy that nobody has open, without leaving a trace beside it.

    Raises Unfinished when `patience_s` is over.
    """
    try:
        with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)) as opened:
            with _patient(opened, patience_s):
                found = opened.execute(f"PRAGMA quick_check({ENOUGH})").fetchall()
            return [row[0] for row in found if row[0] != "ok"]
    except sqlite3.DatabaseError as error:
        return [str(error)]


def sqlite_version() -> str:
    return sqlite3.sqlite_version


@contextmanager
def _patient(connection: sqlite3.Connection, patience_s: float | None) -> Iterator[None]:
    if patience_s is None:
        yield
        return
    until = time.monotonic() + patience_s
    connection.set_progress_handler(lambda: int(time.monotonic() > until), _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise Unfinished from None
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _faults(connection: sqlite3.Connection) -> list[str]:
    found = [row[0] for row in connection.execute(f"PRAGMA integrity_check({ENOUGH})")]
    broken = connection.execute("PRAGMA foreign_key_check").fetchmany(ENOUGH)
    problems = [line for line in found if line != "ok"]
    return problems + [f"{row[0]} row {row[1]} refers to nothing in {row[2]}" for row in broken]
