"""Two doors to one file: `read` is deferred, `write` begins IMMEDIATE.

A plain BEGIN that turns into a write fails with “database is locked” as soon as two threads do
it; IMMEDIATE waits its turn. `synchronous=FULL` because an acknowledged order must survive the
plug. Every write asks the store whether this program is still new enough to write it.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection as Connection  # noqa: PLC0414 - handed on to the desk
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from pos_app.errors import StoreTooNew
from pos_app.store.plain_words import told_plainly
from pos_app.store.prepared import Prepared

WRITER = 1
BUSY_TIMEOUT_MS = 15_000
PAGE_BYTES, LOG_BYTES = 1_024, 4_096_000
PRAGMAS: tuple[str, ...] = (
    # A commit writes whole pages and waits for the disk: an order touches two dozen of them, so
    # with small ones it is a third shorter. Says nothing to a store that exists.
    f"PRAGMA page_size={PAGE_BYTES}",
    "PRAGMA journal_mode=WAL",
    f"PRAGMA wal_autocheckpoint={LOG_BYTES // PAGE_BYTES}",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
    # After a rush the log of writes gives its disk space back.
    "PRAGMA journal_size_limit=8000000",
    "PRAGMA cache_size=-16000",
    "PRAGMA temp_store=MEMORY",
)

_HELD, _BEGIN_WRITING = "held", "BEGIN IMMEDIATE"
REVISION = "config_revision"
_MIN_WRITER = Prepared(text("SELECT min_writer, config_revision FROM store"))


def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own implicit BEGIN would be deferred: transactions are ours alone.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    door = connection.get_execution_options().get("door")
    driver = connection.connection.dbapi_connection
    if driver is not None and door != _HELD:
        driver.cursor().execute(_BEGIN_WRITING if door == "write" else "BEGIN")


class Database:
    """One store. Open for a process, shared by its threads, closed with `close`."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.engine: Engine = create_engine(
            f"sqlite:///{file}",
            poolclass=QueuePool,
            pool_size=12,
            max_overflow=12,
            connect_args={
                "check_same_thread": False,
                "timeout": BUSY_TIMEOUT_MS / 1000,
                "cached_statements": 400,
            },
        )
        event.listen(self.engine, "connect", _prepare)
        event.listen(self.engine, "begin", _begin)
        self._writing = self.engine.execution_options(door=_HELD)
        self._reading = self.engine.execution_options(door="read")
        # Threads of one process queue here, fairly, instead of spinning on the file's lock.
        self._turn = threading.Lock()
        self._writer: Connection | None = None

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it is committed, or none. Raises StoreError."""
        with self._turn, told_plainly(self.file):
            connection = self._held_writer()
            with _all_or_nothing(connection):
                check_writer(connection)
                yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of the store at one moment."""
        with told_plainly(self.file), self._reading.begin() as connection:
            yield connection

    def _held_writer(self) -> Connection:
        # One kept connection, begun once for SQLAlchemy: checking one out of the pool and a
        # transaction of its own cost more than the statements of a small act.
        if self._writer is None or self._writer.closed or self._writer.invalidated:
            self._writer = self._writing.connect()
            self._writer.begin()
        return self._writer

    def close(self) -> None:
        with self._turn:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self.engine.dispose()


@contextmanager
def _all_or_nothing(connection: Connection) -> Iterator[None]:
    """SQLite's own transaction on the kept connection: begun, and committed or rolled back."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute(_BEGIN_WRITING)
    try:
        yield
        driver.execute("COMMIT")
    finally:
        # A commit that a full disk refused leaves the transaction open, too.
        if driver.in_transaction:
            driver.execute("ROLLBACK")


@contextmanager
def in_one_piece(connection: Connection) -> Iterator[None]:
    """Part of a transaction: all of it is written, or none, whatever becomes of the rest.

    Said to the driver itself: SQLAlchemy's own takes longer than a small act.
    """
    driver: Any = connection.connection.dbapi_connection
    driver.execute("SAVEPOINT piece")
    try:
        yield
    except BaseException:
        # A full disk may have taken the whole transaction back already.
        if driver.in_transaction:
            driver.execute("ROLLBACK TO SAVEPOINT piece")
        raise
    finally:
        if driver.in_transaction:
            driver.execute("RELEASE SAVEPOINT piece")


def check_writer(connection: Connection) -> None:
    """Refuse to write a store whose contents this version would not understand.

    The set-up's revision comes along: `connection.info[REVISION]` holds it as this transaction
    found it, so that an act need not look twice.
    """
    row = _MIN_WRITER.one(connection)
    needed, connection.info[REVISION] = row if row is not None else (None, None)
    if needed is not None and needed > WRITER:
        raise StoreTooNew(
            "This store belongs to a newer Orderbell",
            "It asks for writer {needed}, this program is writer {known}.",
            "Update Orderbell on this computer.",
            needed=needed,
            known=WRITER,
        )
