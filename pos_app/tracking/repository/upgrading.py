"""A copy of the site's database before a newer program changes its tables.

It lies beside the database until it is as old as what the site itself forgets.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from pos_app.clock import SECOND_MS, Instant
from pos_app.errors import OrderbellError, StoreError
from pos_app.tracking.repository.backup import copy


def copy_of(database: Path, schema: int) -> Path:
    """Where the copy lies that was made before tables of `schema` were changed."""
    return database.with_name(f"{database.stem}-schema-{schema}{database.suffix}")


def keep_copy(database: Path, schema: int) -> Path:
    """Copy the database as it is committed and prove the copy. Raises StoreError.

    The caller holds the write lock, so that the copy is what its changes begin with.
    """
    kept = copy_of(database, schema)
    try:
        # One of an upgrade that went no further: the database has gone on since.
        kept.unlink(missing_ok=True)
        copy(database, kept)
    except (OSError, sqlite3.Error, OrderbellError) as error:
        raise StoreError(
            "The site's database could not be copied before its update.",
            f"{type(error).__name__}: {error}",
            f"Make room for a copy in {database.parent}. Nothing was changed.",
        ) from error
    return kept


def drop_copies(database: Path, made_before: Instant) -> None:
    """Remove the copies of earlier updates that are older than `made_before`."""
    for kept in database.parent.glob(f"{database.stem}-schema-*{database.suffix}"):
        if kept.stat().st_mtime * SECOND_MS < made_before:
            kept.unlink(missing_ok=True)
