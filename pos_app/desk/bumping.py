"""Bump: the one tap. The pass moves the whole order, a station moves its own ticket."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.clock import Instant
from pos_app.desk import entries, holding, seeing
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order, Ticket
from pos_app.domain.workflow import (
    KITCHEN_KINDS,
    Kind,
    has_ended,
    kitchen_kind,
    next_kind,
    next_ticket_kind,
)
from pos_app.errors import NotFound, Refused
from pos_app.store import orders


@dataclass(frozen=True, slots=True)
class Bumped:
    """`moved` is False when somebody else had bumped that entry first; `order` is what stands."""

    order: Order
    moved: bool
    seq: int | None


def bump(
    act: Transaction,
    order_id: int,
    from_entry: int | None = None,
    station_id: int | None = None,
) -> Bumped:
    """Move an order (or one station's ticket) to its next status.

    `from_entry` names the entry that the tap saw: the order's, or with `station_id` the
    ticket's. A second bump of the same entry changes nothing and says so. Raises Refused while
    the kitchen waits with the order, or something on it has not been seen here.
    """
    order = act.order(order_id)
    if station_id is not None:
        return _bump_station(act, order, station_id, from_entry)
    if from_entry is not None and order.entry != from_entry:
        return Bumped(order, moved=False, seq=None)
    to = next_kind(order.kind, order.fulfilment, partner=bool(order.partner))
    if to is None:
        raise entries.ended(order)
    _refuse(order, to)
    order = holding.let_in(act, order)
    tickets = _tickets_to_move(order, to)
    for ticket in tickets:
        orders.move_ticket(act.connection, ticket, to, act.now)
    return _record(act, order, tickets, to, station_id=None)


def _refuse(order: Order, to: Kind, ticket: Ticket | None = None) -> None:
    holding.refuse_held(order)
    seeing.refuse_unseen(order, to, ticket)


def _tickets_to_move(order: Order, to: Kind) -> list[Ticket]:
    if to is Kind.PREPARING:
        return [t for t in order.tickets if t.kind is Kind.ACCEPTED]
    if to is Kind.READY:
        return [t for t in order.tickets if t.kind is not Kind.READY]
    return []


def _bump_station(
    act: Transaction, order: Order, station_id: int, from_entry: int | None
) -> Bumped:
    ticket = next((t for t in order.tickets if t.station_id == station_id), None)
    if ticket is None:
        raise NotFound("Order {number} has nothing at this station", number=order.number)
    if from_entry is not None and ticket.entry != from_entry:
        return Bumped(order, moved=False, seq=None)
    if has_ended(order.kind) or order.kind not in KITCHEN_KINDS:
        raise Refused("Order {number} has left the kitchen", number=order.number)
    to = next_ticket_kind(ticket.kind)
    if to is None:
        raise Refused(
            "This station is done with order {number}",
            hint="The pass gives it out.",
            number=order.number,
        )
    _refuse(order, to, ticket)
    order = holding.let_in(act, order)
    ticket = next(t for t in order.tickets if t.id == ticket.id)
    orders.move_ticket(act.connection, ticket, to, act.now)
    after = [to if t.id == ticket.id else t.kind for t in order.tickets]
    return _record(act, order, [ticket], kitchen_kind(after), station_id)


def _record(
    act: Transaction, order: Order, tickets: list[Ticket], to: Kind, station_id: int | None
) -> Bumped:
    seq = act.record(
        entries.BUMPED,
        order.id,
        {
            "from": order.kind.value,
            "to": to.value,
            "station_id": station_id,
            "before": entries.before(order, tickets),
        },
    )
    if to is order.kind:
        orders.change(act.connection, order.id)
        act.queue_page(order.id)
        return Bumped(act.order(order.id), moved=True, seq=seq)
    entered = entries.enter(act, order, to, _moved(order, tickets, to, act.now))
    act.fresh[order.id] = entered
    return Bumped(entered, moved=True, seq=seq)


def _moved(order: Order, tickets: list[Ticket], to: Kind, now: Instant) -> tuple[Ticket, ...]:
    moving = {ticket.id for ticket in tickets}
    return tuple(
        replace(t, kind=to, entry=t.entry + 1, entered_at=now) if t.id in moving else t
        for t in order.tickets
    )
