"""A customer message as lanes and screens see it, and the one query that reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, case, literal_column, or_, select

from pos_app.clock import Instant
from pos_app.store.tables import contacts, messages, people

BY_PHONE = ("sms", "whatsapp")
"""Channels whose address is the guest's number."""


@dataclass(frozen=True, slots=True)
class Message:
    """One row as lanes and screens see it; `phone` from the person, never stored twice.

    `address` is the guest's on this message's channel, empty where none is known. `legs` are the
    channels still before it, as a document; `cost` is in hundredths of the minor unit.
    """

    id: int
    uid: str
    order_id: int
    occasion: int
    channel: str
    about: str
    language: str
    state: str
    reason: str
    not_before: Instant
    not_after: Instant
    next_try_at: Instant
    created_at: Instant
    tries: int
    fence: int
    provider_id: str
    sent_at: Instant | None
    settled_at: Instant | None
    phone: str
    people_id: int | None
    address: str = ""
    key: str = ""
    rule_id: str = ""
    rule_version: int = 0
    step_id: str = ""
    leg: int = 0
    legs: str = "[]"
    parts: int = 0
    cost: int = 0
    text_hash: str = ""


# Of several the newest, and one that holds for this order alone only there.
_CONTACT = (
    select(contacts.c.address)
    .where(
        contacts.c.people_id == messages.c.people_id,
        contacts.c.channel == messages.c.channel,
        or_(contacts.c.order_id.is_(None), contacts.c.order_id == messages.c.order_id),
    )
    .order_by(contacts.c.id.desc())
    .limit(literal_column("1"))
    .scalar_subquery()
)
WITH_PHONE = select(
    messages,
    people.c.phone,
    case((messages.c.channel.in_(BY_PHONE), people.c.phone), else_=_CONTACT).label("address"),
).select_from(messages.outerjoin(people, messages.c.people_id == people.c.id))


def from_row(row: Row[Any]) -> Message:
    return Message(
        id=row.id,
        uid=row.uid,
        order_id=row.order_id,
        occasion=row.occasion,
        channel=row.channel,
        about=row.about,
        language=row.language,
        state=row.state,
        reason=row.reason,
        not_before=Instant(row.not_before),
        not_after=Instant(row.not_after),
        next_try_at=Instant(row.next_try_at),
        created_at=Instant(row.created_at),
        tries=row.tries,
        fence=row.fence,
        provider_id=row.provider_id,
        sent_at=row.sent_at,
        settled_at=row.settled_at,
        phone=row.phone or "",
        people_id=row.people_id,
        address=row.address or "",
        key=row.key,
        rule_id=row.rule_id,
        rule_version=row.rule_version,
        step_id=row.step_id,
        leg=row.leg,
        legs=row.legs,
        parts=row.parts,
        cost=row.cost,
        text_hash=row.text_hash,
    )
