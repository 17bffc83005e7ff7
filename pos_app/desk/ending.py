"""Every other end of an order, and the delivery that failed, which is none."""

from __future__ import annotations

from typing import Any

from pos_app.desk import bumping, entries, handing_over, slips, texting
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.domain.workflow import ENDS, KITCHEN_KINDS, Fulfilment, Kind, has_ended
from pos_app.errors import BadInput, Refused
from pos_app.store import messages, orders
from pos_app.wire.drops import REASONS

_WITH_REASON = (Kind.DELIVERY_FAILED, Kind.RETURNED)


def end(
    act: Transaction, order_id: int, kind: Kind, reason: str = "", **more: Any
) -> tuple[Order, int]:
    """Let the order end in `kind`, or its delivery fail; `more` are columns written with it.

    Returns the order and the event. Raises Refused where `kind` cannot follow, BadInput for a
    reason without a word of its own.
    """
    order = act.order(order_id)
    if reason and (reason not in REASONS or kind not in _WITH_REASON):
        raise BadInput(
            "reason",
            "“{reason}” is no reason here",
            hint="{known}",
            reason=reason,
            known=", ".join(REASONS),
        )
    if kind not in ENDS.get(order.kind, ()):
        raise _refusal(order)
    payload: dict[str, Any] = {
        "from": order.kind.value,
        "to": kind.value,
        "before": entries.before(order, []),
    }
    if reason:
        payload["reason"] = reason
    seq = act.record(entries.ENDED, order_id, payload)
    entries.enter(act, order, kind, **more)
    messages.outdate(act.connection, order_id, seq, act.now)
    return act.order(order_id), seq


def _refusal(order: Order) -> Refused:
    if has_ended(order.kind):
        return Refused("Order {number} has ended already", number=order.number)
    if order.kind in KITCHEN_KINDS and order.kind is not Kind.READY:
        return Refused(
            "Order {number} is not ready", hint="Cancel it instead.", number=order.number
        )
    return Refused("Order {number} cannot end like this now", number=order.number)


def try_again(act: Transaction, order_id: int) -> Order:
    """A delivery that failed stands ready again, for whichever courier goes next."""
    order = act.order(order_id)
    if order.kind is not Kind.DELIVERY_FAILED:
        raise Refused("The delivery of order {number} has not failed", number=order.number)
    slips.let_go(act, order_id)
    return bumping.bump(act, order_id, order.entry).order


def fitting_end(order: Order) -> Kind:
    """How an order ends of which nobody knows more than that it is gone."""
    if order.kind in (Kind.OUT_FOR_DELIVERY, Kind.DELIVERY_FAILED):
        return Kind.DELIVERED
    if order.partner:
        return Kind.HANDED_TO_PARTNER
    if order.fulfilment is Fulfilment.DELIVERY:
        return Kind.DELIVERED
    return Kind.SERVED if order.fulfilment is Fulfilment.DINE_IN else Kind.PICKED_UP


def settle(act: Transaction, order: Order, kind: Kind, why: str) -> Order:
    """End an order after the fact: no text, and its times count in no average.

    `why` says in the journal what brought it up.
    """
    if has_ended(order.kind):
        raise Refused("Order {number} has ended already", number=order.number)
    texting.withdraw_all(act, order.id, why)
    before = entries.before(order, handing_over.unready(order))
    before["times_known"] = order.times_known
    act.record(
        entries.ENDED,
        order.id,
        {
            "from": order.kind.value,
            "to": kind.value,
            "inferred": True,
            "why": why,
            "before": before,
        },
    )
    handing_over.make_ready(act, order)
    entries.enter(act, order, kind, times_known=False)
    return act.order(order.id)


def forget_times(act: Transaction, order_id: int) -> None:
    """Nobody knows when its stages were; averages leave it out."""
    orders.change(act.connection, order_id, times_known=False)
