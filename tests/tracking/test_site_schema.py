"""A site of before opens with this program and keeps its orders."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pos_app.clock import VirtualClock
from pos_app.tracking import schema
from pos_app.tracking.repository import Repository
from tests.tracking.conftest import EVENING
from tests.tracking.live import TRATTORIA, UID, Till, live_site, order


def columns(file: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(file)) as found:
        tables = [row[0] for row in found.execute("SELECT name FROM sqlite_master")]
        return {
            table: [row[1] for row in found.execute(f"PRAGMA table_info({table})")]
            for table in sorted(tables)
        }


def of_release_one(file: Path) -> None:
    file.parent.mkdir(parents=True, mode=0o700)
    with closing(sqlite3.connect(file)) as old:
        for statement in schema.STEPS[0]:
            old.execute(statement)
        old.execute("INSERT INTO site VALUES (1, 'site-1', 7)")
        old.execute("INSERT INTO shops VALUES ('shop-1', 'Trattoria', 0, NULL)")
        old.execute(
            "INSERT INTO orders VALUES ('shop-1', ?, 1, 1, '{}', 0, NULL, ?)", (UID, EVENING)
        )
        old.execute("PRAGMA user_version = 1")
        old.commit()


def test_a_site_of_before_keeps_who_it_is_and_what_it_has(tmp_path: Path) -> None:
    old, new = tmp_path / "old" / "site.sqlite", tmp_path / "new" / "site.sqlite"
    of_release_one(old)
    for file in (old, new):
        Repository(file).close()
    assert columns(old) == columns(new)
    with closing(sqlite3.connect(old)) as found:
        assert found.execute("SELECT site_id, site_epoch FROM site").fetchone() == ("site-1", 7)
        row = found.execute("SELECT arrived_at, stars, cancel_asked_at FROM orders").fetchone()
        assert row == (EVENING, None, None)
        assert found.execute("PRAGMA user_version").fetchone() == (schema.SCHEMA,)


def test_a_site_of_before_takes_the_new_acts(tmp_path: Path, clock: VirtualClock) -> None:
    file = tmp_path / "site" / "site.sqlite"
    of_release_one(file)
    till = Till()
    token = till.token(EVENING)
    with live_site(file, clock) as site:
        till.enrolled(site)
        ended = order(EVENING, token, kind="picked_up", phase="done", acts=["rated"])
        till.push(site, ended, profile=TRATTORIA)
        with site.client() as client:
            client.post(f"/{token}/rate", data={"stars": "5"})
            assert "5 of 5" in client.get(f"/{token}?lang=en").text
