"""A message on its way out: due, claimed under a fence, settled, and asked after.

A row says `sending` from the claim until the outcome is known. Whoever finds one there at the
start of a round knows that an earlier try ended without a word.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, insert, select, text, update

from pos_app.clock import Instant
from pos_app.store import tries
from pos_app.store.messages import WITH_PHONE, Message, from_row
from pos_app.store.tables import attempts, messages

NEVER = Instant(2**53)
"""`next_try_at` of a message that nobody asks after any more."""

# In the words of the partial indexes: SQLite takes an index only when it finds its condition.
_UNDER_WAY = text("messages.state IN ('waiting', 'sending', 'sent')")
_HELD = text("messages.state = 'held'")
_UNSENT = ((_UNDER_WAY, messages.c.state == "waiting"), (_HELD,))


def due(connection: Connection, channel: str, now: Instant, limit: int) -> list[Message]:
    """Messages that may leave now, longest due first."""
    query = (
        WITH_PHONE.where(
            _UNDER_WAY,
            messages.c.channel == channel,
            messages.c.state == "waiting",
            messages.c.next_try_at <= now,
            messages.c.not_after > now,
        )
        .order_by(messages.c.next_try_at, messages.c.id)
        .limit(limit)
    )
    return [from_row(row) for row in connection.execute(query)]


def unresolved(connection: Connection, channel: str, fence: int, now: Instant) -> list[Message]:
    """Messages whose last try nobody knows the end of: a dead holder's at once, ours when due."""
    query = WITH_PHONE.where(
        _UNDER_WAY,
        messages.c.channel == channel,
        messages.c.state == "sending",
        (messages.c.fence < fence) | (messages.c.next_try_at <= now),
    ).order_by(messages.c.id)
    return [from_row(row) for row in connection.execute(query)]


def claim(
    connection: Connection,
    message_id: int,
    fence: int,
    now: Instant,
    *,
    text_hash: str = "",
    parts: int = 0,
    way: str = "",
) -> bool:
    """Take a waiting message for sending by `way`; False when it no longer waits.

    What is about to be said stands in the row from here on, so that a try without a known end
    still counts, and can be looked for at the gateway.
    """
    said = {"text_hash": text_hash, "parts": parts} if text_hash else {}
    return _claim(connection, message_id, "waiting", fence, now, way, **said)


def claim_again(
    connection: Connection, message_id: int, fence: int, now: Instant, way: str = ""
) -> bool:
    """Take a message with an unknown outcome for another try under our fence."""
    connection.execute(
        update(attempts)
        .where(attempts.c.message_id == message_id, attempts.c.ended_at.is_(None))
        .values(ended_at=now, outcome="unknown", code=tries.written(way, "lost"))
    )
    return _claim(connection, message_id, "sending", fence, now, way)


def _claim(
    connection: Connection,
    message_id: int,
    state: str,
    fence: int,
    now: Instant,
    way: str,
    **said: Any,
) -> bool:
    taken = connection.execute(
        update(messages)
        .where(messages.c.id == message_id, messages.c.state == state)
        .values(state="sending", fence=fence, tries=messages.c.tries + 1, **said)
    )
    if not taken.rowcount:
        return False
    connection.execute(
        insert(attempts),
        {
            "message_id": message_id,
            "fence": fence,
            "started_at": now,
            "ended_at": None,
            "outcome": "open",
            "code": tries.written(way, ""),
        },
    )
    return True


def settle(
    connection: Connection,
    message_id: int,
    fence: int,
    now: Instant,
    *,
    outcome: str,
    code: str = "",
    **values: Any,
) -> bool:
    """Record how a try ended, if this fence still owns the claim; False when it does not."""
    connection.execute(
        update(attempts)
        .where(
            attempts.c.message_id == message_id,
            attempts.c.fence == fence,
            attempts.c.ended_at.is_(None),
        )
        .values(ended_at=now, outcome=outcome, code=code)
    )
    done = connection.execute(
        update(messages)
        .where(
            messages.c.id == message_id,
            messages.c.state == "sending",
            messages.c.fence == fence,
        )
        .values(**values)
    )
    return bool(done.rowcount)


def drop(connection: Connection, message_id: int, state: str, reason: str, now: Instant) -> bool:
    """End a message that has not been tried; False when it no longer waits."""
    done = connection.execute(
        update(messages)
        .where(messages.c.id == message_id, messages.c.state == "waiting")
        .values(state=state, reason=reason, settled_at=now)
    )
    return bool(done.rowcount)


def put_off(connection: Connection, message_id: int, until: Instant) -> None:
    """Nobody tries a waiting message before `until`."""
    connection.execute(
        update(messages)
        .where(messages.c.id == message_id, messages.c.state == "waiting")
        .values(next_try_at=until)
    )


def tried_since(connection: Connection, message_id: int) -> Instant:
    """When the newest try of a message began."""
    query = select(func.max(attempts.c.started_at)).where(attempts.c.message_id == message_id)
    return Instant(connection.execute(query).scalar_one() or 0)


def expire(connection: Connection, now: Instant) -> list[Message]:
    """Move what can no longer be said in time to `expired`; returns those messages."""
    late = [
        from_row(row)
        for unsent in _UNSENT
        for row in connection.execute(WITH_PHONE.where(*unsent, messages.c.not_after <= now))
    ]
    late.sort(key=lambda message: message.id)
    for message in late:
        connection.execute(
            update(messages)
            .where(messages.c.id == message.id)
            .values(state="expired", reason="too_late", settled_at=now)
        )
    return late


def move_waiting(connection: Connection, by_ms: int) -> None:
    """The clock was set by `by_ms`: what has not left keeps the time it had."""
    for unsent in _UNSENT:
        connection.execute(
            update(messages)
            .where(*unsent)
            .values(
                not_before=messages.c.not_before + by_ms,
                not_after=messages.c.not_after + by_ms,
                next_try_at=messages.c.next_try_at + by_ms,
            )
        )


def first_to_expire(connection: Connection) -> Instant | None:
    """When the next waiting message becomes too late."""
    found = [
        connection.execute(select(func.min(messages.c.not_after)).where(*unsent)).scalar_one()
        for unsent in _UNSENT
    ]
    known = [instant for instant in found if instant is not None]
    return Instant(min(known)) if known else None


def to_poll(connection: Connection, channel: str, now: Instant, limit: int) -> list[Message]:
    """Messages the gateway has taken and whose delivery is due to be asked for."""
    query = (
        WITH_PHONE.where(
            _UNDER_WAY,
            messages.c.channel == channel,
            messages.c.state == "sent",
            messages.c.next_try_at <= now,
        )
        .order_by(messages.c.next_try_at)
        .limit(limit)
    )
    return [from_row(row) for row in connection.execute(query)]


_FORWARD = {"sent": 1, "delivered": 2, "failed": 2}


def report(connection: Connection, message_id: int, state: str, reason: str, now: Instant) -> bool:
    """A delivery report; never moves a message backwards. False when nothing changed."""
    earlier = [s for s, place in _FORWARD.items() if place < _FORWARD[state]]
    done = connection.execute(
        update(messages)
        .where(messages.c.id == message_id, messages.c.state.in_(earlier))
        .values(state=state, reason=reason, settled_at=now)
    )
    return bool(done.rowcount)


def ask_again(connection: Connection, message_id: int, at: Instant) -> None:
    """When to ask for the delivery of a sent message next; `NEVER` to stop asking."""
    connection.execute(
        update(messages)
        .where(messages.c.id == message_id, messages.c.state == "sent")
        .values(next_try_at=at)
    )


def next_due(connection: Connection, channel: str) -> Instant | None:
    """When this channel next has something to do; None when nothing waits."""
    found = connection.execute(
        select(func.min(messages.c.next_try_at)).where(
            _UNDER_WAY,
            messages.c.channel == channel,
            messages.c.next_try_at < NEVER,
        )
    ).scalar_one()
    return None if found is None else Instant(found)
