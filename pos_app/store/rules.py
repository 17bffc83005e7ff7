"""Rules in force: the id never changes, each version is kept for ever."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, insert, literal_column, select, update

from pos_app.clock import Instant
from pos_app.store.prepared import Prepared
from pos_app.store.tables import rule_traces, rule_versions, rules

_TRACE = Prepared(insert(rule_traces), ("event_seq", "trace"))
_ROLL = 0
"""The version under which a roll lies among those of rules, which begin at 1."""
_KNOWN_ROLL = Prepared(
    select(rule_versions.c.version).where(
        rule_versions.c.rule_id == bindparam("roll_id"),
        rule_versions.c.version == literal_column(str(_ROLL)),
    )
)


@dataclass(frozen=True, slots=True)
class StoredRule:
    """One version of a rule with its document (JSON). `origin`: `ours`, `own`, `pack`, `import`."""

    id: str
    version: int
    document: str
    enabled: bool
    origin: str
    changed_at: Instant
    staff_id: str


_ALL = select(
    rules.c.id,
    rules.c.version,
    rule_versions.c.document,
    rules.c.enabled,
    rules.c.origin,
    rule_versions.c.created_at.label("changed_at"),
    rule_versions.c.staff_id,
).select_from(
    rules.join(
        rule_versions,
        (rule_versions.c.rule_id == rules.c.id) & (rule_versions.c.version == rules.c.version),
    )
)
_CURRENT = _ALL.where(rules.c.deleted_at.is_(None)).order_by(rules.c.position, rules.c.id)


def enabled(connection: Connection) -> list[tuple[str, int, str]]:
    """`(rule id, version, document)` of every rule that is on, in the owner's order."""
    query = _CURRENT.where(rules.c.enabled)
    return [(row.id, row.version, row.document) for row in connection.execute(query)]


def everything(connection: Connection) -> list[StoredRule]:
    """All rules that were not deleted, on and off, in the owner's order."""
    return [StoredRule(**row._asdict()) for row in connection.execute(_CURRENT)]


def latest(connection: Connection, rule_id: str) -> StoredRule | None:
    """The newest version of a rule, also of one that was deleted."""
    row = connection.execute(_ALL.where(rules.c.id == rule_id)).one_or_none()
    return StoredRule(**row._asdict()) if row is not None else None


def put_back(connection: Connection, rule_id: str) -> None:
    """A rule that was deleted stands in the list again, switched off."""
    connection.execute(update(rules).where(rules.c.id == rule_id).values(deleted_at=None))


def is_on(connection: Connection, rule_id: str) -> bool:
    query = select(rules.c.id).where(
        rules.c.id == rule_id, rules.c.enabled, rules.c.deleted_at.is_(None)
    )
    return connection.execute(query).first() is not None


def document(connection: Connection, rule_id: str, version: int) -> str | None:
    """The immutable document of one version."""
    query = select(rule_versions.c.document).where(
        rule_versions.c.rule_id == rule_id, rule_versions.c.version == version
    )
    return connection.execute(query).scalar_one_or_none()


def history(connection: Connection, rule_id: str) -> list[tuple[int, str, Instant, str]]:
    """`(version, document, made at, by whom)`, the newest first."""
    query = (
        select(rule_versions)
        .where(rule_versions.c.rule_id == rule_id)
        .order_by(rule_versions.c.version.desc())
    )
    return [
        (row.version, row.document, Instant(row.created_at), row.staff_id)
        for row in connection.execute(query)
    ]


def add(
    connection: Connection,
    *,
    rule_id: str,
    document: str,
    position: int | None = None,
    is_enabled: bool,
    now: Instant,
    origin: str = "ours",
    staff_id: str = "",
) -> None:
    """Write the first version of a rule, behind the others unless `position` says where."""
    if position is None:
        last = connection.execute(select(func.max(rules.c.position))).scalar_one()
        position = (last if last is not None else -1) + 1
    connection.execute(
        insert(rules),
        {
            "id": rule_id,
            "version": 1,
            "enabled": is_enabled,
            "position": position,
            "origin": origin,
        },
    )
    _write_version(connection, rule_id, 1, document, now, staff_id)


def change(
    connection: Connection, rule_id: str, document: str, now: Instant, staff_id: str = ""
) -> int | None:
    """Write a further version of a rule; its number, None where there is no such rule."""
    last = connection.execute(
        select(func.max(rule_versions.c.version)).where(rule_versions.c.rule_id == rule_id)
    ).scalar_one()
    if last is None:
        return None
    version = int(last) + 1
    _write_version(connection, rule_id, version, document, now, staff_id)
    connection.execute(update(rules).where(rules.c.id == rule_id).values(version=version))
    return version


def _write_version(
    connection: Connection, rule_id: str, version: int, document: str, now: Instant, staff_id: str
) -> None:
    connection.execute(
        insert(rule_versions),
        {
            "rule_id": rule_id,
            "version": version,
            "document": document,
            "created_at": now,
            "staff_id": staff_id,
        },
    )


def switch(connection: Connection, rule_id: str, *, on: bool) -> bool:
    """Turn a rule on or off; False where there is no such rule."""
    done = connection.execute(
        update(rules).where(rules.c.id == rule_id, rules.c.deleted_at.is_(None)).values(enabled=on)
    )
    return bool(done.rowcount)


def delete(connection: Connection, rule_id: str, now: Instant) -> bool:
    """Take a rule out of the list; its versions stay, because traces speak of them."""
    done = connection.execute(
        update(rules)
        .where(rules.c.id == rule_id, rules.c.deleted_at.is_(None))
        .values(enabled=False, deleted_at=now)
    )
    return bool(done.rowcount)


def keep_trace(connection: Connection, event_seq: int, trace: str) -> None:
    _TRACE.run(connection, event_seq=event_seq, trace=trace)


def keep_roll(connection: Connection, roll_id: str, document: str, now: Instant) -> None:
    """Write which rules waited together, unless that is known: it is kept as versions are."""
    if _KNOWN_ROLL.one(connection, roll_id=roll_id) is None:
        _write_version(connection, roll_id, _ROLL, document, now, "")


def roll(connection: Connection, roll_id: str) -> str | None:
    """The document (JSON) of a roll."""
    return document(connection, roll_id, _ROLL)


def traces(connection: Connection, event_seqs: Iterable[int]) -> dict[int, str]:
    """What was kept of each event, by its number in the journal."""
    query = select(rule_traces).where(rule_traces.c.event_seq.in_(list(event_seqs)))
    return {row.event_seq: row.trace for row in connection.execute(query)}
