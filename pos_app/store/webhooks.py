"""Calls to other programs as rows: one per target and event, tried until it is taken."""

from __future__ import annotations

from sqlalchemy import Connection, text

from pos_app.clock import Instant
from pos_app.store.prepared import Prepared

_ADD = Prepared(
    text(
        "INSERT INTO webhook_deliveries"
        " (target, event_seq, uid, state, reason, tries, next_try_at, created_at)"
        " VALUES (:target, :event_seq, :uid, 'waiting', '', 0, :now, :now)"
        " ON CONFLICT (target, event_seq) DO NOTHING"
    )
)


def add(connection: Connection, target: str, event_seq: int, uid: str, now: Instant) -> bool:
    """Queue one call; False when this target is told of the event already."""
    return bool(_ADD.run(connection, target=target, event_seq=event_seq, uid=uid, now=now))
