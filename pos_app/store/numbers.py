"""Numbers of a day: how they run, and how they jump ahead when some may have been lost."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select, update

from pos_app.clock import Instant
from pos_app.store import documents
from pos_app.store.tables import journal, number_counters, orders

JUMPED = "numbers_jumped"
"""The event of a jump: `business_date, prefix`, `from` (the last one given), `to`."""


def jump(connection: Connection, business_date: str, prefix: str, to: int) -> None:
    """Let the day go on behind number `to`."""
    moved = connection.execute(
        update(number_counters)
        .where(number_counters.c.business_date == business_date, number_counters.c.prefix == prefix)
        .values(last=to)
    )
    if not moved.rowcount:
        row = {"business_date": business_date, "prefix": prefix, "last": to}
        connection.execute(insert(number_counters), row)


def busiest(connection: Connection, since: Instant) -> int:
    """How many orders the busiest business day since then had; 0 without any."""
    per_day = (
        select(func.count().label("taken"))
        .where(orders.c.id >= _first_since(connection, since))
        .group_by(orders.c.business_date)
        .subquery()
    )
    return int(connection.execute(select(func.max(per_day.c.taken))).scalar_one() or 0)


def _first_since(connection: Connection, since: Instant) -> int:
    """An order id before which nothing was placed since then, found in the journal's order."""
    found = connection.execute(
        select(orders.c.id).where(orders.c.placed_at < since).order_by(orders.c.id.desc()).limit(1)
    ).scalar_one_or_none()
    return 0 if found is None else int(found)


def jumps(connection: Connection) -> list[tuple[str, str, range]]:
    """`(business_date, prefix, numbers left out)` of every jump."""
    query = select(journal.c.payload).where(journal.c.kind == JUMPED)
    found = (documents.load(row.payload, dict[str, object]) for row in connection.execute(query))
    return [
        (
            str(said["business_date"]),
            str(said["prefix"]),
            range(int(str(said["from"])) + 1, int(str(said["to"])) + 1),
        )
        for said in found
    ]
