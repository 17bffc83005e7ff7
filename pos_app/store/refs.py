"""Orders by the references that they came with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from pos_app.clock import Instant
from pos_app.domain.workflow import Kind, Source
from pos_app.store.tables import orders


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an order with a reference stands."""

    order_id: int
    kind: Kind
    entry: int
    entered_at: Instant


def with_prefix(connection: Connection, source: Source, prefix: str) -> dict[str, Standing]:
    """Every order of `source` whose reference begins with `prefix`, by reference."""
    query = select(
        orders.c.ref, orders.c.id, orders.c.kind, orders.c.entry, orders.c.entered_at
    ).where(orders.c.source == source.value, orders.c.ref.startswith(prefix, autoescape=True))
    return {
        row.ref: Standing(row.id, Kind(row.kind), row.entry, Instant(row.entered_at))
        for row in connection.execute(query)
    }
