"""The only SQL of the site.

One write connection and one read connection on one SQLite file, each used by one thread at a
time; a `Session` is one transaction. What comes back is in rows.py.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from uuid_utils.compat import uuid7

from pos_app.errors import StoreTooNew
from pos_app.paths import make_private_folder
from pos_app.tracking.repository.audit import Audit
from pos_app.tracking.repository.connection import (
    connect,
    make_private_file,
    transaction,
    unavailable,
)
from pos_app.tracking.repository.directory import Directory
from pos_app.tracking.repository.drops import Drops
from pos_app.tracking.repository.link_keys import LinkKeys
from pos_app.tracking.repository.pages import Pages
from pos_app.tracking.repository.steps import bring_up
from pos_app.tracking.repository.upgrading import keep_copy
from pos_app.tracking.schema import SCHEMA

__all__ = ["Repository", "Session"]


class Session(Directory, LinkKeys, Audit, Pages, Drops):
    """Statements inside one transaction."""


class Repository:
    """The site's database file. Close it when the site ends."""

    def __init__(self, file: Path) -> None:
        self.file = file
        make_private_folder(file.parent)
        make_private_file(file)
        self._writer = connect(file)
        self._write_lock = threading.Lock()
        try:
            self._set_up()
            self._reader = connect(file)
        except BaseException:
            self._writer.close()
            raise
        self._read_lock = threading.Lock()

    def close(self) -> None:
        with self._write_lock, self._read_lock:
            self._reader.close()
            self._writer.close()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One durable transaction: all of it or nothing."""
        with self._write_lock, transaction(self._writer, "BEGIN IMMEDIATE"):
            yield Session(self._writer)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """One consistent view."""
        with self._read_lock, transaction(self._reader, "BEGIN"):
            yield Session(self._reader)

    def foreign_changes(self) -> int:
        """A number that moves when another process wrote to the file."""
        with self._write_lock:
            try:
                return int(self._writer.execute("PRAGMA data_version").fetchone()[0])
            except sqlite3.Error as error:
                raise unavailable(error) from error

    def _set_up(self) -> None:
        with transaction(self._writer, "BEGIN IMMEDIATE"):
            found = int(self._writer.execute("PRAGMA user_version").fetchone()[0])
            if found > SCHEMA:
                raise StoreTooNew(
                    "The site's database was written by a newer Orderbell.",
                    f"It has schema {found}, this program knows {SCHEMA}.",
                    "Update Orderbell on this machine.",
                )
            if found == SCHEMA:
                return
            if found > 0:
                keep_copy(self.file, found)
            bring_up(self._writer, found)
            if found == 0:
                self._writer.execute("INSERT INTO site VALUES (1, ?, 1)", (str(uuid7()),))
