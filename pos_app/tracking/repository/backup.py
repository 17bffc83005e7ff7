"""Copies of the site's database, made while it serves, and one put back while it serves.

After a restore the site has forgotten pages and acts. Its epoch rises, so that every till starts
over: it tells all pages again and reads all acts again, which it knows by their ids. Tills that
were cut off since the copy was made stay cut off.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pos_app.clock import Instant
from pos_app.errors import BadInput, Refused, StoreDamaged, StoreTooNew
from pos_app.tracking.repository.connection import connect, make_private_file
from pos_app.tracking.repository.revocations import carry_over
from pos_app.tracking.repository.steps import bring_up
from pos_app.tracking.rows import SealedKey
from pos_app.tracking.schema import SCHEMA
from pos_app.wire.epochs import next_epoch

PAGES_AT_ONCE = 1_000


def copy(database: Path, target: Path) -> int:
    """Copy the site's database to the new file `target` and prove it; its bytes.

    Raises BadInput when there is one already, StoreDamaged; then nothing is left there.
    """
    if target.exists():
        raise BadInput("target", f"{target} is there already.")
    if not database.exists():
        raise Refused("There is no site in this folder.", str(database.parent))
    part = target.with_name(f".{target.name}.part")
    try:
        _copy(database, part)
        _refuse_damaged(part)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return target.stat().st_size


def sealed_keys(copy: Path) -> list[SealedKey]:
    """The tills' keys as they lie in a copy of whatever schema. Raises StoreDamaged."""
    if not copy.is_file():
        raise BadInput("copy", f"There is no file {copy}.")
    sql = "SELECT kid, shop_id, terminal_id, gen, origin, sealed FROM link_keys"
    try:
        with closing(sqlite3.connect(copy)) as connection:
            return [SealedKey(*row) for row in connection.execute(sql)]
    except sqlite3.DatabaseError as error:
        raise StoreDamaged("This is no sound site database.", f"{copy}: {error}") from error


@dataclass(frozen=True, slots=True)
class Restored:
    """The site's new epoch; `knows_revoked`: no till that was cut off meanwhile is let in again."""

    epoch: int
    knows_revoked: bool


def restore(source: Path, database: Path, now: Instant) -> Restored:
    """Put the copy `source` in the database's place, also while the site serves.

    Raises StoreDamaged for a copy that is not sound, or for a present database that no longer
    takes one; then everything is as it was.
    """
    if not source.is_file():
        raise BadInput("copy", f"There is no file {source}.")
    part = database.with_name(f".{database.name}.restoring")
    try:
        _copy(source, part)
        _refuse_damaged(part)
        _bring_up(part)
        knows_revoked = carry_over(database, part)
        epoch = _raise_epoch(part, _epoch_of(database), now)
        if database.exists():
            _put_into(part, database)
        else:
            part.replace(database)
    finally:
        part.unlink(missing_ok=True)
    return Restored(epoch, knows_revoked)


def _bring_up(file: Path) -> None:
    """A running site has this program's tables, and goes on with what is put under it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        bring_up(connection, int(connection.execute("PRAGMA user_version").fetchone()[0]))
        connection.execute("COMMIT")


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    make_private_file(target)
    try:
        with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
            # A transaction that stays open keeps the moment while the site goes on writing.
            read.execute("BEGIN")
            read.execute("SELECT count(*) FROM sqlite_master").fetchone()
            read.backup(written, pages=PAGES_AT_ONCE)
            written.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        raise StoreDamaged("This is no sound site database.", f"{source}: {error}") from error
    with target.open("rb") as opened:
        os.fsync(opened.fileno())


def _refuse_damaged(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        try:
            faults = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
            schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
            has_site = connection.execute("SELECT count(*) FROM site").fetchone()[0] == 1
        except sqlite3.DatabaseError as error:
            raise StoreDamaged("This is no sound site database.", str(error)) from error
    if faults != ["ok"] or not has_site:
        raise StoreDamaged("This is no sound site database.", "; ".join(faults))
    if schema > SCHEMA:
        raise StoreTooNew(
            "This copy was written by a newer Orderbell.",
            f"It has schema {schema}, this program knows {SCHEMA}.",
            "Update Orderbell on this machine.",
        )


def _epoch_of(database: Path) -> int:
    if not database.exists():
        return 0
    try:
        with closing(sqlite3.connect(database)) as connection:
            row = connection.execute("SELECT site_epoch FROM site").fetchone()
    except sqlite3.DatabaseError:
        return 0
    return int(row[0]) if row is not None else 0


def _raise_epoch(file: Path, beyond: int, now: Instant) -> int:
    with closing(sqlite3.connect(file)) as connection:
        own = int(connection.execute("SELECT site_epoch FROM site").fetchone()[0])
        epoch = next_epoch(max(own, beyond), now)
        connection.execute("UPDATE site SET site_epoch = ?", (epoch,))
        connection.commit()
    return epoch


def _put_into(part: Path, database: Path) -> None:
    """One transaction for everybody who has the database open: a running site reads it again."""
    try:
        with closing(sqlite3.connect(part)) as read, closing(connect(database)) as written:
            read.backup(written)
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(
            "The present database takes no copy.",
            f"{database}: {error}",
            "Stop the site, move that file away, and restore again.",
        ) from error
