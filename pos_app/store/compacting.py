"""What only SQLite needs so that erased words are gone from its file as well.

`secure_delete` overwrites what is deleted, but a page that was split or merged keeps stale
copies in its gaps, and the log keeps old pages until it is cut. A rewrite leaves neither.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from pos_app.store.database import Database
from pos_app.store.plain_words import told_plainly

LOG_SUFFIX = "-wal"
_LOG_WAIT_MS = 3_000
# Above this the rewrite's temporary copy goes to the disk instead of memory.
IN_MEMORY_BYTES = 64 * 1024 * 1024


def size(database: Database) -> int:
    """Bytes of the store's file."""
    return database.file.stat().st_size


def cut_log(database: Database) -> bool:
    """Bring the log into the file and empty it; False while another reader still holds it.

    Waits a few seconds for readers, never inside a transaction.
    """
    with told_plainly(database.file):
        connection = _alone(database.file, _LOG_WAIT_MS)
        try:
            busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
    return not busy


def rewrite(database: Database) -> None:
    """Write the whole file anew; writers wait meanwhile. Raises StoreError when it is busy."""
    with told_plainly(database.file):
        connection = _alone(database.file, _LOG_WAIT_MS)
        try:
            if size(database) <= IN_MEMORY_BYTES:
                connection.execute("PRAGMA temp_store=MEMORY")
            connection.execute("VACUUM")
        finally:
            connection.close()


def _alone(file: Path, wait_ms: int) -> sqlite3.Connection:
    """A connection of its own, outside of any transaction."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=wait_ms / 1000)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")
    return connection
