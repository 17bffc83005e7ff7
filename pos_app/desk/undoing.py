"""Undo within the grace, bring back after it.

Undo voids the last entry as if it had not been: page follows, no text leaves. Bring back ends
the entry and opens an earlier one that remembers where it was recalled from.
"""

from __future__ import annotations

from typing import Any

from pos_app.automation.defaults import UNDO_READY_S, UNDO_S
from pos_app.clock import MINUTE_MS, SECOND_MS, Instant
from pos_app.desk import entries, handing_over, paper, paying, texting
from pos_app.desk.transaction import Transaction
from pos_app.domain.board import SOON_MS
from pos_app.domain.order import Order, Ticket
from pos_app.domain.workflow import KITCHEN_KINDS, Kind, has_ended
from pos_app.errors import Refused
from pos_app.store import journal, orders, rule_runs

UNDOABLE = (entries.PLACED, entries.BUMPED, entries.CANCELLED, entries.ENDED)
CORRECTION_MS = 10 * MINUTE_MS


def undo_until(event: journal.Entry) -> Instant:
    """The last moment at which `event` can be undone."""
    to_ready = event.payload.get("to") == Kind.READY.value
    seconds = UNDO_READY_S if to_ready else UNDO_S
    return Instant(event.at + seconds * SECOND_MS)


def last_undoable(act: Transaction, order_id: int) -> journal.Entry | None:
    """The act that an undo of this order would take back; None when there is none left."""
    event = journal.latest_state_event(act.connection, order_id, entries.STATE_EVENTS)
    return event if event is not None and event.kind in UNDOABLE else None


def undo(act: Transaction, order_id: int, seq: int | None = None) -> Order:
    """Take back the order's last act. `seq` names it when a screen showed it.

    Raises Refused when something newer happened or the time is over, AlreadyLeft when its text
    has gone.
    """
    order = act.order(order_id)
    event = last_undoable(act, order_id)
    if event is None or (seq is not None and event.seq != seq):
        raise Refused("Nothing to undo on order {number}", number=order.number)
    if act.now > undo_until(event):
        raise Refused("Too late to undo", hint="Use Bring back.")
    texting.take_back(act, order, event.seq)
    if event.kind == entries.PLACED:
        return _unplace(act, order, event)
    put_back = event.payload["before"]
    moved = _restore_tickets(act, order, put_back["tickets"])
    act.record(
        entries.UNDONE,
        order_id,
        {"from": order.kind.value, "to": put_back["kind"], "tickets": len(moved)},
        cause_id=event.seq,
    )
    kind = Kind(put_back["kind"])
    preparing_at, ready_at, out_at, ended_at = put_back["times"]
    orders.change(
        act.connection,
        order_id,
        kind=kind.value,
        status=entries.status_of(act, kind),
        entry=order.entry + 1,
        entered_at=put_back["entered_at"],
        is_open=not has_ended(kind),
        preparing_at=preparing_at,
        ready_at=ready_at,
        out_at=out_at,
        ended_at=ended_at,
        cancel_reason="" if event.kind == entries.CANCELLED else order.cancel_reason,
        **_beside(put_back, order),
    )
    _go_on_with_rules(act, order, event)
    handing_over.take_back_lines(act, order, event.seq)
    paying.take_back(act, order, event.seq)
    act.queue_page(order_id)
    restored = act.order(order_id)
    if event.kind == entries.CANCELLED:
        paper.print_restored(act, restored)
    return restored


def _go_on_with_rules(act: Transaction, order: Order, event: journal.Entry) -> None:
    """The order stands where it stood before, so what waited there goes on."""
    has_moved = event.payload["from"] != event.payload["to"]
    was = order.entry - 1 if has_moved else order.entry
    rule_runs.stay(act.connection, order.id, was, order.entry + 1)
    if event.kind == entries.CANCELLED:
        rule_runs.go_on_again(act.connection, order.id, texting.CANCELLED, event.at)


def _beside(put_back: dict[str, Any], order: Order) -> dict[str, Any]:
    """Columns beside the status that only some acts change."""
    columns: dict[str, Any] = {}
    if "courier" in put_back:
        courier_id, leg = put_back["courier"]
        stays = courier_id == order.courier_id and entries.fits_leg(
            Kind(put_back["kind"]), order.courier_leg
        )
        # Where he has said meanwhile that he is was not done by what is undone.
        columns["courier_id"] = courier_id
        columns["courier_leg"] = order.courier_leg if stays else leg
    if "times_known" in put_back:
        columns["times_known"] = put_back["times_known"]
    return columns


def _restore_tickets(act: Transaction, order: Order, kept: list[list[Any]]) -> list[Ticket]:
    by_id = {ticket.id: ticket for ticket in order.tickets}
    moved = []
    for ticket_id, kind, entered_at in kept:
        ticket = by_id.get(ticket_id)
        if ticket is not None:
            orders.move_ticket(act.connection, ticket, Kind(kind), Instant(entered_at))
            moved.append(ticket)
    return moved


def _unplace(act: Transaction, order: Order, event: journal.Entry) -> Order:
    # The number stays taken: gapless numbers are worth more than an unused A44.
    act.record(
        entries.UNDONE,
        order.id,
        {"from": order.kind.value, "to": Kind.CANCELLED.value, "tickets": 0},
        cause_id=event.seq,
    )
    entries.enter(act, order, Kind.CANCELLED, cancel_reason="undone")
    paper.print_cancelled(act, order)
    return act.order(order.id)


BACK = {
    Kind.PREPARING: Kind.ACCEPTED,
    Kind.READY: Kind.PREPARING,
    Kind.PICKED_UP: Kind.READY,
    Kind.SERVED: Kind.READY,
    Kind.OUT_FOR_DELIVERY: Kind.READY,
    Kind.DELIVERED: Kind.OUT_FOR_DELIVERY,
    Kind.HANDED_TO_PARTNER: Kind.READY,
    Kind.NOT_COLLECTED: Kind.READY,
    Kind.DELIVERY_FAILED: Kind.OUT_FOR_DELIVERY,
    Kind.RETURNED: Kind.DELIVERY_FAILED,
}


def recall(act: Transaction, order_id: int) -> Order:
    """Bring an order back one stage, any time. Raises Refused where there is no way back.

    Leaving *ready* backwards moves a promise that can no longer be kept: at least ten minutes
    from now when less than five are left, and the page says so.
    """
    order = act.order(order_id)
    to = BACK.get(order.kind)
    if to is None:
        raise Refused(
            "Order {number} cannot be brought back",
            hint="A cancelled order is placed again." if order.kind is Kind.CANCELLED else "",
            number=order.number,
        )
    texting.withdraw_all(act, order_id, "recalled")
    _take_back_delivery(act, order)
    moving = list(order.tickets) if to in KITCHEN_KINDS and to is not Kind.READY else []
    for ticket in moving:
        orders.move_ticket(act.connection, ticket, to, act.now)
    act.record(
        entries.RECALLED,
        order_id,
        {
            "from": order.kind.value,
            "to": to.value,
            "recalled_from": order.entry,
            "before": entries.before(order, moving),
        },
    )
    changes = later_promise(order, act.now) if order.kind is Kind.READY else {}
    entries.enter(act, order, to, recalled_from=order.entry, **changes)
    return act.order(order_id)


def later_promise(order: Order, now: Instant) -> dict[str, Any]:
    """Columns of an order that leaves *ready* backwards: its promise is one that can be kept."""
    changes: dict[str, Any] = {"promise_moved": True}
    if order.promised_at < now + SOON_MS:
        changes["promised_at"] = _next_five(Instant(now + CORRECTION_MS))
    return changes


def _take_back_delivery(act: Transaction, order: Order) -> None:
    """A delivery that was none: the courier has not taken the money for it either."""
    if order.kind is Kind.DELIVERED:
        event = journal.latest_state_event(act.connection, order.id, entries.STATE_EVENTS)
        if event is not None:
            paying.take_back(act, order, event.seq)


def _next_five(instant: Instant) -> Instant:
    return Instant(-(-instant // SOON_MS) * SOON_MS)
