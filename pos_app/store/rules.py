"""Rules in force: the id never changes, each version is kept for ever."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from pos_app.clock import Instant
from pos_app.store.prepared import Prepared
from pos_app.store.tables import rule_traces, rule_versions, rules

_TRACE = Prepared(insert(rule_traces), ("event_seq", "trace"))


def enabled(connection: Connection) -> list[tuple[str, int, str]]:
    """`(rule id, version, document)` of every rule that is on, in the owner's order."""
    query = (
        select(rules.c.id, rules.c.version, rule_versions.c.document)
        .select_from(
            rules.join(
                rule_versions,
                (rule_versions.c.rule_id == rules.c.id)
                & (rule_versions.c.version == rules.c.version),
            )
        )
        .where(rules.c.enabled)
        .order_by(rules.c.position)
    )
    return [(row.id, row.version, row.document) for row in connection.execute(query)]


def add(
    connection: Connection,
    *,
    rule_id: str,
    document: str,
    position: int,
    is_enabled: bool,
    now: Instant,
) -> None:
    connection.execute(
        insert(rules),
        {"id": rule_id, "version": 1, "enabled": is_enabled, "position": position},
    )
    connection.execute(
        insert(rule_versions),
        {"rule_id": rule_id, "version": 1, "document": document, "created_at": now},
    )


def keep_trace(connection: Connection, event_seq: int, trace: str) -> None:
    _TRACE.run(connection, event_seq=event_seq, trace=trace)
