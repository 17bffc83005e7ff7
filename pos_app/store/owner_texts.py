"""What the owner is told of a day, as rows: claimed under a fence like a guest's text.

States: waiting → sending → sent; other ends: failed, expired, uncertain, dropped. The words are
made when it leaves, and his address is a setting: neither is kept here.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, text, update

from pos_app.clock import Instant
from pos_app.store.tables import owner_texts as rows

WAITING, SENDING, SENT = "waiting", "sending", "sent"
# In the words of the partial index: SQLite takes it only when it finds its condition.
_UNDER_WAY = text("owner_texts.state IN ('waiting', 'sending')")


@dataclass(frozen=True, slots=True)
class OwnerText:
    """`day` is the business date (ISO) that it tells of; `tried_at` when the last try began."""

    id: int
    key: str
    uid: str
    rule_id: str
    step_id: str
    occasion: int
    day: str
    channel: str
    state: str
    reason: str
    not_after: Instant
    next_try_at: Instant
    created_at: Instant
    tries: int
    fence: int
    tried_at: Instant | None
    text_hash: str
    settled_at: Instant | None


def add(
    connection: Connection,
    *,
    key: str,
    uid: str,
    rule_id: str,
    step_id: str,
    occasion: int,
    day: str,
    channel: str,
    not_after: Instant,
    now: Instant,
    dropped: str = "",
) -> bool:
    """One text more, `dropped` for a reason or waiting; False when its key is known."""
    if connection.execute(select(rows.c.id).where(rows.c.key == key)).first() is not None:
        return False
    connection.execute(
        insert(rows),
        {
            "key": key,
            "uid": uid,
            "rule_id": rule_id,
            "step_id": step_id,
            "occasion": occasion,
            "day": day,
            "channel": channel,
            "state": "dropped" if dropped else WAITING,
            "reason": dropped,
            "not_after": not_after,
            "next_try_at": now,
            "created_at": now,
            "tries": 0,
            "fence": 0,
            "tried_at": None,
            "text_hash": "",
            "settled_at": now if dropped else None,
        },
    )
    return True


def due(connection: Connection, channel: str, fence: int, now: Instant) -> list[OwnerText]:
    """What has to be done on this channel: waiting and due, or claimed by somebody who is gone."""
    query = select(rows).where(
        _UNDER_WAY,
        rows.c.channel == channel,
        (rows.c.next_try_at <= now) | ((rows.c.state == SENDING) & (rows.c.fence < fence)),
    )
    return [OwnerText(**row._asdict()) for row in connection.execute(query.order_by(rows.c.id))]


def next_due(connection: Connection, channel: str) -> Instant | None:
    """When there is something to do on this channel."""
    query = select(func.min(rows.c.next_try_at)).where(_UNDER_WAY, rows.c.channel == channel)
    at = connection.execute(query).scalar_one()
    return None if at is None else Instant(at)


def claim(connection: Connection, one: OwnerText, fence: int, now: Instant, text_hash: str) -> bool:
    """Take it for sending; False when it is no longer as it was read."""
    taken = connection.execute(
        update(rows)
        .where(rows.c.id == one.id, rows.c.state == one.state, rows.c.tries == one.tries)
        .values(
            state=SENDING,
            fence=fence,
            tries=one.tries + 1,
            tried_at=now,
            text_hash=text_hash,
        )
    )
    return bool(taken.rowcount)


def settle(
    connection: Connection, one: OwnerText, fence: int, now: Instant, state: str, reason: str = ""
) -> bool:
    """Its way ends here; False when another holder has it meanwhile, or it had ended before."""
    return _move(connection, one, fence, state=state, reason=reason[:64], settled_at=now)


def postpone(
    connection: Connection, one: OwnerText, fence: int, state: str, reason: str, again_at: Instant
) -> bool:
    """It is looked at again: `waiting` where nothing has left, `sending` where nobody knows."""
    return _move(connection, one, fence, state=state, reason=reason[:64], next_try_at=again_at)


def _move(connection: Connection, one: OwnerText, fence: int, **values: object) -> bool:
    """Under our own claim, or before anybody's."""
    done = connection.execute(
        update(rows)
        .where(
            rows.c.id == one.id,
            (rows.c.state == WAITING) | ((rows.c.state == SENDING) & (rows.c.fence <= fence)),
        )
        .values(**values)
    )
    return bool(done.rowcount)


def newest(connection: Connection, limit: int) -> list[OwnerText]:
    """The last ones, the newest first."""
    query = select(rows).order_by(rows.c.id.desc()).limit(limit)
    return [OwnerText(**row._asdict()) for row in connection.execute(query)]
