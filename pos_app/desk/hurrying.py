"""*First* and *+5 min*: which order goes in front, and which may take longer."""

from __future__ import annotations

from pos_app.clock import MINUTE_MS, Instant
from pos_app.desk import entries
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.errors import BadInput
from pos_app.store import orders

MOST_MINUTES = 240


def rush(act: Transaction, order_id: int, on: bool) -> Order:
    """In front of the others on every screen, or no longer."""
    order = entries.open_order(act, order_id)
    if order.rush == on:
        return order
    act.record("rushed" if on else "unrushed", order_id, {})
    orders.change(act.connection, order_id, rush=on)
    return act.order(order_id)


def give_minutes(act: Transaction, order_id: int, minutes: int) -> Order:
    """A promise that is `minutes` later; the guest's page says that it moved."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise BadInput("minutes", "From 1 to {most} minutes", most=MOST_MINUTES)
    order = entries.open_order(act, order_id)
    act.record("promise_moved", order_id, {"minutes": minutes})
    later = Instant(order.promised_at + minutes * MINUTE_MS)
    orders.change(act.connection, order_id, promised_at=later, promise_moved=True)
    act.queue_page(order_id)
    return act.order(order_id)
