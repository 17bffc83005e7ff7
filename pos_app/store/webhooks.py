"""Calls to other programs as rows: one per target and event, tried until it is taken."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text, update

from pos_app.clock import Instant
from pos_app.store.prepared import Prepared
from pos_app.store.tables import webhook_deliveries as rows

WAITING, TAKEN, DEAD = "waiting", "taken", "dead"
_IS_WAITING = text("webhook_deliveries.state = 'waiting'")
_ADD = Prepared(
    text(
        "INSERT INTO webhook_deliveries"
        " (target, event_seq, uid, state, reason, tries, next_try_at, created_at)"
        " VALUES (:target, :event_seq, :uid, 'waiting', '', 0, :now, :now)"
        " ON CONFLICT (target, event_seq) DO NOTHING"
    )
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """`uid` goes with every try, so that the receiver can drop what it has had."""

    id: int
    target: str
    event_seq: int
    uid: str
    state: str
    reason: str
    tries: int
    next_try_at: Instant
    created_at: Instant
    settled_at: Instant | None


def add(connection: Connection, target: str, event_seq: int, uid: str, now: Instant) -> bool:
    """Queue one call; False when this target is told of the event already."""
    return bool(_ADD.run(connection, target=target, event_seq=event_seq, uid=uid, now=now))


def due(connection: Connection, now: Instant, limit: int) -> list[Delivery]:
    """Calls to make now, the longest due first."""
    query = select(rows).where(_IS_WAITING, rows.c.next_try_at <= now)
    query = query.order_by(rows.c.next_try_at, rows.c.id).limit(limit)
    return [Delivery(**row._asdict()) for row in connection.execute(query)]


def next_due(connection: Connection) -> Instant | None:
    """When the next call is due."""
    at = connection.execute(select(func.min(rows.c.next_try_at)).where(_IS_WAITING)).scalar_one()
    return Instant(at) if at is not None else None


def newest(connection: Connection, limit: int) -> list[Delivery]:
    """The last calls, the newest first."""
    query = select(rows).order_by(rows.c.id.desc()).limit(limit)
    return [Delivery(**row._asdict()) for row in connection.execute(query)]


def settle(
    connection: Connection, delivery: Delivery, state: str, reason: str, now: Instant
) -> bool:
    """Its way ends here; False when it had ended already."""
    done = connection.execute(
        update(rows)
        .where(rows.c.id == delivery.id, _IS_WAITING)
        .values(state=state, reason=reason[:64], tries=delivery.tries + 1, settled_at=now)
    )
    return bool(done.rowcount)


def postpone(connection: Connection, delivery: Delivery, reason: str, again_at: Instant) -> None:
    """It was not taken, and is tried again."""
    connection.execute(
        update(rows)
        .where(rows.c.id == delivery.id, _IS_WAITING)
        .values(reason=reason[:64], tries=delivery.tries + 1, next_try_at=again_at)
    )
