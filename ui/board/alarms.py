"""What of an order has to be noticed before anything else: marks, and what nobody has seen yet."""

from __future__ import annotations

from pos_app.domain.board import is_held
from pos_app.domain.order import Order, Ticket
from ui.words import _


def tickets_of(order: Order, station_id: int | None) -> list[Ticket]:
    """The tickets of `station_id`, of all stations for None."""
    return [t for t in order.tickets if station_id is None or t.station_id == station_id]


def has_unseen(order: Order, tickets: list[Ticket], station_id: int | None) -> bool:
    """Whether who stands here has to tap *Seen*; a screen of all stations speaks as the pass."""
    if any(ticket.changes for ticket in tickets):
        return True
    if station_id is None:
        return order.unseen_allergy
    return bool(order.allergy) and any(ticket.allergy_seen_at is None for ticket in tickets)


def marks(order: Order) -> tuple[str, ...]:
    """*HOLD*, *FIRST* and *?*, where they are true."""
    said = []
    if is_held(order):
        said.append(_("HOLD"))
    if order.rush:
        said.append(_("FIRST"))
    if order.asked_at is not None:
        said.append("?")
    return tuple(said)
