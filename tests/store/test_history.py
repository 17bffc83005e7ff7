"""What lanes and boards ask again and again costs nothing when years lie behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from pos_app.clock import Instant
from pos_app.desk import reading
from pos_app.store import held, later, links, messages, orders, printing, sending
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
    ("board", orders.open_ids),
    ("asked", orders.asked_ids),
    ("by number", lambda c: orders.by_number(c, "A1", None, 5)),
    ("next to enter", later.next_to_enter),
    ("due to enter", lambda c: later.due_to_enter(c, NOW)),
    ("texts that wait", messages.waiting),
    ("held texts", lambda c: held.of_reason(c, "catch_up")),
    ("orders without a link", lambda c: links.of_open_orders(c, "http://127.0.0.1")),
    ("paper", printing.queues),
    ("paper that waits", printing.waiting),
    ("due paper", lambda c: printing.has_due(c, [1], NOW, NOW)),
    ("old paper", lambda c: printing.has_older(c, 1, NOW)),
    ("half a paper", lambda c: printing.interrupted(c, 1)),
]

LARGE = ("messages", "journal", "orders", "lines", "links", "print_jobs", "people")
# Partial indexes: what is open, what waits, what is held.
FEW_ROWS = ("ix_messages_", "ix_orders_open", "ix_orders_asked", "ix_print_jobs_")


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
    large = any(f"SCAN {table}" in step for table in LARGE)
    return large and not any(f"INDEX {name}" in step for name in FEW_ROWS)


def test_a_walk_would_be_found(connection: Connection) -> None:
    plan = connection.exec_driver_sql(
        "EXPLAIN QUERY PLAN SELECT * FROM messages WHERE state = 'waiting'"
    ).all()
    assert any(_walks(row[3]) for row in plan)
