"""Opening a store: make it, bring it up to date, or say why it cannot be opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from pos_app.clock import Instant
from pos_app.domain.ids import new_uid
from pos_app.errors import StoreDamaged
from pos_app.progress import Progress, silent
from pos_app.store import statuses
from pos_app.store.database import WRITER, Database
from pos_app.store.plain_words import told_plainly
from pos_app.store.tables import store
from pos_app.store.upgrading import HEAD, READER, bring_up_to_date, migrate


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a store is: `store_id` for ever, `epoch` raised by every restore or copy."""

    store_id: str
    epoch: int
    practice: bool


def open_store(file: Path, now: Instant, progress: Progress = silent) -> Database:
    """Open an existing store, migrated to this version. Raises StoreError kinds."""
    check_header(file)
    database = Database(file)
    try:
        with told_plainly(file):
            bring_up_to_date(database, now, progress)
    except BaseException:
        database.close()
        raise
    return database


def create_store(file: Path, *, practice: bool, now: Instant) -> Database:
    """Make a new store with its tables and canonical statuses."""
    database = Database(file)
    with database.engine.execution_options(door="write").begin() as connection:
        migrate(connection)
        connection.execute(
            insert(store),
            {
                "id": 1,
                "store_id": new_uid(),
                "epoch": 1,
                "schema": HEAD,
                "min_writer": WRITER,
                "min_reader": READER,
                "practice": practice,
                "config_revision": 1,
                "created_at": now,
            },
        )
        statuses.seed(connection)
    return database


def born_at(connection: Connection) -> Instant:
    """When the store was made."""
    return Instant(connection.execute(select(store.c.created_at)).scalar_one())


def set_epoch(connection: Connection, epoch: int) -> None:
    """What the store tells from now on is newer than all it told in epochs below."""
    connection.execute(update(store).values(epoch=epoch))


def identity(connection: Connection) -> Identity:
    row = connection.execute(select(store)).one()
    return Identity(row.store_id, row.epoch, row.practice)


def check_header(file: Path) -> None:
    """Say plainly that a file is no database, before SQLite is asked."""
    if not file.exists() or file.stat().st_size == 0:
        return
    with file.open("rb") as opened:
        if opened.read(16) != b"SQLite format 3\x00":
            raise StoreDamaged(
                "The store's file is damaged",
                "{file} is not a database.",
                "Restore the newest backup (`orderbell restore`). "
                "Without one, `orderbell salvage FOLDER` saves what can be read.",
                file=file.name,
            )
