"""What a station has read of its ticket, and when its ticket's clock began."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, update

from pos_app.clock import Instant
from pos_app.domain.order import TicketChange
from pos_app.store import documents
from pos_app.store.order_rows import NOTHING
from pos_app.store.tables import tickets


def see(connection: Connection, ticket_id: int, allergy_seen_at: Instant | None) -> None:
    """This ticket was read: no changes are left, and the allergy was seen at that time."""
    connection.execute(
        update(tickets)
        .where(tickets.c.id == ticket_id)
        .values(allergy_seen_at=allergy_seen_at, changes=NOTHING)
    )


def write_changes(connection: Connection, ticket_id: int, changes: Sequence[TicketChange]) -> None:
    """What this ticket's station has not seen yet."""
    connection.execute(
        update(tickets).where(tickets.c.id == ticket_id).values(changes=documents.dump(changes))
    )


def forget_allergy(connection: Connection, order_id: int) -> None:
    """The allergy is another one now: no station has seen it."""
    connection.execute(
        update(tickets).where(tickets.c.order_id == order_id).values(allergy_seen_at=None)
    )


def restart(connection: Connection, order_id: int, now: Instant) -> None:
    """The clocks of all tickets of an order begin now."""
    connection.execute(update(tickets).where(tickets.c.order_id == order_id).values(entered_at=now))
