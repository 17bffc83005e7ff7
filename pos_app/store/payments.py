"""Money as rows: what came in, what went back, and what couriers carry."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, case, func, insert, select, text

from pos_app.clock import Instant
from pos_app.store.tables import hand_ins, payments

REFUND = "refund_"
"""What a payment's type begins with when the money went back to the guest."""

_is_refund = payments.c.type.startswith(REFUND, autoescape=True)
_SUMS = (
    select(
        payments.c.order_id,
        func.sum(case((_is_refund, 0), else_=payments.c.amount)).label("paid"),
        func.sum(case((_is_refund, -payments.c.amount), else_=0)).label("refunded"),
    )
    .where(payments.c.order_id.in_(bindparam("ids", expanding=True)))
    .group_by(payments.c.order_id)
)
# The last word names the partial index: without it SQLite would read every payment.
_CARRIED = (
    select(payments.c.courier_id, func.sum(payments.c.amount))
    .where(payments.c.type.in_(("cash", f"{REFUND}cash")), text("courier_id != ''"))
    .group_by(payments.c.courier_id)
)
_HANDED_IN = select(hand_ins.c.courier_id, func.sum(hand_ins.c.amount)).group_by(
    hand_ins.c.courier_id
)


def sums(connection: Connection, order_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """`(paid, refunded)` of each of these orders, minor units; those without rows are left out."""
    rows = connection.execute(_SUMS, {"ids": list(order_ids)})
    return {row.order_id: (int(row.paid), int(row.refunded)) for row in rows}


def to_hand_in(connection: Connection) -> dict[str, int]:
    """Cash that each courier took and has not handed in, minor units, over all days."""
    owed = {row[0]: int(row[1]) for row in connection.execute(_CARRIED)}
    for courier_id, amount in connection.execute(_HANDED_IN):
        owed[courier_id] = owed.get(courier_id, 0) - int(amount)
    return owed


def hand_in(
    connection: Connection,
    *,
    courier_id: str,
    business_date: str,
    amount: int,
    now: Instant,
    staff_id: str,
) -> None:
    connection.execute(
        insert(hand_ins),
        {
            "courier_id": courier_id,
            "business_date": business_date,
            "amount": amount,
            "at": now,
            "staff_id": staff_id,
        },
    )
