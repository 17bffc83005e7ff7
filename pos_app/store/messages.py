"""Customer messages as rows: made with the change that caused them, claimed under a fence.

States: waiting → sending → sent → delivered; other ends: failed, expired, uncertain, dropped,
cancelled (undone), superseded; held waits for a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, or_, select, update

from pos_app.clock import Instant
from pos_app.domain.ids import new_uid
from pos_app.store.tables import attempts, messages, orders, people, recorded_texts

UNSENT = ("waiting", "held")
POLLED = ("sent",)


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What a rule wants said. `key` is unique: the same occasion never makes two."""

    key: str
    order_id: int
    people_id: int | None
    rule_id: str
    rule_version: int
    step_id: str
    occasion: int
    leg: int
    channel: str
    about: str
    language: str
    not_before: Instant
    not_after: Instant
    state: str = "waiting"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One row as lanes and screens see it; `phone` from the person, never stored twice."""

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


_INSERT = insert(messages)
_SELECT = select(messages, people.c.phone).select_from(
    messages.outerjoin(people, messages.c.people_id == people.c.id)
)
_OF_ORDERS = _SELECT.where(messages.c.order_id.in_(bindparam("ids", expanding=True))).order_by(
    messages.c.id
)
_SUPERSEDE = (
    update(messages)
    .where(
        messages.c.order_id == bindparam("of_order"),
        messages.c.channel == bindparam("on_channel"),
        messages.c.state.in_(UNSENT),
        messages.c.key != bindparam("but_key"),
    )
    .values(state="superseded", reason=bindparam("by"), settled_at=bindparam("now"))
)


def add(connection: Connection, message: NewMessage, now: Instant) -> bool:
    """Write one message; False when its key exists, which is how nothing is said twice."""
    known = connection.execute(select(messages.c.id).where(messages.c.key == message.key)).first()
    if known is not None:
        return False
    connection.execute(
        _INSERT,
        {
            "key": message.key,
            "uid": new_uid(),
            "order_id": message.order_id,
            "people_id": message.people_id,
            "rule_id": message.rule_id,
            "rule_version": message.rule_version,
            "step_id": message.step_id,
            "occasion": message.occasion,
            "leg": message.leg,
            "channel": message.channel,
            "about": message.about,
            "language": message.language,
            "state": message.state,
            "reason": message.reason,
            "not_before": message.not_before,
            "not_after": message.not_after,
            "next_try_at": message.not_before,
            "created_at": now,
            "tries": 0,
            "fence": 0,
            "provider_id": "",
            "text_hash": "",
            "parts": 0,
            "sent_at": None,
            "settled_at": now if message.state == "dropped" else None,
        },
    )
    return True


def supersede(connection: Connection, message: NewMessage, now: Instant) -> int:
    """Older texts of the order that still wait give way to the newer one. Returns how many."""
    done = connection.execute(
        _SUPERSEDE,
        {
            "of_order": message.order_id,
            "on_channel": message.channel,
            "but_key": message.key,
            "by": _newer(message.occasion),
            "now": now,
        },
    )
    return done.rowcount


def _newer(occasion: int) -> str:
    return f"newer:{occasion}"


def bring_back_superseded(connection: Connection, order_id: int, occasion: int) -> None:
    """The newer text was undone, so the older one it had replaced waits again."""
    connection.execute(
        update(messages)
        .where(
            messages.c.order_id == order_id,
            messages.c.state == "superseded",
            messages.c.reason == _newer(occasion),
        )
        .values(state="waiting", reason="", settled_at=None)
    )


def was_said(connection: Connection, order_id: int, rule_id: str) -> bool:
    """Whether this rule already has a text for the order that was not taken back."""
    row = connection.execute(
        select(messages.c.id)
        .where(
            messages.c.order_id == order_id,
            messages.c.rule_id == rule_id,
            messages.c.state.not_in(("cancelled", "superseded")),
        )
        .limit(1)
    ).first()
    return row is not None


def of_orders(connection: Connection, order_ids: list[int]) -> dict[int, list[Message]]:
    found: dict[int, list[Message]] = {order_id: [] for order_id in order_ids}
    for row in connection.execute(_OF_ORDERS, {"ids": order_ids}):
        found[row.order_id].append(_message(row))
    return found


def of_occasion(connection: Connection, order_id: int, occasion: int) -> list[Message]:
    """Messages that one event of an order caused."""
    query = _SELECT.where(messages.c.order_id == order_id, messages.c.occasion == occasion)
    return [_message(row) for row in connection.execute(query)]


def get(connection: Connection, message_id: int) -> Message | None:
    row = connection.execute(_SELECT.where(messages.c.id == message_id)).one_or_none()
    return _message(row) if row else None


def withdraw(
    connection: Connection, order_id: int, reason: str, now: Instant, occasion: int | None = None
) -> int:
    """Cancel what still waits for an order (of one occasion, or all). Returns how many."""
    query = update(messages).where(messages.c.order_id == order_id, messages.c.state.in_(UNSENT))
    if occasion is not None:
        query = query.where(messages.c.occasion == occasion)
    done = connection.execute(query.values(state="cancelled", reason=reason, settled_at=now))
    return done.rowcount


def claim(connection: Connection, channel: str, fence: int, now: Instant) -> Message | None:
    """Take the next due message for sending, or None. The row says `sending` from now on."""
    row = connection.execute(
        _SELECT.where(
            messages.c.channel == channel,
            messages.c.state == "waiting",
            messages.c.next_try_at <= now,
            messages.c.not_after > now,
        )
        .order_by(messages.c.next_try_at, messages.c.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    connection.execute(
        update(messages)
        .where(messages.c.id == row.id)
        .values(state="sending", fence=fence, tries=messages.c.tries + 1)
    )
    connection.execute(
        insert(attempts),
        {
            "message_id": row.id,
            "fence": fence,
            "started_at": now,
            "ended_at": None,
            "outcome": "open",
            "code": "",
        },
    )
    return _message(row)


def lost_claims(connection: Connection, channel: str, fence: int) -> list[Message]:
    """Messages that an earlier holder of the lease was sending: their outcome is unknown."""
    query = _SELECT.where(
        messages.c.channel == channel, messages.c.state == "sending", messages.c.fence < fence
    )
    return [_message(row) for row in connection.execute(query)]


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
    done = connection.execute(
        update(messages)
        .where(
            messages.c.id == message_id,
            messages.c.state == "sending",
            messages.c.fence == fence,
        )
        .values(**values)
    )
    connection.execute(
        update(attempts)
        .where(
            attempts.c.message_id == message_id,
            attempts.c.fence == fence,
            attempts.c.ended_at.is_(None),
        )
        .values(ended_at=now, outcome=outcome, code=code)
    )
    return bool(done.rowcount)


def adopt(connection: Connection, message_id: int, fence: int, now: Instant) -> None:
    """Make a lost claim ours, so that its outcome can be asked for or the try repeated."""
    connection.execute(
        update(attempts)
        .where(attempts.c.message_id == message_id, attempts.c.ended_at.is_(None))
        .values(ended_at=now, outcome="unknown", code="lost")
    )
    connection.execute(update(messages).where(messages.c.id == message_id).values(fence=fence))
    connection.execute(
        insert(attempts),
        {
            "message_id": message_id,
            "fence": fence,
            "started_at": now,
            "ended_at": None,
            "outcome": "open",
            "code": "",
        },
    )


def expire(connection: Connection, now: Instant) -> list[Message]:
    """Move what can no longer be said in time to `expired`; returns those messages."""
    query = _SELECT.where(messages.c.state.in_(("waiting", "held")), messages.c.not_after <= now)
    late = [_message(row) for row in connection.execute(query)]
    if late:
        connection.execute(
            update(messages)
            .where(messages.c.id.in_([m.id for m in late]))
            .values(state="expired", reason="too_late", settled_at=now)
        )
    return late


def to_poll(connection: Connection, channel: str, now: Instant, limit: int) -> list[Message]:
    """Messages the gateway has taken and whose delivery is due to be asked for."""
    query = (
        _SELECT.where(
            messages.c.channel == channel,
            messages.c.state.in_(POLLED),
            messages.c.next_try_at <= now,
        )
        .order_by(messages.c.next_try_at)
        .limit(limit)
    )
    return [_message(row) for row in connection.execute(query)]


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


def poll_again(connection: Connection, message_id: int, at: Instant) -> None:
    connection.execute(
        update(messages)
        .where(messages.c.id == message_id, messages.c.state == "sent")
        .values(next_try_at=at)
    )


def next_due(connection: Connection, channel: str) -> Instant | None:
    """When this channel next has something to do; None when nothing waits."""
    due = connection.execute(
        select(func.min(messages.c.next_try_at)).where(
            messages.c.channel == channel, messages.c.state.in_(("waiting", "sent"))
        )
    ).scalar_one()
    return None if due is None else Instant(due)


def waiting(connection: Connection) -> tuple[int, Instant | None]:
    """How many texts wait, and since when the oldest does."""
    row = connection.execute(
        select(func.count(), func.min(messages.c.created_at)).where(
            or_(messages.c.state == "waiting", messages.c.state == "sending")
        )
    ).one()
    return int(row[0]), row[1]


def record_text(
    connection: Connection, message: Message, people_id: int | None, text: str, now: Instant
) -> bool:
    """Practice: keep what would have been sent, once. False when it is already there."""
    known = connection.execute(
        select(recorded_texts.c.id).where(recorded_texts.c.message_id == message.id)
    ).first()
    if known is not None:
        return False
    connection.execute(
        insert(recorded_texts),
        {
            "message_id": message.id,
            "people_id": people_id,
            "text": text,
            "recorded_at": now,
        },
    )
    return True


def recorded(connection: Connection, limit: int) -> list[tuple[str, str, Instant]]:
    """`(order number, text, recorded_at)` of what would have been sent, newest first."""
    query = (
        select(orders.c.number, recorded_texts.c.text, recorded_texts.c.recorded_at)
        .select_from(
            recorded_texts.join(messages, and_(messages.c.id == recorded_texts.c.message_id)).join(
                orders, orders.c.id == messages.c.order_id
            )
        )
        .order_by(recorded_texts.c.id.desc())
        .limit(limit)
    )
    return [(row.number, row.text, Instant(row.recorded_at)) for row in connection.execute(query)]


def _message(row: Row[Any]) -> Message:
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
    )
