"""What lanes and boards ask again and again costs nothing when years lie behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from pos_app.clock import Instant
from pos_app.desk import reading
from pos_app.store import sending
from pos_app.store.schema import create_store

NOW = Instant(1_795_392_000_000)
ASKED: list[tuple[str, Callable[[Connection], object]]] = [
    ("due", lambda c: sending.due(c, "sms", NOW, 5)),
    ("unresolved", lambda c: sending.unresolved(c, "sms", 1, NOW)),
    ("to poll", lambda c: sending.to_poll(c, "sms", NOW, 5)),
    ("next due", lambda c: sending.next_due(c, "sms")),
    ("expire", lambda c: sending.expire(c, NOW)),
    ("first to expire", sending.first_to_expire),
    ("undoable", lambda c: reading.undoable(c, NOW)),
    ("recallable", lambda c: reading.recallable(c, NOW)),
]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = create_store(tmp_path / "store.sqlite", practice=False, now=NOW)
    with database.read() as opened:
        yield opened
    database.close()


@pytest.mark.parametrize(("what", "ask"), ASKED, ids=[name for name, _ask in ASKED])
def test_no_question_walks_through_the_whole_history(
    connection: Connection, what: str, ask: Callable[[Connection], object]
) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        asked.append((statement, values))

    event.listen(connection, "before_cursor_execute", note)
    ask(connection)
    event.remove(connection, "before_cursor_execute", note)
    assert asked
    for statement, values in asked:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
        walked = [row[3] for row in plan if _walks(row[3])]
        assert not walked, f"{what}: {walked} in {statement}"


def _walks(step: str) -> bool:
    """A scan without an index that keeps only the rows in question."""
    large = any(f"SCAN {table}" in step for table in ("messages", "journal", "orders"))
    return large and "ix_messages" not in step


def test_a_walk_would_be_found(connection: Connection) -> None:
    plan = connection.exec_driver_sql(
        "EXPLAIN QUERY PLAN SELECT * FROM messages WHERE state = 'waiting'"
    ).all()
    assert any(_walks(row[3]) for row in plan)
