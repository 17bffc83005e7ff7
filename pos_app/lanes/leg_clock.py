"""When a leg of a text has had its minutes, and the next one begins beside it.

One that has not left by then is taken back; one that has left stays, and is the last if it is
reported delivered before the next has left.
"""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.clock import Instant
from pos_app.desk import legs
from pos_app.desk.transaction import Transaction
from pos_app.domain import cascade
from pos_app.lanes.delivery import record
from pos_app.store import sending
from pos_app.store.messages import Message

NEXT_LEG = "next_leg"


def ends_at(message: Message) -> Instant | None:
    """When the minutes of this leg are over; None when no leg comes after it."""
    begun = message.not_before if message.sent_at is None else message.sent_at
    at = cascade.starts_at(begun, legs.of(message))
    return None if at is None else Instant(at)


def is_over(message: Message, now: Instant) -> bool:
    at = ends_at(message)
    return at is not None and at <= now


def first(found: Sequence[Message]) -> Instant | None:
    """When the next of these legs has had its minutes."""
    return min((at for at in map(ends_at, found) if at is not None), default=None)


def pass_on(act: Transaction, message: Message) -> None:
    """Begin the next leg; without one that can begin, this one keeps its chance."""
    if not legs.follow(act, message):
        return
    if message.state == "waiting" and sending.drop(
        act.connection, message.id, "dropped", NEXT_LEG, act.now
    ):
        record(act, "message_dropped", message, NEXT_LEG)
