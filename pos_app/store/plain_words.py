"""The database's errors in the shop's words: what happened, what it means, what to do."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from pos_app.errors import StoreDamaged, StoreError, StoreStuck

# The primary code is the lower byte of what SQLite reports.
_PRIMARY = 0xFF
_FULL_BYTES = 1_000_000
_UNREADABLE_TEXT = "Could not decode"


@contextmanager
def told_plainly(file: Path) -> Iterator[None]:
    """Turn what the database says about `file` into a StoreError. A broken constraint is a bug."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        reason = getattr(error, "orig", error)
        if isinstance(reason, sqlite3.IntegrityError):
            raise
        raise store_error(file, reason) from error
    except UnicodeDecodeError as error:
        # SQLite quotes what it cannot read, and the driver reads that as a text.
        raise damaged(file.name, str(error)) from error


def store_error(file: Path, reason: BaseException) -> StoreError:
    """What a person is told about `reason`, an error of the driver."""
    code = getattr(reason, "sqlite_errorcode", sqlite3.SQLITE_OK) & _PRIMARY
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreStuck(
            "The store is busy",
            "Another program keeps it locked.",
            "Try again; if it stays so, close other windows.",
        )
    # Where there is no room for its shared index, SQLite speaks of input and output.
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _is_full(file)):
        return StoreStuck(
            "The disk is full", "Nothing was saved.", "Free some space, then do it again."
        )
    if code == sqlite3.SQLITE_READONLY:
        return StoreStuck(
            "The store cannot be written",
            "{file} is read-only.",
            "Give your account the right to write this file and its folder.",
            file=file,
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return StoreStuck(
            "The store cannot be opened",
            "{file}, or its folder, is gone or may not be used.",
            "Check the disk and the folder's rights, then try again.",
            file=file,
        )
    if code == sqlite3.SQLITE_IOERR:
        return StoreStuck(
            "The disk does not do its work",
            "{file}: {reason}",
            "Check the disk and its cable, then run `orderbell check`.",
            file=file.name,
            reason=reason,
        )
    # The driver calls a text that is no text an OperationalError without a code.
    if _UNREADABLE_TEXT in str(reason) or not isinstance(reason, sqlite3.OperationalError):
        return damaged(file.name, str(reason))
    return StoreStuck(
        "The store did not answer", "{reason}", "Run `orderbell doctor`.", reason=reason
    )


def damaged(file: str, reason: str) -> StoreDamaged:
    """The file, or what stands in it, does not read as it should."""
    return StoreDamaged(
        "The store's file is damaged",
        "{file}: {reason}",
        "Restore the newest backup (`orderbell restore`). "
        "Without one, `orderbell salvage FOLDER` saves what can be read.",
        file=file,
        reason=reason,
    )


def _is_full(file: Path) -> bool:
    try:
        return shutil.disk_usage(file.parent).free < _FULL_BYTES
    except OSError:
        return False
