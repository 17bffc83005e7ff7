"""Where a courier says that he is, beside the kitchen: at the restaurant, then at the guest's door.

A leg moves no order but one: who stands at the door has it with him, whatever was not tapped. It
is told once per stay; a repeat, and one that the order has left behind, change nothing.
"""

from __future__ import annotations

from pos_app.clock import Instant
from pos_app.desk import entries, street, texting
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.domain.workflow import PHASES, Kind, Phase
from pos_app.store import journal, orders
from pos_app.wire.drops import ARRIVED, AT_SHOP

EVENTS = {AT_SHOP: "courier_at_shop", ARRIVED: "courier_arrived"}
"""What the journal calls each leg; rules wait for these."""
TAKEN_BACK = "courier_leg_taken_back"
_IN_SHOP = (Phase.NEW, Phase.IN_KITCHEN, Phase.READY)


def tell(act: Transaction, order: Order, leg: str, occurred_at: Instant, *, device: str) -> str:
    """He was there at `occurred_at`; `leg` is one of `EVENTS`, `device` his phone's id.

    `applied`, or `ignored` when that is known or the order is further.
    """
    if order.courier_leg == leg or not _is_possible(order, leg):
        return street.IGNORED
    if leg == ARRIVED and order.kind is not Kind.OUT_FOR_DELIVERY:
        order = street.infer_left(act, order, occurred_at, device=device)
    orders.change(act.connection, order.id, courier_leg=leg)
    act.record(EVENTS[leg], order.id, {"occurred_at": occurred_at, "device": device})
    return street.APPLIED


def take_back(act: Transaction, order: Order, leg: str, occurred_at: Instant) -> str:
    """He was not there: what rules were to say about it is withdrawn.

    `applied`; `too_late` after ten minutes; `ignored` when the order has moved on since.
    """
    event = journal.latest_state_event(act.connection, order.id, (EVENTS[leg],))
    if event is None or order.courier_leg != leg:
        return street.IGNORED
    if occurred_at - event.payload["occurred_at"] > street.TAKE_BACK_MS:
        return street.TOO_LATE
    texting.withdraw(act, order.id, "recalled", event.seq)
    orders.change(act.connection, order.id, courier_leg=entries.first_leg(order))
    act.record(TAKEN_BACK, order.id, {"leg": leg}, event.seq)
    return street.APPLIED


def _is_possible(order: Order, leg: str) -> bool:
    is_in_shop = PHASES[order.kind] in _IN_SHOP
    return is_in_shop if leg == AT_SHOP else is_in_shop or order.kind is Kind.OUT_FOR_DELIVERY
