"""Couriers of a day: what each delivered, and the cash that has not come back yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pos_app.domain.workflow import Fulfilment, Kind
from pos_app.insights.telling import named
from pos_app.insights.values import CourierDay, Named
from pos_app.store.insights import DayOrder, DayRows
from pos_app.store.payments import REFUND

_CASH = ("cash", f"{REFUND}cash")


def couriers(
    rows: DayRows, placed: Iterable[DayOrder], to_hand_in: dict[str, int]
) -> tuple[CourierDay, ...]:
    """Whoever delivered on the day or still has cash; who has most of it first."""
    delivered: dict[str, list[Named]] = defaultdict(list)
    cash: dict[str, int] = defaultdict(int)
    for order in placed:
        ours = order.fulfilment is Fulfilment.DELIVERY and not order.partner
        if ours and order.kind is Kind.DELIVERED:
            delivered[order.courier_id].append(named(order))
        for payment in rows.payments.get(order.id, ()):
            if payment.courier_id and payment.type in _CASH:
                cash[payment.courier_id] += payment.amount
    owing = {courier_id for courier_id, amount in to_hand_in.items() if amount}
    found = [
        CourierDay(
            courier_id,
            tuple(delivered.get(courier_id, ())),
            cash.get(courier_id, 0),
            to_hand_in.get(courier_id, 0),
        )
        for courier_id in delivered.keys() | cash.keys() | owing
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.to_hand_in, -len(one.deliveries), one.courier_id))
    )
