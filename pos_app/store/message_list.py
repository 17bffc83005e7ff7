"""All texts to guests as a list for a person: page by page, the newest first.

Texts in one state are few among very many, and no index is kept for them: a page looks at the
newest texts only, and says from where the next one goes on.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from pos_app.clock import Instant
from pos_app.store.tables import messages, orders, people, recorded_texts

LOOKED_AT = 5_000
"""So many texts one page looks at."""


@dataclass(frozen=True, slots=True)
class ListedMessage:
    """One text. `is_by_hand`: a person asked for it, no rule.

    `cost` is in hundredths of the minor unit. `words` are kept only in practice: what would have
    been sent.
    """

    id: int
    order_id: int
    number: str
    guest: str
    channel: str
    about: str
    state: str
    reason: str
    language: str
    created_at: Instant
    not_before: Instant
    not_after: Instant
    sent_at: Instant | None
    settled_at: Instant | None
    parts: int
    cost: int
    is_by_hand: bool
    words: str


@dataclass(frozen=True, slots=True)
class MessagePage:
    """`older`: the id before which the next page begins; None where there is nothing older."""

    messages: tuple[ListedMessage, ...]
    older: int | None


_QUERY = (
    select(
        messages,
        orders.c.number,
        people.c.name.label("guest"),
        recorded_texts.c.text.label("words"),
    )
    .select_from(
        messages.join(orders, orders.c.id == messages.c.order_id)
        .outerjoin(people, people.c.id == messages.c.people_id)
        .outerjoin(recorded_texts, recorded_texts.c.message_id == messages.c.id)
    )
    .order_by(messages.c.id.desc())
)


def page(
    connection: Connection, states: Collection[str], before: int | None, limit: int
) -> MessagePage:
    """At most `limit` texts in one of `states` (empty: in any) with an id below `before`."""
    floor = _floor(connection, before)
    query = _QUERY.where(messages.c.id >= floor)
    if before is not None:
        query = query.where(messages.c.id < before)
    if states:
        query = query.where(messages.c.state.in_(states))
    found = [_listed(row) for row in connection.execute(query.limit(limit))]
    older = found[-1].id if len(found) == limit else floor
    return MessagePage(tuple(found), older if _has_before(connection, older) else None)


def counts(connection: Connection, since: Instant) -> dict[str, int]:
    """How many of the newest texts that were made after `since` stand in each state."""
    query = (
        select(messages.c.state, func.count())
        .where(messages.c.id >= _floor(connection, None), messages.c.created_at > since)
        .group_by(messages.c.state)
    )
    return {row[0]: int(row[1]) for row in connection.execute(query)}


def one(connection: Connection, message_id: int) -> ListedMessage | None:
    row = connection.execute(_QUERY.where(messages.c.id == message_id)).one_or_none()
    return None if row is None else _listed(row)


def _floor(connection: Connection, before: int | None) -> int:
    """The oldest id that is looked at; erased texts leave gaps, so they are counted."""
    query = select(messages.c.id).order_by(messages.c.id.desc())
    if before is not None:
        query = query.where(messages.c.id < before)
    oldest = connection.execute(query.offset(LOOKED_AT - 1).limit(1)).scalar()
    return int(oldest) if oldest is not None else 0


def _has_before(connection: Connection, message_id: int) -> bool:
    query = select(messages.c.id).where(messages.c.id < message_id).limit(1)
    return connection.execute(query).first() is not None


def _listed(row: Any) -> ListedMessage:
    return ListedMessage(
        id=row.id,
        order_id=row.order_id,
        number=row.number,
        guest=row.guest or "",
        channel=row.channel,
        about=row.about,
        state=row.state,
        reason=row.reason,
        language=row.language,
        created_at=Instant(row.created_at),
        not_before=Instant(row.not_before),
        not_after=Instant(row.not_after),
        sent_at=row.sent_at,
        settled_at=row.settled_at,
        parts=row.parts,
        cost=row.cost,
        is_by_hand=not row.rule_id,
        words=row.words or "",
    )
