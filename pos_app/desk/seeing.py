"""*Seen*: who has read the allergy and the edits, and what nobody may bump before."""

from __future__ import annotations

from typing import Any

from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order, Ticket
from pos_app.domain.workflow import KITCHEN_KINDS, Kind
from pos_app.errors import NotFound, Refused
from pos_app.store import orders, tickets


def see(act: Transaction, order_id: int, station_id: int | None) -> Order:
    """Allergy and edits as they are now have been read at the station, or at the pass for all."""
    order = act.order(order_id)
    mine = [t for t in order.tickets if station_id in (None, t.station_id)]
    if station_id is not None and not mine:
        raise NotFound("Order {number} has nothing at this station", number=order.number)
    unseen = [ticket for ticket in mine if _is_alarmed(order, ticket) or ticket.changes]
    at_pass = station_id is None and order.unseen_allergy
    if not unseen and not at_pass:
        return order
    act.record(
        "seen",
        order_id,
        {
            "station_id": station_id,
            "allergy": at_pass or any(_is_alarmed(order, ticket) for ticket in mine),
            "changes": sum(len(ticket.changes) for ticket in mine),
        },
    )
    for ticket in unseen:
        seen_at = act.now if _is_alarmed(order, ticket) else ticket.allergy_seen_at
        tickets.see(act.connection, ticket.id, seen_at)
    now_seen: dict[str, Any] = {"allergy_seen_at": act.now} if at_pass else {}
    orders.change(act.connection, order_id, **now_seen)
    return act.order(order_id)


def _is_alarmed(order: Order, ticket: Ticket) -> bool:
    return bool(order.allergy) and ticket.allergy_seen_at is None


def refuse_unseen(order: Order, to: Kind, ticket: Ticket | None = None) -> None:
    """Raise Refused when who bumps (the station of `ticket`, else the pass) has not read all.

    The allergy stops every bump in the kitchen; an edit only stops what would say *ready*.
    """
    if order.kind not in KITCHEN_KINDS:
        return
    alarmed = order.unseen_allergy if ticket is None else _is_alarmed(order, ticket)
    if alarmed:
        raise Refused("Allergy on order {number}", hint="Tap Seen first.", number=order.number)
    changes = order.unseen_changes if ticket is None else ticket.changes
    if to is Kind.READY and changes:
        raise Refused("Order {number} has changed", hint="Tap Seen first.", number=order.number)
