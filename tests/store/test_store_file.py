"""The store's file: its schema, its two doors, and what it says when something is wrong."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from pos_app import paths
from pos_app.bootstrap import open_shop
from pos_app.errors import Refused, StoreDamaged, StoreError, StoreTooNew
from pos_app.store.plain_words import told_plainly
from pos_app.store.tables import metadata
from pos_app.store.upgrading import migrate
from tests.support.shops import open_test_shop, pickup


def test_the_migrations_make_exactly_the_tables_we_use(tmp_path: Path) -> None:
    with open_test_shop(tmp_path) as shop, shop.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_models_and_migrations_agree_to_the_last_default_index_and_check() -> None:
    made, migrated = create_engine("sqlite://"), create_engine("sqlite://")
    with made.begin() as models, migrated.begin() as steps:
        metadata.create_all(models)
        migrate(steps)
        steps.exec_driver_sql("DROP TABLE alembic_version")
        assert _shape(models) == _shape(steps)
    made.dispose()
    migrated.dispose()


def _shape(connection: Connection) -> dict[str, object]:
    """Columns with defaults, keys, indexes with their conditions, and checks."""
    found: dict[str, object] = {}
    objects = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master")
    for kind, name, table, sql in objects.all():
        words = " ".join((sql or "").replace('"', "").split())
        if kind == "index":
            found[f"index {name}"] = (table, words)
            continue
        columns = connection.exec_driver_sql(f"PRAGMA table_info({name})").all()
        found[name] = {row[1]: tuple(row[2:]) for row in columns}
        keys = connection.exec_driver_sql(f"PRAGMA foreign_key_list({name})").all()
        found[f"keys of {name}"] = sorted(tuple(row[2:]) for row in keys)
        found[f"checks of {name}"] = sorted(re.findall(r"CONSTRAINT ck_\w+ CHECK \([^)]*\)", words))
    return found


def test_every_commit_is_durable_and_every_erasure_real(tmp_path: Path) -> None:
    with open_test_shop(tmp_path) as shop, shop.database.read() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_a_store_of_a_newer_program_is_refused_with_both_versions(tmp_path: Path) -> None:
    with open_test_shop(tmp_path):
        pass
    _change(tmp_path, "UPDATE store SET min_reader = 7")
    with pytest.raises(StoreTooNew, match="reader 7, this program is reader 1"):
        open_shop(tmp_path)


def test_a_program_that_became_too_old_while_open_stops_writing(tmp_path: Path) -> None:
    with open_test_shop(tmp_path) as shop:
        draft = pickup(shop)
        _change(tmp_path, "UPDATE store SET min_writer = 9")
        with pytest.raises(StoreTooNew, match="writer 9"):
            shop.desk.place(draft)
        assert shop.desk.board() == []


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    paths.store_file(tmp_path).write_bytes(b"this was a shopping list " * 100)
    with pytest.raises(StoreDamaged, match=r"store\.sqlite is not a database"):
        open_shop(tmp_path)


def test_a_complaint_that_quotes_noise_is_told_as_damage(tmp_path: Path) -> None:
    # A spoilt page of the schema: SQLite quotes it, and the driver fails to read the quotation.
    with pytest.raises(StoreDamaged), told_plainly(tmp_path / "store.sqlite"):
        b"near \xa9".decode()


def test_an_empty_file_is_no_shop(tmp_path: Path) -> None:
    paths.store_file(tmp_path).touch()
    with pytest.raises(StoreError, match="holds no shop"):
        open_shop(tmp_path)


def test_a_folder_without_a_shop_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="orderbell init"):
        open_shop(tmp_path)


def test_check_finds_a_total_that_somebody_changed(tmp_path: Path) -> None:
    with open_test_shop(tmp_path) as shop:
        shop.desk.place(pickup(shop))
        _change(tmp_path, "UPDATE orders SET total = total + 1")
        problems = shop.desk.check().problems
    assert len(problems) == 2
    assert "its lines make" in problems[0]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE tickets SET kind = 'ready'", "its tickets say ready"),
        ("DELETE FROM journal", "the journal ends in None"),
        ("UPDATE orders SET paid = 5", "its payments make 0"),
        ("UPDATE number_counters SET last = 9", "number A2@"),
        ("UPDATE lines SET station_id = 77", "no ticket at station"),
    ],
)
def test_check_finds_what_does_not_agree(tmp_path: Path, change: str, says: str) -> None:
    with open_test_shop(tmp_path) as shop:
        shop.desk.place(pickup(shop))
        assert shop.desk.check().problems == ()
        _change(tmp_path, change)
        assert any(says in problem for problem in shop.desk.check().problems)


def _change(data: Path, statement: str) -> None:
    connection = sqlite3.connect(paths.store_file(data))
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute(statement)
    connection.commit()
    connection.close()
