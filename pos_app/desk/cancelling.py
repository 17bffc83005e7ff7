"""Cancelling, with who and why; what still waited to be said stays unsaid."""

from __future__ import annotations

from pos_app.desk import entries, paper, texting
from pos_app.desk.lines import MAX_TEXT
from pos_app.desk.transaction import Transaction
from pos_app.domain.cards import masked
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind, may_cancel
from pos_app.errors import BadInput, Refused


def cancel(act: Transaction, order_id: int, reason: str) -> Order:
    """End an open order as cancelled. `reason` is for the staff and must be given."""
    if not reason.strip():
        raise BadInput("reason", "Say why the order is cancelled")
    if len(reason) > MAX_TEXT:
        raise BadInput("reason", "At most {most} characters", most=MAX_TEXT)
    order = act.order(order_id)
    if not may_cancel(order.kind):
        raise Refused("Order {number} has ended already", number=order.number)
    texting.withdraw_all(act, order_id, "cancelled")
    paper.print_cancelled(act, order)
    act.record(
        entries.CANCELLED,
        order_id,
        {
            "from": order.kind.value,
            "to": Kind.CANCELLED.value,
            "before": entries.before(order, []),
        },
    )
    entries.enter(act, order, Kind.CANCELLED, cancel_reason=masked(reason.strip()))
    return act.order(order_id)
