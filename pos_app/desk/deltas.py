"""What an edit changed, told to the stations that already have the ticket: on screen and paper."""

from __future__ import annotations

from pos_app.desk import paper
from pos_app.desk.transaction import Transaction
from pos_app.domain.board import has_entered
from pos_app.domain.menu import Names
from pos_app.domain.order import ChangeKind, FrozenModifier, Line, Order, TicketChange
from pos_app.domain.workflow import KITCHEN_KINDS
from pos_app.language import pick
from pos_app.store import tickets

# Of these only the newest matters: it says how things are now.
_REPLACED = (ChangeKind.ALLERGY, ChangeKind.NOTE)


def of_line(kind: ChangeKind, line: Line, text: str = "") -> TicketChange:
    """An edit of one line."""
    return TicketChange(kind, line.quantity, _spoken(line.kitchen, line.modifiers), text)


def _spoken(dish: Names, modifiers: tuple[FrozenModifier, ...]) -> Names:
    """The dish with its modifiers behind it, in each language that the dish has."""
    return {
        language: ", ".join([name, *(pick(m.kitchen, language) for m in modifiers)])
        for language, name in dish.items()
    }


def tell(
    act: Transaction, order: Order, change: TicketChange, station_id: int | None = None
) -> None:
    """Put `change` on the ticket of one station (or of all) until it taps *Seen*.

    `order` is as it stands after the edit. A station whose ticket is gone hears it on paper only.
    Nothing is told before the order has entered the kitchen, nor after it has left.
    """
    if order.kind not in KITCHEN_KINDS or not has_entered(order):
        return
    concerned = [t for t in order.tickets if station_id in (None, t.station_id)]
    for ticket in concerned:
        tickets.write_changes(act.connection, ticket.id, _joined(ticket.changes, change))
    if order.held_at is not None:
        return
    stations = [t.station_id for t in concerned] if station_id is None else [station_id]
    for station in stations:
        paper.print_changes(act, order, station, (change,))


def _joined(before: tuple[TicketChange, ...], change: TicketChange) -> tuple[TicketChange, ...]:
    if change.kind in _REPLACED:
        before = tuple(other for other in before if other.kind is not change.kind)
    return (*before, change)
