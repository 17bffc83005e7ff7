"""Where a guest can be reached beside his phone: a chat, an e-mail address, a browser.

An address may hold for one order alone: who opens a chat from a slip says nothing about the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from pos_app.clock import Instant
from pos_app.store.tables import OPEN, contacts, orders


@dataclass(frozen=True, slots=True)
class Contact:
    """`order_id` None: it holds for all orders of the guest."""

    id: int
    people_id: int
    order_id: int | None
    channel: str
    address: str
    opted_at: Instant


def add(
    connection: Connection,
    people_id: int,
    channel: str,
    address: str,
    now: Instant,
    order_id: int | None = None,
) -> int:
    """Keep one address; the same one again is the same row. Returns its id."""
    for known in of_person(connection, people_id):
        if (known.channel, known.address, known.order_id) == (channel, address, order_id):
            return known.id
    values = {
        "people_id": people_id,
        "order_id": order_id,
        "channel": channel,
        "address": address,
        "opted_at": now,
    }
    return int(connection.execute(insert(contacts).returning(contacts.c.id), values).scalar_one())


def of_person(connection: Connection, people_id: int) -> list[Contact]:
    """All addresses of one guest, the oldest first."""
    query = select(contacts).where(contacts.c.people_id == people_id).order_by(contacts.c.id)
    return [_contact(row) for row in connection.execute(query)]


def of_order(
    connection: Connection, people_id: int | None, order_id: int, channel: str
) -> list[Contact]:
    """Addresses of one channel that hold for this order of the guest alone, the oldest first."""
    if people_id is None:
        return []
    query = select(contacts).where(
        contacts.c.people_id == people_id,
        contacts.c.channel == channel,
        contacts.c.order_id == order_id,
    )
    return [_contact(row) for row in connection.execute(query.order_by(contacts.c.id))]


def channels_of(connection: Connection, people_id: int, order_id: int) -> tuple[str, ...]:
    """The channels of all addresses that hold for this order of the guest alone, newest first."""
    query = (
        select(contacts.c.channel)
        .where(contacts.c.people_id == people_id, contacts.c.order_id == order_id)
        .order_by(contacts.c.id.desc())
    )
    return tuple(dict.fromkeys(row.channel for row in connection.execute(query)))


def of_channel(connection: Connection, channel: str) -> int:
    """How many addresses of a channel are kept for orders that are open, or for all orders."""
    query = (
        select(func.count())
        .select_from(contacts.outerjoin(orders, orders.c.id == contacts.c.order_id))
        .where(contacts.c.channel == channel)
        .where(contacts.c.order_id.is_(None) | OPEN)
    )
    return int(connection.execute(query).scalar_one())


def remove_channel(connection: Connection, channel: str) -> int:
    """Nobody is reached by this channel any more. Returns how many addresses went."""
    return connection.execute(delete(contacts).where(contacts.c.channel == channel)).rowcount


def at_address(connection: Connection, channel: str, address: str) -> list[Contact]:
    """Whom one reaches at this address, and about which order; the oldest first."""
    query = (
        select(contacts)
        .where(contacts.c.channel == channel, contacts.c.address == address)
        .order_by(contacts.c.id)
    )
    return [_contact(row) for row in connection.execute(query)]


def remove(connection: Connection, contact_id: int) -> bool:
    """Forget one address; False when it is gone already."""
    done = connection.execute(delete(contacts).where(contacts.c.id == contact_id))
    return bool(done.rowcount)


def remove_of_ended(connection: Connection, channel: str, before: Instant) -> int:
    """Forget addresses for one order alone that ended before then. Returns how many."""
    ended = select(orders.c.id).where(orders.c.ended_at < before)
    done = connection.execute(
        delete(contacts).where(contacts.c.channel == channel, contacts.c.order_id.in_(ended))
    )
    return done.rowcount


def remove_address(connection: Connection, channel: str, address: str) -> int:
    """Nobody is reached there any more: the guest has blocked the bot, the browser is gone."""
    done = connection.execute(
        delete(contacts).where(contacts.c.channel == channel, contacts.c.address == address)
    )
    return done.rowcount


def _contact(row: Row[Any]) -> Contact:
    return Contact(
        row.id, row.people_id, row.order_id, row.channel, row.address, Instant(row.opted_at)
    )
