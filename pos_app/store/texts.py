"""The guests' texts as a list for a person: what was said, what waits, what would be sent."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from pos_app.clock import Instant
from pos_app.store.tables import messages, orders, recorded_texts


@dataclass(frozen=True, slots=True)
class ListedText:
    """`would_be_sent` is the recorded text of a practice shop, else None.

    `cost` is in hundredths of the minor unit.
    """

    number: str
    about: str
    state: str
    reason: str
    not_before: Instant
    would_be_sent: str | None
    channel: str
    parts: int
    cost: int


def newest(connection: Connection, limit: int) -> list[ListedText]:
    """The newest `limit` texts, newest first."""
    query = (
        select(
            orders.c.number,
            messages.c.about,
            messages.c.state,
            messages.c.reason,
            messages.c.not_before,
            messages.c.channel,
            messages.c.parts,
            messages.c.cost,
            recorded_texts.c.text,
        )
        .select_from(
            messages.join(orders, orders.c.id == messages.c.order_id).outerjoin(
                recorded_texts, recorded_texts.c.message_id == messages.c.id
            )
        )
        .order_by(messages.c.id.desc())
        .limit(limit)
    )
    return [
        ListedText(
            row.number,
            row.about,
            row.state,
            row.reason,
            Instant(row.not_before),
            row.text,
            row.channel,
            row.parts,
            row.cost,
        )
        for row in connection.execute(query)
    ]
