"""What couriers tapped on their slips' pages, with what came of it, and who let them go."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from pos_app.clock import Instant
from pos_app.store.tables import courier_acts, orders

TOOK, RELEASED = "courier_took", "released"
APPLIED, LET_GO = "applied", "released"


@dataclass(frozen=True, slots=True)
class CourierActRow:
    """One act. `device` is a handle of the phone; `outcome` what it did to the order."""

    action_id: str
    order_id: int
    kind: str
    device: str
    occurred_at: Instant
    received_at: Instant
    outcome: str


def add(connection: Connection, row: CourierActRow) -> None:
    connection.execute(
        insert(courier_acts),
        {
            "action_id": row.action_id,
            "order_id": row.order_id,
            "kind": row.kind,
            "device": row.device,
            "occurred_at": row.occurred_at,
            "received_at": row.received_at,
            "outcome": row.outcome,
        },
    )


def generations(connection: Connection, order_ids: list[int]) -> dict[int, int]:
    """How often each order was taken from a phone; the claims made before count no more."""
    if not order_ids:
        return {}
    found = dict.fromkeys(order_ids, 0)
    rows = connection.execute(
        select(courier_acts.c.order_id, func.count())
        .where(courier_acts.c.order_id.in_(order_ids), courier_acts.c.kind == RELEASED)
        .group_by(courier_acts.c.order_id)
    )
    for order_id, count in rows:
        found[order_id] = int(count)
    return found


def holder(connection: Connection, order_id: int) -> CourierActRow | None:
    """The phone that has the delivery now, as its claim."""
    row = connection.execute(
        select(courier_acts).where(
            courier_acts.c.order_id == order_id,
            courier_acts.c.kind == TOOK,
            courier_acts.c.outcome == APPLIED,
        )
    ).first()
    return None if row is None else _row(row)


def held_since(connection: Connection, order_ids: list[int]) -> dict[int, Instant]:
    """Since when a phone has each of these orders; those that none has are left out."""
    if not order_ids:
        return {}
    rows = connection.execute(
        select(courier_acts.c.order_id, courier_acts.c.occurred_at).where(
            courier_acts.c.order_id.in_(order_ids),
            courier_acts.c.kind == TOOK,
            courier_acts.c.outcome == APPLIED,
        )
    )
    return {order_id: Instant(at) for order_id, at in rows}


def let_go(connection: Connection, order_id: int) -> None:
    """No phone has the delivery any more."""
    connection.execute(
        update(courier_acts)
        .where(
            courier_acts.c.order_id == order_id,
            courier_acts.c.kind == TOOK,
            courier_acts.c.outcome == APPLIED,
        )
        .values(outcome=LET_GO)
    )


def courier_of(connection: Connection, device: str, since: Instant) -> str:
    """Whose phone it is: the courier of the delivery that it took last; empty when unknown."""
    found = connection.execute(
        select(orders.c.courier_id)
        .join(courier_acts, courier_acts.c.order_id == orders.c.id)
        .where(
            courier_acts.c.device == device,
            courier_acts.c.kind == TOOK,
            courier_acts.c.received_at >= since,
            orders.c.courier_id != "",
        )
        .order_by(courier_acts.c.received_at.desc())
        .limit(1)
    ).scalar_one_or_none()
    return str(found or "")


def _row(row: object) -> CourierActRow:
    return CourierActRow(*row)  # type: ignore[misc]
