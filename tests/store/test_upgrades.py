"""Stores of every released schema: upgraded whole, after a proven copy, or left as they were."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from pos_app import paths
from pos_app.bootstrap import open_shop
from pos_app.clock import SystemClock
from pos_app.domain.workflow import Kind
from pos_app.errors import StoreDamaged, StoreError
from pos_app.progress import Step
from pos_app.store import copies, upgrading
from pos_app.store.soundness import integrity_of
from pos_app.store.upgrading import HEAD
from tests.support.released import OLDER, released_store, rows, tables
from tests.support.shops import pickup

# What opening itself writes: the schema's number, and which terminal was there.
WRITTEN_BY_OPENING = {"alembic_version", "store", "terminals"}


def test_every_schema_before_this_one_has_its_recorded_store() -> None:
    assert tuple(f"{number:04}" for number in range(1, int(HEAD))) == OLDER


@pytest.mark.parametrize("schema", OLDER)
def test_a_store_of_an_older_program_opens_with_everything_that_was_in_it(
    tmp_path: Path, schema: str
) -> None:
    file = released_store(tmp_path, schema)
    before = tables(file)
    kept = {
        (table, column): rows(file, table, [column])
        for table, columns in before.items()
        if table not in WRITTEN_BY_OPENING
        for column in columns
    }
    shop = open_shop(tmp_path)
    try:
        assert shop.desk.check().problems == ()
        assert len(shop.desk.search("", limit=100)) == 6
        assert shop.desk.order(shop.desk.find("A3")).order.kind is Kind.SERVED  # type: ignore[union-attr]
        found = shop.desk.search("Ірина")
        assert [card.order.number for card in found] == ["A1"]
    finally:
        shop.close()
    after = tables(file)
    assert set(before) <= set(after)
    for (table, column), values in kept.items():
        assert rows(file, table, [column]) == values, f"{table}.{column} changed"


@pytest.mark.parametrize("schema", OLDER)
def test_work_goes_on_in_an_upgraded_store(tmp_path: Path, schema: str) -> None:
    released_store(tmp_path, schema)
    shop = open_shop(tmp_path)
    try:
        placed = shop.desk.place(pickup(shop)).order
        assert shop.desk.bump(placed.id).moved
        assert shop.desk.bump(shop.desk.find("A6")).moved
        assert shop.desk.check().problems == ()
    finally:
        shop.close()


def test_a_proven_copy_of_the_store_as_it_was_comes_first(tmp_path: Path) -> None:
    file = released_store(tmp_path, "0001")
    before = {t: rows(file, t, c) for t, c in tables(file).items()}
    told: list[Step] = []
    shop = open_shop(tmp_path, progress=lambda step, _done, _all: told.append(step))
    shop.close()
    (copy,) = copies.found_in(copies.folder_of(file))
    assert copy.kind == "before-0001"
    assert integrity_of(copy.path) == []
    assert {t: rows(copy.path, t, c) for t, c in tables(copy.path).items()} == before
    assert copy.path.stat().st_mode & 0o077 == 0
    assert list(dict.fromkeys(told)) == [Step.COPYING, Step.CHECKING, Step.UPDATING]


def test_a_store_that_is_up_to_date_is_not_copied(tmp_path: Path) -> None:
    file = released_store(tmp_path, "0001")
    open_shop(tmp_path).close()
    made = copies.found_in(copies.folder_of(file))
    open_shop(tmp_path).close()
    assert copies.found_in(copies.folder_of(file)) == made


def test_a_failing_update_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = released_store(tmp_path, "0001")
    before = {t: rows(file, t, c) for t, c in tables(file).items()}
    plain = upgrading.migrate

    def fails_at_the_end(connection: Connection, *rest: object) -> None:
        plain(connection)
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(upgrading, "migrate", fails_at_the_end)
    with pytest.raises(StoreError):
        open_shop(tmp_path)
    assert {t: rows(file, t, c) for t, c in tables(file).items()} == before
    monkeypatch.undo()
    open_shop(tmp_path).close()


def test_a_damaged_store_is_not_updated(tmp_path: Path) -> None:
    file = released_store(tmp_path, "0002")
    with closing(sqlite3.connect(file)) as connection:
        root, size = connection.execute(
            "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_master"
            " WHERE name = 'ix_orders_open'"
        ).fetchone()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as opened:
        opened.seek((root - 1) * size + 8)
        opened.write(b"\xff" * 64)
    with pytest.raises(StoreDamaged):
        open_shop(tmp_path)
    assert [copy.kind for copy in copies.found_in(copies.folder_of(file))] == []


def test_no_room_for_the_copy_is_said_before_anything_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    released_store(tmp_path, "0002")
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage(10**9, 10**9, 4096))
    with pytest.raises(StoreError, match="no room to update"):
        open_shop(tmp_path)
    assert not copies.folder_of(paths.store_file(tmp_path)).exists()


def test_two_programs_started_at_once_update_once(tmp_path: Path) -> None:
    file = released_store(tmp_path, "0001")
    start = threading.Barrier(3)
    failures: list[BaseException] = []

    def begin() -> None:
        start.wait()
        try:
            open_shop(tmp_path).close()
        except BaseException as error:  # noqa: BLE001 - told to the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=begin) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert [copy.kind for copy in copies.found_in(copies.folder_of(file))] == ["before-0001"]


def test_a_program_of_the_version_before_can_still_write() -> None:
    """Expand now, contract a release later: what an older program does not name has a default."""
    from pos_app.store.database import WRITER

    assert WRITER == 1, "the oldest writer rose: then begin this comparison at its schema"
    with closing(sqlite3.connect(":memory:")) as old, closing(sqlite3.connect(":memory:")) as new:
        _build(old, OLDER[0])
        _build(new, None)
        for table, before in _columns(old).items():
            after = _columns(new)[table]
            assert set(before) <= set(after), f"{table} lost a column"
            for name, (is_needed, has_default) in after.items():
                if name not in before:
                    assert not is_needed or has_default, f"{table}.{name} needs a default"


def _build(connection: sqlite3.Connection, schema: str | None) -> None:
    """The tables of a released schema, or today's as the migrations make them."""
    import gzip

    from tests.support.released import FOLDER

    if schema is not None:
        connection.executescript(
            gzip.decompress((FOLDER / f"{schema}.sql.gz").read_bytes()).decode()
        )
        return
    from sqlalchemy import create_engine
    from sqlalchemy.pool import StaticPool

    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    with engine.begin() as opened:
        upgrading.migrate(opened)


def _columns(connection: sqlite3.Connection) -> dict[str, dict[str, tuple[bool, bool]]]:
    """Per table its columns: whether a value is needed, and whether there is a default."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: {
            row[1]: (bool(row[3]) and not row[5], row[4] is not None)
            for row in connection.execute(f"PRAGMA table_info({name})")
        }
        for (name,) in names
        if not name.startswith("sqlite_")
    }


def test_the_time_of_the_update_names_the_copy(tmp_path: Path) -> None:
    file = released_store(tmp_path, "0002")
    now = SystemClock().now()
    open_shop(tmp_path).close()
    (copy,) = copies.found_in(copies.folder_of(file))
    assert abs(copy.made_at - now) < 60_000
