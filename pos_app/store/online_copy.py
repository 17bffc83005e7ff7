"""Copying a store while others go on writing to it: SQLite's online backup.

A plain copy of database and WAL taken during writes is corrupt one time in eight (tried). The
copy here is read inside one transaction, so it is the store of one moment however long it takes,
and it is one file: nothing beside it is needed to open it. SQLite only.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from pos_app.progress import Progress, Step, silent

PAGES_AT_ONCE = 1_000


def online_copy(source: Path, target: Path, progress: Progress = silent) -> None:
    """Write `source` as it is now to the new file `target`, synced, for this user only.

    Raises sqlite3.Error or OSError; then nothing is left at `target`.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        _copy(source, target, progress)
    except BaseException:
        remove(target)
        raise


def _copy(source: Path, target: Path, progress: Progress) -> None:
    def told(_status: int, remaining: int, total: int) -> None:
        progress(Step.COPYING, total - remaining, total)

    with closing(_reading(source)) as read, closing(sqlite3.connect(target)) as written:
        # A transaction that stays open keeps the moment; without it each foreign commit makes
        # the copy begin anew.
        read.execute("BEGIN")
        read.execute("SELECT count(*) FROM sqlite_master").fetchone()
        read.backup(written, pages=PAGES_AT_ONCE, progress=told)
        _into_one_file(written)
    synced(target)


def _reading(source: Path) -> sqlite3.Connection:
    # Not `mode=ro`: a reader of a WAL store has to be able to make its shared memory.
    if not source.exists():
        raise FileNotFoundError(2, os.strerror(2), str(source))
    return sqlite3.connect(source, isolation_level=None, timeout=15)


def make_one_file(file: Path) -> None:
    """Fold the WAL of a store that nobody has open into its file, and do without one."""
    with closing(sqlite3.connect(file)) as connection:
        _into_one_file(connection)
    synced(file)


def rebuild(file: Path) -> None:
    """Write a store that nobody has open anew, so that nothing is left in its free pages."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM")
        _into_one_file(connection)
    synced(file)


def _into_one_file(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode=DELETE").fetchone()


def synced(file: Path) -> None:
    """Have `file` and its name in the folder on the disk."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in `folder` on the disk (Windows does that by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(file: Path) -> None:
    """Delete a database with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
