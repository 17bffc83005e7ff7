"""Addresses of the guests of past orders, and on what they were told: for playing days again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, select

from pos_app.store.prepared import Prepared
from pos_app.store.tables import contacts, messages, orders

_FIRST: Any = bindparam("first_id")
_LAST: Any = bindparam("last_id")
_GUESTS = (
    select(orders.c.people_id)
    .where(orders.c.id.between(_FIRST, _LAST), orders.c.people_id.is_not(None))
    .scalar_subquery()
)
_CONTACTS = Prepared(
    select(contacts.c.people_id, contacts.c.order_id, contacts.c.channel, contacts.c.address)
    .where(contacts.c.people_id.in_(_GUESTS))
    .order_by(contacts.c.id.desc())
)


def contacts_of(connection: Connection, first: int, last: int) -> list[Any]:
    """Of the guests of these orders, the newest first: `people_id, order_id, channel, address`."""
    return _CONTACTS.rows(connection, first_id=first, last_id=last)


def told_on(connection: Connection, first: int, last: int, channels: Sequence[str]) -> list[Any]:
    """On which of `channels` texts about these orders left, the newest first."""
    return _told(tuple(channels)).rows(connection, first_id=first, last_id=last)


@lru_cache(maxsize=2)
def _told(channels: tuple[str, ...]) -> Prepared:
    wanted: list[Any] = [bindparam(f"channel{no}", value=one) for no, one in enumerate(channels)]
    return Prepared(
        select(messages.c.order_id, messages.c.channel)
        .where(
            messages.c.order_id.between(_FIRST, _LAST),
            messages.c.channel.in_(wanted),
            messages.c.sent_at.is_not(None),
        )
        .order_by(messages.c.id.desc())
    )
