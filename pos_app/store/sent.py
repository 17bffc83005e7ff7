"""What has left lately, as limits and the pace of a way out see it.

A text without a known end counts like one that has left: it may have.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select, text, update

from pos_app.clock import Instant
from pos_app.store.messages import BY_PHONE, WITH_PHONE, Message, from_row
from pos_app.store.tables import OPEN, messages, orders, people

# In the words of the partial indexes: SQLite takes an index only when it finds its condition.
_UNDER_WAY = text("messages.state IN ('waiting', 'sending', 'sent')")
_LEFT = text("messages.sent_at IS NOT NULL")
_WITH_LEGS = text("messages.legs != '[]' AND messages.state IN ('waiting', 'sending', 'sent')")


@dataclass(frozen=True, slots=True)
class Counts:
    """Texts to one number, texts to all, and what all have cost."""

    to_number: int
    to_all: int
    cost: int


def history(connection: Connection, channel: str, since: Instant) -> list[Message]:
    """Texts that left by `channel` after `since`, and those that may just be leaving."""
    left = WITH_PHONE.where(_LEFT, messages.c.channel == channel, messages.c.sent_at > since)
    leaving = WITH_PHONE.where(
        _UNDER_WAY, messages.c.channel == channel, messages.c.state == "sending"
    )
    found = {
        row.id: from_row(row) for query in (left, leaving) for row in connection.execute(query)
    }
    return list(found.values())


def counts(connection: Connection, phone: str, since: Instant) -> Counts:
    """What has left after `since` by ways that reach a number."""
    to_all = to_number = cost = 0
    for channel in BY_PHONE:
        row = connection.execute(
            select(
                func.count(),
                func.coalesce(func.sum(messages.c.cost), 0),
                func.count().filter(people.c.phone == phone),
            )
            .select_from(messages.outerjoin(people, messages.c.people_id == people.c.id))
            .where(_LEFT, messages.c.channel == channel, messages.c.sent_at > since)
        ).one()
        to_all, cost, to_number = to_all + row[0], cost + row[1], to_number + row[2]
    return Counts(to_number, to_all, cost)


def of_all_legs(connection: Connection, message: Message) -> int:
    """What a text has cost on all its legs so far."""
    base = stem(message)
    query = select(messages.c.key, messages.c.cost).where(messages.c.order_id == message.order_id)
    return sum(
        row.cost
        for row in connection.execute(query)
        if row.key == base or row.key.rpartition(":")[0] == base
    )


def stem(message: Message) -> str:
    """What the keys of all legs of one text begin with."""
    return message.key.removesuffix(f":{message.leg}")


def is_outdated(connection: Connection, message: Message) -> bool:
    """Whether the order has newer news: what is older is not said any more on another channel."""
    query = (
        select(messages.c.id)
        .where(
            messages.c.order_id == message.order_id,
            messages.c.id > message.id,
            messages.c.about != message.about,
            messages.c.state.in_(("waiting", "held", "sending", "sent", "delivered")),
        )
        .limit(1)
    )
    return connection.execute(query).first() is not None


def with_legs(connection: Connection, limit: int) -> list[Message]:
    """Texts that wait or were sent and have further legs, the oldest first."""
    query = WITH_PHONE.where(_WITH_LEGS).order_by(messages.c.not_before).limit(limit)
    return [from_row(row) for row in connection.execute(query)]


def pass_on(connection: Connection, message_id: int) -> None:
    """The legs of this message belong to the one that follows it."""
    connection.execute(update(messages).where(messages.c.id == message_id).values(legs="[]"))


def is_told(connection: Connection, message: Message) -> bool:
    """Whether a later leg of the same text has left: then this one has nothing more to say."""
    query = (
        select(messages.c.id)
        .where(
            messages.c.order_id == message.order_id,
            messages.c.key.startswith(f"{stem(message)}:", autoescape=True),
            messages.c.leg > message.leg,
            messages.c.state.in_(("sent", "delivered")),
        )
        .limit(1)
    )
    return connection.execute(query).first() is not None


def told_already(connection: Connection, message: Message, now: Instant) -> int:
    """The guest was told on one leg: what still waits on a later one is not said again."""
    done = connection.execute(
        update(messages)
        .where(
            messages.c.order_id == message.order_id,
            messages.c.key.startswith(f"{stem(message)}:", autoescape=True),
            messages.c.leg > message.leg,
            messages.c.state.in_(("waiting", "held")),
        )
        .values(state="cancelled", reason="told", settled_at=now, legs="[]")
    )
    return done.rowcount


def waiting_by_channel(connection: Connection) -> dict[str, int]:
    """How many texts have not left yet, by channel."""
    query = (
        select(messages.c.channel, func.count())
        .where(_UNDER_WAY, messages.c.state.in_(("waiting", "sending")))
        .group_by(messages.c.channel)
    )
    return {row[0]: int(row[1]) for row in connection.execute(query)}


def open_numbers_dropped(
    connection: Connection, reason: str, but_about: tuple[str, ...]
) -> list[str]:
    """Numbers of open orders with a text that was dropped for `reason`, the oldest first."""
    query = (
        select(orders.c.number, func.min(orders.c.id))
        .select_from(orders.join(messages, messages.c.order_id == orders.c.id))
        .where(
            OPEN,
            and_(messages.c.state == "dropped", messages.c.reason == reason),
            messages.c.about.not_in(but_about),
        )
        .group_by(orders.c.number)
        .order_by(func.min(orders.c.id))
    )
    return [row.number for row in connection.execute(query)]
