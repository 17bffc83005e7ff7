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
from pos_app.store.plain_words import told_plainly

PAGES_AT_ONCE = 1_000


def online_copy(source: Path, target: Path, progress: Progress = silent) -> None:
    """Copy the store `source` as it is now into the file `target`, for this user only.

    Everything committed before the call is in it. `target` appears when it is complete and on
    the disk, and replaces what was there. Raises StoreError, OSError.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    remove(part)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with told_plainly(source):
            _copy(source, part, progress)
        _sync(part)
        part.replace(target)
        sync_folder(target.parent)
    finally:
        remove(part)


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


def _reading(source: Path) -> sqlite3.Connection:
    # `mode=rw`: a reader must be able to make the shared index, but never a store.
    address = f"{source.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=15)


def make_one_file(file: Path) -> None:
    """Fold the WAL of a store that nobody has open into its file, and do without one."""
    with closing(sqlite3.connect(file)) as connection:
        _into_one_file(connection)
    _sync(file)


def rebuild(file: Path) -> None:
    """Write a store that nobody has open anew, so that nothing is left in its free pages."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("VACUUM")
        _into_one_file(connection)
    _sync(file)


def _into_one_file(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode=DELETE").fetchone()


def synced(file: Path) -> None:
    """Have `file` and its name in the folder on the disk."""
    _sync(file)
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in `folder` on the disk; Windows opens no folders, NTFS journals them."""
    if os.name != "nt":
        _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(file: Path) -> None:
    """Delete a database with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
