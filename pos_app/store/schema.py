"""Opening a store: make it, bring it up to date, or say why it cannot be opened.

Alembic takes a quarter of a second to import, so it is asked only when the version recorded in
the file is not the newest one known here.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, inspect, select, update

from pos_app.clock import Instant
from pos_app.domain.ids import new_uid
from pos_app.errors import StoreDamaged, StoreTooNew
from pos_app.store import statuses
from pos_app.store.database import WRITER, Database, told_plainly
from pos_app.store.tables import store
from pos_app.store.words import Progress

HEAD = "0003"
READER = 1
MIGRATIONS = Path(__file__).with_name("migrations")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a store is: `store_id` for ever, `epoch` raised by every restore or copy."""

    store_id: str
    epoch: int
    practice: bool


def open_store(file: Path, progress: Progress | None = None) -> Database:
    """Open an existing store, migrated to this version. Raises StoreError kinds.

    `progress(done, all)` hears of a long migration now and then.
    """
    check_header(file)
    database = Database(file)
    try:
        _bring_up_to_date(database, progress)
    except BaseException:
        database.close()
        raise
    return database


def create_store(file: Path, *, practice: bool, now: Instant) -> Database:
    """Make a new store with its tables and canonical statuses."""
    database = Database(file)
    with database.engine.execution_options(door="write").begin() as connection:
        _migrate(connection)
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
                "Restore the newest backup.",
                file=file.name,
            )


def _bring_up_to_date(database: Database, progress: Progress | None) -> None:
    with told_plainly(database.file), database.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if "store" not in tables:
            raise StoreDamaged(
                "This store is empty",
                "{file} holds no shop.",
                "Remove it and start again with `orderbell init`, or restore a backup.",
                file=database.file.name,
            )
        row = connection.execute(select(store.c.schema, store.c.min_reader)).one()
    if row.min_reader > READER:
        raise StoreTooNew(
            "This store belongs to a newer Orderbell",
            "It asks for reader {needed}, this program is reader {known}.",
            "Update Orderbell on this computer.",
            needed=row.min_reader,
            known=READER,
        )
    if row.schema < HEAD:
        with database.engine.execution_options(door="write").begin() as connection:
            _migrate(connection, progress)
            connection.execute(update(store).values(schema=HEAD))


def _migrate(connection: Connection, progress: Progress | None = None) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    config.attributes["progress"] = progress
    command.upgrade(config, "head")


def integrity(database: Database) -> list[str]:
    """What SQLite itself finds wrong with the file and its references; empty when sound."""
    try:
        with database.read() as connection:
            found = [r[0] for r in connection.exec_driver_sql("PRAGMA integrity_check")]
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    except sqlite3.DatabaseError as error:
        return [str(error)]
    problems = [line for line in found if line != "ok"]
    return problems + [f"{row[0]} row {row[1]} refers to nothing in {row[2]}" for row in broken]
