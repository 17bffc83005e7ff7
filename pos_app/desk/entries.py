"""Entering a status: the one place where an order's kind, times and entry change.

A status event's payload holds where it came `from`, where it went `to`, and `before`: what an
undo puts back. `check` walks these payloads to prove board = journal.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pos_app.clock import Instant
from pos_app.desk import paper, slips
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order, StageTimes, Ticket
from pos_app.domain.workflow import PHASES, Kind, Phase, has_ended
from pos_app.errors import Refused
from pos_app.store import orders

PLACED = "order_placed"
BUMPED = "bumped"
UNDONE = "undone"
RECALLED = "recalled"
CANCELLED = "cancelled"
REOPENED = "reopened"
ENDED = "ended"
STREET = "street_told"
SALVAGED = "salvaged"
STATE_EVENTS = (PLACED, BUMPED, UNDONE, RECALLED, CANCELLED, REOPENED, ENDED, STREET, SALVAGED)

NO_LEG = "none"
_AT_HAND = ("assigned", "at_shop")
# Beside the kitchen: the legs a courier can be on in a status; the first is where he comes to.
_LEGS: dict[Kind, tuple[str, ...]] = {
    Kind.ACCEPTED: _AT_HAND,
    Kind.PREPARING: _AT_HAND,
    Kind.READY: _AT_HAND,
    Kind.OUT_FOR_DELIVERY: ("en_route", "arrived"),
    Kind.DELIVERED: ("dropped_off",),
    Kind.RETURNED: ("returned",),
}


def ended(order: Order) -> Refused:
    """Why nothing is done to an order that has ended, and what to do instead."""
    return Refused(
        "Order {number} has ended",
        hint="A cancelled order is placed again."
        if order.kind is Kind.CANCELLED
        else "Bring it back to change it.",
        number=order.number,
    )


def open_order(act: Transaction, order_id: int) -> Order:
    """The order, if something can still be done to it. Raises Refused once it has ended."""
    order = act.order(order_id)
    if has_ended(order.kind):
        raise ended(order)
    return order


def status_of(act: Transaction, kind: Kind) -> str:
    """The shop's own status for `kind`: the first that is not hidden, else the canonical one."""
    for status in act.setup.statuses:
        if status.kind is kind:
            return status.id
    return kind.value


def before(order: Order, tickets: list[Ticket]) -> dict[str, Any]:
    """What an undo needs: the order's stage and the tickets that are about to move."""
    kept: dict[str, Any] = {
        "kind": order.kind.value,
        "entered_at": order.entered_at,
        "times": [
            order.times.preparing_at,
            order.times.ready_at,
            order.times.out_at,
            order.times.ended_at,
        ],
        "tickets": [[t.id, t.kind.value, t.entered_at] for t in tickets],
    }
    if order.courier_leg != NO_LEG:
        kept["courier"] = [order.courier_id, order.courier_leg]
    return kept


def stage_times(order: Order, kind: Kind, now: Instant) -> dict[str, Instant | None]:
    """The stage times after entering `kind` at `now`; stages behind keep theirs."""
    times = order.times
    values: dict[str, Instant | None] = {
        "preparing_at": times.preparing_at,
        "ready_at": times.ready_at,
        "out_at": times.out_at,
        "ended_at": None,
    }
    phase = PHASES[kind]
    if phase is Phase.IN_KITCHEN:
        values.update(preparing_at=times.preparing_at or now, ready_at=None, out_at=None)
    elif phase is Phase.NEW:
        values.update(preparing_at=None, ready_at=None, out_at=None)
    elif phase is Phase.READY:
        values.update(ready_at=now, out_at=None)
    elif phase is Phase.ON_THE_WAY:
        values.update(out_at=times.out_at or now)
    if has_ended(kind):
        values["ended_at"] = now
    return values


def courier_of(order: Order, kind: Kind) -> tuple[str, str]:
    """Whose delivery it is, and on which leg, once the order stands in `kind`."""
    if order.kind is Kind.DELIVERY_FAILED and kind is Kind.READY:
        return "", NO_LEG
    if fits_leg(kind, order.courier_leg):
        return order.courier_id, order.courier_leg
    return order.courier_id, _LEGS[kind][0] if order.courier_id else NO_LEG


def fits_leg(kind: Kind, leg: str) -> bool:
    """Whether a courier can be on `leg` while the order stands in `kind`."""
    legs = _LEGS.get(kind)
    return legs is None or leg in legs


def first_leg(order: Order) -> str:
    """Where its courier is as long as he says nothing; one whom nobody named is nowhere."""
    return _LEGS[order.kind][0] if order.courier_id and order.kind in _LEGS else NO_LEG


def _opened_or_closed(order: Order, kind: Kind) -> dict[str, bool]:
    # Written only when it changes: naming it would touch the index of open orders every time.
    ended = has_ended(kind)
    return {} if ended == has_ended(order.kind) else {"is_open": not ended}


def enter(
    act: Transaction,
    order: Order,
    kind: Kind,
    tickets: tuple[Ticket, ...] | None = None,
    *,
    at: Instant | None = None,
    **more: Any,
) -> Order:
    """Write that `order` stands in `kind` from now (or `at`) on; `more` are further columns.

    Returns the order in its new entry, with `tickets` as the caller has moved them; columns in
    `more` are not in it.
    """
    since = act.now if at is None else at
    times = stage_times(order, kind, since)
    status = status_of(act, kind)
    if order.kind is Kind.DELIVERY_FAILED and kind is Kind.READY:
        slips.let_go(act, order.id)
    courier_id, leg = courier_of(order, kind)
    if (courier_id, leg) != (order.courier_id, order.courier_leg):
        more = {"courier_id": courier_id, "courier_leg": leg, **more}
    orders.change(
        act.connection,
        order.id,
        kind=kind.value,
        status=status,
        entry=order.entry + 1,
        entered_at=since,
        **_opened_or_closed(order, kind),
        **times,
        **more,
    )
    act.queue_page(order.id)
    if kind is Kind.READY:
        paper.print_ready(act, order)
    return replace(
        order,
        kind=kind,
        status=status,
        entry=order.entry + 1,
        entered_at=since,
        revision=order.revision + 1,
        times=StageTimes(order.times.received_at, **times),
        tickets=order.tickets if tickets is None else tickets,
        courier_id=courier_id,
        courier_leg=leg,
    )
