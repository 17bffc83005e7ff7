"""Bringing a store to this program's schema: a verified copy first, then all of it or nothing.

The write lock is taken before the copy is made, so that the copy is exactly what the migrations
begin with, and held until they have committed. Two programs started at once wait for each other.
Alembic takes a quarter of a second to import, so it is asked only when there is something to do.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Connection, inspect, select, update

from pos_app.clock import Instant
from pos_app.errors import StoreDamaged, StoreError, StoreTooNew
from pos_app.progress import Progress, Step, silent
from pos_app.store import copies
from pos_app.store.database import Database
from pos_app.store.online_copy import online_copy, remove
from pos_app.store.plain_words import told_plainly
from pos_app.store.soundness import integrity_of
from pos_app.store.tables import store

HEAD = "0005"
READER = 1
MIGRATIONS = Path(__file__).with_name("migrations")
# The copy, and about as much again while indexes are built.
ROOM_FACTOR = 2.2


def bring_up_to_date(
    database: Database, now: Instant, progress: Progress = silent, *, keeps_copy: bool = True
) -> None:
    """Migrate the store if it is older than this program.

    `keeps_copy` False: what is migrated is a copy itself.

    Raises StoreTooNew for one that this program cannot read, StoreDamaged for one without a
    shop, StoreError when there is no room; then the store is as it was.
    """
    if _schema(database) >= HEAD:
        return
    with FileLock(database.file.with_name("upgrade.lock")):
        # Whoever held the lock before has perhaps done it.
        schema = _schema(database)
        if schema < HEAD:
            if keeps_copy:
                _refuse_without_room(database.file)
            _upgrade(database, now, progress, copied_as=schema if keeps_copy else "")


def is_older(file: Path) -> bool:
    """Whether opening this store will update it; False for one that cannot be read."""
    try:
        # Whoever locks the store now is told about when it is opened, not waited for here.
        with closing(sqlite3.connect(file, timeout=0)) as connection:
            row = connection.execute("SELECT schema, min_reader FROM store").fetchone()
    except sqlite3.Error:
        return False
    return row is not None and row[0] < HEAD and row[1] <= READER


def _schema(database: Database) -> str:
    with told_plainly(database.file), database.engine.connect() as connection:
        if "store" not in inspect(connection).get_table_names():
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
    return str(row.schema)


def _refuse_without_room(file: Path) -> None:
    needed = int(file.stat().st_size * ROOM_FACTOR)
    free = shutil.disk_usage(file.parent).free
    if free < needed:
        raise StoreError(
            "There is no room to update the store",
            "The copy that is made first needs {needed} MB, {free} MB are free.",
            "Free some space, then open Orderbell again.",
            needed=needed // 1_000_000 + 1,
            free=free // 1_000_000,
        )


def _upgrade(database: Database, now: Instant, progress: Progress, *, copied_as: str) -> None:
    with told_plainly(database.file):
        writing = database.engine.execution_options(door="write").connect()
        try:
            # Tables are perhaps made anew: references are checked once, when all is in place.
            _pragma(writing, "foreign_keys=OFF")
            with writing.begin():
                if copied_as:
                    _keep_copy(database.file, copied_as, now, progress)
                migrate(writing, progress)
                _refuse_broken(writing, database.file)
                writing.execute(update(store).values(schema=HEAD))
        finally:
            _pragma(writing, "foreign_keys=ON")
            writing.close()


def _pragma(connection: Connection, words: str) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - a connected pool entry has its driver
    driver.execute(f"PRAGMA {words}")


def _keep_copy(file: Path, schema: str, now: Instant, progress: Progress) -> Path:
    """The store as it was, beside its other copies, proven sound before anything changes."""
    folder = copies.folder_of(file)
    target = copies.path(folder, now, copies.before(schema))
    part = target.with_name(f".{target.name}.part")
    remove(part)
    online_copy(file, part, progress)
    progress(Step.CHECKING, 0, 1)
    faults = integrity_of(part)
    if faults:
        remove(part)
        raise StoreDamaged(
            "The store is damaged and was not updated",
            "{fault}",
            "Restore the newest backup with `orderbell restore`.",
            fault=faults[0],
        )
    progress(Step.CHECKING, 1, 1)
    copies.settle(part, target)
    return target


def _refuse_broken(connection: Connection, file: Path) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise sqlite3.DatabaseError(f"{file.name}: {broken[0]} refers to nothing in {broken[2]}")


def migrate(connection: Connection, progress: Progress = silent) -> None:
    """Run what is missing up to the newest schema, on a connection inside a transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    config.attributes["progress"] = lambda done, of: progress(Step.UPDATING, done, of)
    progress(Step.UPDATING, 0, 1)
    command.upgrade(config, "head")
    progress(Step.UPDATING, 1, 1)
