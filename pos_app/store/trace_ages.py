"""How long traces of rules are kept: longer where something failed, because somebody will ask."""

from __future__ import annotations

from sqlalchemy import Connection, delete, exists, select

from pos_app.clock import DAY_MS, Instant
from pos_app.store.tables import journal, messages, rule_traces

DAYS, FAILED_DAYS = 30, 180
_AT_ONCE = 500
_FAILED = ("failed", "uncertain", "expired", "dropped")


def forget_old(
    connection: Connection, now: Instant, days: int = DAYS, failed_days: int = FAILED_DAYS
) -> int:
    """Delete at most 500 traces that are older than they are kept. Returns how many."""
    has_failed = rule_traces.c.trace.contains('"failed"') | exists(
        select(messages.c.id).where(
            messages.c.order_id == journal.c.order_id,
            messages.c.occasion == journal.c.seq,
            messages.c.state.in_(_FAILED),
        )
    )
    old = Instant(now - days * DAY_MS)
    very_old = Instant(now - failed_days * DAY_MS)
    due = (
        select(rule_traces.c.event_seq)
        .select_from(rule_traces.join(journal, journal.c.seq == rule_traces.c.event_seq))
        .where(
            journal.c.at < old,
            (journal.c.at < very_old) | ~has_failed,
        )
        .order_by(rule_traces.c.event_seq)
        .limit(_AT_ONCE)
    )
    seqs = [row.event_seq for row in connection.execute(due)]
    if seqs:
        connection.execute(delete(rule_traces).where(rule_traces.c.event_seq.in_(seqs)))
    return len(seqs)
