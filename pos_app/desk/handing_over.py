"""Handing over: to guest, table, courier or a platform's rider, and how it was paid."""

from __future__ import annotations

from dataclasses import replace

from pos_app.desk import bumping, entries, paying, texting
from pos_app.desk.bumping import Bumped
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Line, Order, Ticket, is_counter_made
from pos_app.domain.workflow import KITCHEN_KINDS, Fulfilment, Kind
from pos_app.errors import NotFound, Refused
from pos_app.store import journal, messages, orders

UNPAID = "unpaid"
LEFT_UNPAID = "left_unpaid"
LINES_HANDED_OVER = "lines_handed_over"


def hand_over(
    act: Transaction, order_id: int, from_entry: int | None = None, payment: str | None = None
) -> Bumped:
    """Give a ready order out. Raises Refused while it is not ready, or nobody said how it is paid.

    `payment` is a way to pay, or `unpaid`; None where nothing needs to be asked.
    """
    order = act.order(order_id)
    if from_entry is not None and order.entry != from_entry:
        return Bumped(order, moved=False, seq=None)
    if order.kind is not Kind.READY:
        raise Refused("Order {number} is not ready", hint="Tap Ready first.", number=order.number)
    check_payment(order, payment)
    bumped = bumping.bump(act, order_id, order.entry)
    if bumped.seq is None:
        return bumped
    messages.outdate(act.connection, order_id, bumped.seq, act.now)
    record_payment(act, bumped.order, payment, bumped.seq)
    return replace(bumped, order=act.order(order_id))


def pays_at_the_door(order: Order) -> bool:
    """Whether our own courier takes the money."""
    return order.fulfilment is Fulfilment.DELIVERY and not order.partner


def check_payment(order: Order, payment: str | None) -> None:
    """Raises Refused while money is due and nobody has said what becomes of it."""
    if payment is not None and payment != UNPAID:
        paying.check_type(payment)
    if payment is None and order.due and not is_answered(order):
        raise Refused(
            "Order {number} is not paid",
            "Nobody has said how.",
            "Cash, card, or leave it unpaid.",
            number=order.number,
        )


def is_answered(order: Order) -> bool:
    """Whether what is due needs no question now: paid online, at the door, or given back."""
    return order.payment_type == "online" or pays_at_the_door(order) or paying.is_given_back(order)


def record_payment(act: Transaction, order: Order, payment: str | None, cause_id: int) -> None:
    """Write down the answer; nothing when nothing is due."""
    if payment is None or not order.due or paying.is_given_back(order):
        return
    if payment == UNPAID:
        act.record(LEFT_UNPAID, order.id, {"due": order.due}, cause_id)
    else:
        paying.settle(act, order, payment, cause_id=cause_id)


def hand_over_lines(
    act: Transaction, order_id: int, line_ids: list[int], payment: str | None = None
) -> Order:
    """These lines left the counter; with the last one the order is handed over.

    Raises NotFound for a line that is not on the order, and what `hand_over` raises.
    """
    order = act.order(order_id)
    if order.kind not in KITCHEN_KINDS:
        raise Refused("Order {number} has been handed over", number=order.number)
    going = [line for line in _open_lines(order, line_ids) if line.handed_over_at is None]
    for line in going:
        orders.change_line(act.connection, line.id, handed_over_at=act.now)
    staying = [
        line for line in order.open_lines if line.handed_over_at is None and line not in going
    ]
    cause_id = None if staying else hand_over(act, order_id, None, payment).seq
    if going:
        act.record(LINES_HANDED_OVER, order_id, {"nos": [line.no for line in going]}, cause_id)
        orders.change(act.connection, order_id)
    return act.order(order_id)


def _open_lines(order: Order, line_ids: list[int]) -> list[Line]:
    known = {line.id: line for line in order.open_lines}
    if not set(line_ids) <= known.keys():
        raise NotFound("Order {number} has no such line", number=order.number)
    return [known[line_id] for line_id in dict.fromkeys(line_ids)]


def take_back_lines(act: Transaction, order: Order, cause_id: int) -> None:
    """The handover `cause_id` was not true: the lines that left with it are here."""
    ids = {line.no: line.id for line in order.lines}
    for event in journal.caused_by(act.connection, order.id, cause_id):
        if event.kind == LINES_HANDED_OVER:
            for no in event.payload["nos"]:
                orders.change_line(act.connection, ids[no], handed_over_at=None)


def serve_now(act: Transaction, order_id: int, payment: str | None = None) -> Order:
    """*Served now*: an order of counter-made dishes only ends at once, without a word.

    Raises Refused when a kitchen has something to make, or nobody said how it is paid.
    """
    order = act.order(order_id)
    if order.kind not in KITCHEN_KINDS:
        raise Refused("Order {number} has been handed over", number=order.number)
    if order.fulfilment is Fulfilment.DELIVERY:
        raise Refused("Order {number} is a delivery", number=order.number)
    if not is_counter_made(order):
        raise Refused(
            "The kitchen has something to make for order {number}",
            hint="Only what is made at the counter can be served now.",
            number=order.number,
        )
    check_payment(order, payment)
    served = order.fulfilment is Fulfilment.DINE_IN
    to = Kind.SERVED if served else Kind.PICKED_UP
    seq = act.record(
        entries.ENDED,
        order_id,
        {
            "from": order.kind.value,
            "to": to.value,
            "before": entries.before(order, unready(order)),
        },
    )
    make_ready(act, order)
    entries.enter(act, order, to)
    texting.withdraw_all(act, order_id, "served")
    record_payment(act, order, payment, seq)
    return act.order(order_id)


def unready(order: Order) -> list[Ticket]:
    """The stations that have not said that they are done."""
    return [ticket for ticket in order.tickets if ticket.kind is not Kind.READY]


def make_ready(act: Transaction, order: Order) -> None:
    """Every station counts as done: the food has left, whatever was tapped."""
    for ticket in unready(order):
        orders.move_ticket(act.connection, ticket, Kind.READY, act.now)
