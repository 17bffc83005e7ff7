"""Texts of one order that wait for a person's word, are let go again, or are never to leave."""

from __future__ import annotations

from sqlalchemy import Connection, case, update

from pos_app.clock import Instant
from pos_app.store.messages import UNSENT
from pos_app.store.tables import messages

QUESTION, CATCH_UP, STOPPED = "question", "catch_up", "stopped"
"""Why a text is held (a question is open, a power cut is being caught up) or dropped."""


def hold(connection: Connection, order_id: int, reason: str) -> None:
    """What waits to be sent is held for `reason`."""
    connection.execute(
        update(messages)
        .where(messages.c.order_id == order_id, messages.c.state == "waiting")
        .values(state="held", reason=reason)
    )


def release(connection: Connection, order_id: int, reason: str, now: Instant) -> None:
    """What was held for `reason` waits again, and leaves as soon as it may."""
    connection.execute(
        update(messages)
        .where(
            messages.c.order_id == order_id,
            messages.c.state == "held",
            messages.c.reason == reason,
        )
        .values(
            state="waiting",
            reason="",
            next_try_at=case((messages.c.not_before > now, messages.c.not_before), else_=now),
        )
    )


def drop(connection: Connection, order_id: int, reason: str, now: Instant) -> int:
    """What has not left never will. Returns how many."""
    done = connection.execute(
        update(messages)
        .where(messages.c.order_id == order_id, messages.c.state.in_(UNSENT))
        .values(state="dropped", reason=reason, settled_at=now)
    )
    return done.rowcount


def drop_by_rule(connection: Connection, order_ids: list[int], reason: str, now: Instant) -> None:
    """What rules wanted to say about these orders is not said; a person's own words stay."""
    for order_id in order_ids:
        connection.execute(
            update(messages)
            .where(
                messages.c.order_id == order_id,
                messages.c.state.in_(UNSENT),
                messages.c.rule_id != "",
            )
            .values(state="dropped", reason=reason, settled_at=now)
        )
