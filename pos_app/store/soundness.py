"""Whether a store's file is sound, as far as SQLite itself can tell."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pos_app.store.database import Database

ENOUGH = 20


def integrity(database: Database) -> list[str]:
    """What SQLite finds wrong with the file and its references; empty when sound."""
    try:
        with database.engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101 - a connected pool entry has its driver
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


def _faults(connection: sqlite3.Connection) -> list[str]:
    found = [row[0] for row in connection.execute(f"PRAGMA integrity_check({ENOUGH})")]
    broken = connection.execute("PRAGMA foreign_key_check").fetchmany(ENOUGH)
    problems = [line for line in found if line != "ok"]
    return problems + [f"{row[0]} row {row[1]} refers to nothing in {row[2]}" for row in broken]
