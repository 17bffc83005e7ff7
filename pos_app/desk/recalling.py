"""Bringing back one station’s ticket: only its own dishes are cooked again, others stay done."""

from __future__ import annotations

from pos_app.desk import entries, texting
from pos_app.desk.transaction import Transaction
from pos_app.desk.undoing import later_promise
from pos_app.domain.order import Order
from pos_app.domain.workflow import KITCHEN_KINDS, Kind
from pos_app.errors import NotFound, Refused
from pos_app.store import orders


def recall_station(act: Transaction, order_id: int, station_id: int) -> Order:
    """The ticket that this station called *ready* is not. A ready order is not ready then.

    Raises NotFound for a station that has nothing of the order, Refused when its ticket is not
    ready or the order has left the kitchen.
    """
    order = act.order(order_id)
    ticket = next((t for t in order.tickets if t.station_id == station_id), None)
    if ticket is None:
        raise NotFound("Order {number} has nothing at this station", number=order.number)
    if order.kind not in KITCHEN_KINDS:
        raise Refused(
            "Order {number} has left the kitchen",
            hint="The pass brings it back first.",
            number=order.number,
        )
    if ticket.kind is not Kind.READY:
        raise Refused("Order {number} is not done at this station", number=order.number)
    orders.move_ticket(act.connection, ticket, Kind.PREPARING, act.now)
    if order.kind is Kind.READY:
        texting.withdraw_all(act, order_id, "recalled")
    act.record(
        entries.RECALLED,
        order_id,
        {
            "from": order.kind.value,
            "to": Kind.PREPARING.value,
            "station_id": station_id,
            "recalled_from": order.entry,
            "before": entries.before(order, [ticket]),
        },
    )
    if order.kind is Kind.READY:
        promise = later_promise(order, act.now)
        entries.enter(act, order, Kind.PREPARING, recalled_from=order.entry, **promise)
    else:
        orders.change(act.connection, order_id)
        act.queue_page(order_id)
    return act.order(order_id)
