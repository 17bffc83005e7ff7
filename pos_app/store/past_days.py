"""Past orders in chunks, oldest first: for whoever plays days again with bounded memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from pos_app.clock import DAY_MS
from pos_app.domain.workflow import Kind
from pos_app.store.tables import orders

CHUNK = 500
_FAR = 100_000 * DAY_MS


def chunks(connection: Connection, first_day: str, last_day: str) -> Iterator[list[int]]:
    """The ids of all orders of these business dates, at most 500 at a time."""
    bounds = select(func.min(orders.c.id), func.max(orders.c.id)).where(
        orders.c.business_date >= first_day
    )
    least, greatest = connection.execute(bounds).one()
    if least is None:
        return
    for first in range(int(least), int(greatest) + 1, CHUNK):
        # By key alone: an index of days would be sorted anew for every chunk.
        rows = connection.execute(
            select(orders.c.id, orders.c.business_date)
            .where(orders.c.id >= first, orders.c.id < first + CHUNK)
            .order_by(orders.c.id)
        )
        ids = [row.id for row in rows if first_day <= row.business_date <= last_day]
        if ids:
            yield ids


def counts_before(connection: Connection, order_id: int) -> dict[int, int]:
    """How many orders each guest had before the order `order_id`, without cancelled ones."""
    return _counts(connection, order_id)


def counts(connection: Connection) -> dict[int, int]:
    """How many orders each guest has had, without cancelled ones."""
    return _counts(connection, None)


def _counts(connection: Connection, before: int | None) -> dict[int, int]:
    query = (
        select(orders.c.people_id, func.count().label("count"))
        .where(orders.c.people_id.is_not(None), orders.c.kind != Kind.CANCELLED.value)
        .group_by(orders.c.people_id)
    )
    if before is not None:
        query = query.where(orders.c.id < before)
    return {row.people_id: row[1] for row in connection.execute(query)}


def spans(connection: Connection, first_day: str) -> tuple[array[int], array[int]]:
    """When orders were placed, and when they ended, each in order: how full the shop was."""
    rows = connection.execute(
        select(orders.c.placed_at, orders.c.ended_at).where(orders.c.business_date >= first_day)
    )
    placed, ended = array("q"), array("q")
    for row in rows:
        placed.append(row.placed_at)
        ended.append(row.ended_at if row.ended_at is not None else _FAR)
    return array("q", sorted(placed)), array("q", sorted(ended))
