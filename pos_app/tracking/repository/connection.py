"""Connections and transactions of the site's one SQLite file."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pos_app.errors import StoreError


class Statements:
    """A connection inside one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def _one(self, sql: str, *values: object) -> Sequence[object] | None:
        row: Sequence[object] | None = self._connection.execute(sql, values).fetchone()
        return row


def connect(file: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(
            file, isolation_level=None, check_same_thread=False, timeout=5.0
        )
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("PRAGMA secure_delete = ON")
    except sqlite3.Error as error:
        raise StoreError("The site's database cannot be opened.", str(error)) from error
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    try:
        connection.execute(begin)
    except sqlite3.Error as error:
        raise unavailable(error) from error
    try:
        yield
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        _roll_back(connection)
        raise unavailable(error) from error
    except BaseException:
        _roll_back(connection)
        raise


def unavailable(error: sqlite3.Error) -> StoreError:
    return StoreError("The site's database does not answer.", str(error))


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def make_private_file(file: Path) -> None:
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
