"""Customer messages as rows: made with the change that caused them, claimed under a fence.

States: waiting → sending → sent → delivered; other ends: failed, expired, uncertain, dropped,
cancelled (undone), superseded; held waits for a person.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    func,
    insert,
    literal_column,
    or_,
    select,
    text,
    update,
)

from pos_app.clock import Instant
from pos_app.store.message_rows import BY_PHONE, WITH_PHONE, Message, from_row
from pos_app.store.prepared import Prepared, insert_unless_known
from pos_app.store.tables import messages, orders, recorded_texts

__all__ = ["BY_PHONE", "WITH_PHONE", "Message", "from_row"]
UNSENT = ("waiting", "held")
TAKEN_BACK = ("cancelled", "superseded")
READY, CORRECTION = "ready", "not_ready_yet"
WRITTEN = "written"
"""What a text is about that a person wrote himself: its words are kept with it."""


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What a rule wants said. `key` is unique in its order: one occasion never makes two.

    `uid` is what the gateway knows it by.
    """

    key: str
    uid: str
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
    legs: str = "[]"


_INSERT = Prepared(insert_unless_known(messages, "order_id", "key"))
_STANDING = Prepared(
    select(
        messages.c.id,
        messages.c.step_id,
        messages.c.channel,
        messages.c.about,
        messages.c.state,
    ).where(messages.c.order_id == bindparam("of_order"))
)
# In the words of the partial index: without them SQLite would read every message.
_UNDER_WAY = text("messages.state IN ('waiting', 'sending', 'sent')")
_OF_ORDERS = WITH_PHONE.where(messages.c.order_id.in_(bindparam("ids", expanding=True))).order_by(
    messages.c.id
)
_SUPERSEDE = Prepared(
    update(messages)
    .where(
        messages.c.order_id == bindparam("of_order"),
        messages.c.channel == bindparam("on_channel"),
        messages.c.state.in_((literal_column("'waiting'"), literal_column("'held'"))),
        messages.c.key != bindparam("but_key"),
        messages.c.occasion != bindparam("but_occasion"),
        messages.c.about != literal_column(f"'{WRITTEN}'"),
    )
    .values(
        state=literal_column("'superseded'"), reason=bindparam("by"), settled_at=bindparam("now")
    )
)


def add(connection: Connection, message: NewMessage, now: Instant) -> bool:
    """Write one message; False when its key exists, which is how nothing is said twice."""
    row = _INSERT.one(
        connection,
        key=message.key,
        uid=message.uid,
        order_id=message.order_id,
        people_id=message.people_id,
        rule_id=message.rule_id,
        rule_version=message.rule_version,
        step_id=message.step_id,
        occasion=message.occasion,
        leg=message.leg,
        channel=message.channel,
        about=message.about,
        language=message.language,
        state=message.state,
        reason=message.reason,
        not_before=message.not_before,
        not_after=message.not_after,
        next_try_at=message.not_before,
        created_at=now,
        tries=0,
        fence=0,
        provider_id="",
        text_hash="",
        parts=0,
        sent_at=None,
        settled_at=now if message.state == "dropped" else None,
        legs=message.legs,
        cost=0,
    )
    return row is not None


def supersede(connection: Connection, message: NewMessage, now: Instant) -> int:
    """Older texts of the order that still wait give way to the newer one. Returns how many.

    Texts of the same occasion stand beside each other: two rules may answer one event.
    """
    return _SUPERSEDE.run(
        connection,
        of_order=message.order_id,
        on_channel=message.channel,
        but_key=message.key,
        but_occasion=message.occasion,
        by=_newer(message.occasion),
        now=now,
    )


def outdate(connection: Connection, order_id: int, occasion: int, now: Instant) -> int:
    """What event `occasion` made untrue gives way to it, as if it were a newer text.

    Its own texts stay; an undo of it brings the others back. Returns how many gave way.
    """
    done = connection.execute(
        update(messages)
        .where(
            messages.c.order_id == order_id,
            messages.c.state.in_(UNSENT),
            messages.c.occasion != occasion,
            messages.c.about != WRITTEN,
        )
        .values(state="superseded", reason=_newer(occasion), settled_at=now)
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


@dataclass(frozen=True, slots=True)
class Standing:
    """What an order already has to say: by which steps of rules, and on which channels it waits.

    `times`: how often each step has spoken, without what was undone before it left.
    """

    steps: frozenset[str]
    waiting_channels: frozenset[str]
    times: Counter[str]


def standing(connection: Connection, order_id: int) -> Standing:
    """The order's texts that were not taken back, in one look.

    A *ready* that was corrected afterwards counts no longer: the guest has to hear it again.
    """
    rows = _STANDING.rows(connection, of_order=order_id)
    if not rows:
        return Standing(frozenset(), frozenset(), Counter())
    stand = [row for row in rows if row.state not in TAKEN_BACK]
    corrected = max((row.id for row in stand if row.about == CORRECTION), default=0)
    return Standing(
        frozenset(r.step_id for r in stand if r.about != READY or r.id > corrected),
        frozenset(row.channel for row in rows if row.state in UNSENT),
        Counter(row.step_id for row in rows if row.state != "cancelled"),
    )


def of_orders(connection: Connection, order_ids: list[int]) -> dict[int, list[Message]]:
    found: dict[int, list[Message]] = {order_id: [] for order_id in order_ids}
    for row in connection.execute(_OF_ORDERS, {"ids": order_ids}):
        found[row.order_id].append(from_row(row))
    return found


def of_occasion(connection: Connection, order_id: int, occasion: int) -> list[Message]:
    """Messages that one event of an order caused."""
    query = WITH_PHONE.where(messages.c.order_id == order_id, messages.c.occasion == occasion)
    return [from_row(row) for row in connection.execute(query)]


def get(connection: Connection, message_id: int) -> Message | None:
    row = connection.execute(WITH_PHONE.where(messages.c.id == message_id)).one_or_none()
    return from_row(row) if row else None


def under_way(connection: Connection, uid: str) -> Message | None:
    """The message with this uid while it is on its way out."""
    query = WITH_PHONE.where(_UNDER_WAY, messages.c.uid == uid)
    row = connection.execute(query).one_or_none()
    return from_row(row) if row else None


def withdraw(
    connection: Connection, order_id: int, reason: str, now: Instant, occasion: int | None = None
) -> int:
    """Cancel what still waits for an order (of one occasion, or all). Returns how many."""
    query = update(messages).where(messages.c.order_id == order_id, messages.c.state.in_(UNSENT))
    if occasion is not None:
        query = query.where(messages.c.occasion == occasion)
    done = connection.execute(query.values(state="cancelled", reason=reason, settled_at=now))
    return done.rowcount


def take_back(connection: Connection, message_id: int, reason: str, now: Instant) -> bool:
    """One text that has not left never will; False when it has left or ended."""
    done = connection.execute(
        update(messages)
        .where(messages.c.id == message_id, messages.c.state.in_(UNSENT))
        .values(state="cancelled", reason=reason, settled_at=now)
    )
    return bool(done.rowcount)


def belong_to(connection: Connection, order_id: int, people_id: int) -> None:
    """What waits about an order that was nobody's is for this guest."""
    connection.execute(
        update(messages)
        .where(messages.c.order_id == order_id, messages.c.state.in_(UNSENT))
        .where(messages.c.people_id.is_(None))
        .values(people_id=people_id)
    )


def waiting(connection: Connection) -> tuple[int, Instant | None]:
    """How many texts wait, and since when the oldest does."""
    row = connection.execute(
        select(func.count(), func.min(messages.c.created_at)).where(
            _UNDER_WAY,
            or_(messages.c.state == "waiting", messages.c.state == "sending"),
        )
    ).one()
    return int(row[0]), row[1]


def keep_words(connection: Connection, message: NewMessage, words: str, now: Instant) -> None:
    """What a person has written goes with the message that says it."""
    found = select(messages.c.id).where(
        messages.c.order_id == message.order_id, messages.c.key == message.key
    )
    connection.execute(
        insert(recorded_texts),
        {
            "message_id": connection.execute(found).scalar_one(),
            "people_id": message.people_id,
            "text": words,
            "recorded_at": now,
        },
    )


def words_of(connection: Connection, message_id: int) -> str:
    """The words that are kept with a message; empty where there are none."""
    query = select(recorded_texts.c.text).where(recorded_texts.c.message_id == message_id)
    return connection.execute(query).scalar() or ""


def record_text(connection: Connection, message: Message, text: str, now: Instant) -> bool:
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
            "people_id": message.people_id,
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
