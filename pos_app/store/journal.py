"""The journal: what happened, in commit order, never changed.

Payloads hold ids, statuses and amounts; no word about a person ever enters here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, literal_column, select

from pos_app.clock import Instant
from pos_app.store import documents
from pos_app.store.prepared import Prepared, written_key
from pos_app.store.tables import journal


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `payload` is the event's own document; `order_id` None for the shop's events."""

    seq: int
    order_id: int | None
    kind: str
    payload: dict[str, Any]
    at: Instant
    device_id: str
    staff_id: str
    cause_id: int | None


_COLUMNS = ("order_id", "kind", "payload", "at", "device_id", "staff_id", "cause_id")
_INSERT = Prepared(insert(journal).returning(journal.c.seq), _COLUMNS)
_OF_ORDER = select(journal).where(journal.c.order_id == bindparam("order_id"))
_NEWEST_FIRST = Prepared(
    select(journal)
    .where(journal.c.order_id == bindparam("of_order"))
    .order_by(journal.c.seq.desc())
)
_AFTER = select(journal).where(journal.c.seq > bindparam("seq")).order_by(journal.c.seq)

_BEFORE = Prepared(
    select(journal.c.at)
    .where(journal.c.seq <= bindparam("seq"))
    .order_by(journal.c.seq.desc())
    .limit(literal_column("1"))
)
_STEP = 200


def append(
    connection: Connection,
    *,
    order_id: int | None,
    kind: str,
    payload: dict[str, Any],
    at: Instant,
    device_id: str,
    staff_id: str,
    cause_id: int | None = None,
) -> int:
    """Write one event and return its sequence number."""
    row = _INSERT.one(
        connection,
        order_id=order_id,
        kind=kind,
        payload=documents.dump(payload),
        at=at,
        device_id=device_id,
        staff_id=staff_id,
        cause_id=cause_id,
    )
    return written_key(row)


def of_order(connection: Connection, order_id: int) -> list[Entry]:
    rows = connection.execute(_OF_ORDER.order_by(journal.c.seq), {"order_id": order_id})
    return [_entry(row) for row in rows]


def of_orders(
    connection: Connection, order_ids: list[int], kinds: tuple[str, ...]
) -> dict[int, list[Entry]]:
    """Events of `kinds` by order id, oldest first; orders without any are left out."""
    found: dict[int, list[Entry]] = {}
    query = select(journal).where(journal.c.order_id.in_(order_ids), journal.c.kind.in_(kinds))
    for row in connection.execute(query.order_by(journal.c.seq)):
        found.setdefault(row.order_id, []).append(_entry(row))
    return found


def get(connection: Connection, seq: int) -> Entry | None:
    row = connection.execute(select(journal).where(journal.c.seq == seq)).one_or_none()
    return _entry(row) if row else None


def after(connection: Connection, seq: int) -> list[Entry]:
    """Everything committed after `seq`, oldest first."""
    return [_entry(row) for row in connection.execute(_AFTER, {"seq": seq})]


def last(connection: Connection) -> tuple[int, Instant]:
    """Sequence number and time of the newest event; zeros in an empty store."""
    row = connection.execute(
        select(journal.c.seq, journal.c.at).order_by(journal.c.seq.desc()).limit(1)
    ).one_or_none()
    return (int(row.seq), Instant(row.at)) if row else (0, Instant(0))


def latest_of_kinds(
    connection: Connection, kinds: tuple[str, ...], since: Instant, limit: int, *, among: int
) -> list[Entry]:
    """The newest events of `kinds` not older than `since`, newest first.

    Looks back step by step, as far as `since` (the clock never goes back), and at no more than
    the last `among` events, so that years of history cost nothing.
    """
    newest = connection.execute(select(func.max(journal.c.seq))).scalar_one() or 0
    found: list[Entry] = []
    for top in range(newest, max(0, newest - among), -_STEP):
        bottom = max(top - _STEP, newest - among)
        query = (
            select(journal)
            .where(
                journal.c.seq <= top,
                journal.c.seq > bottom,
                journal.c.kind.in_(kinds),
                journal.c.at >= since,
            )
            .order_by(journal.c.seq.desc())
            .limit(limit - len(found))
        )
        found += [_entry(row) for row in connection.execute(query)]
        before = _BEFORE.one(connection, seq=bottom)
        if len(found) == limit or before is None or before.at < since:
            break
    return found


def latest_state_event(
    connection: Connection, order_id: int, kinds: tuple[str, ...]
) -> Entry | None:
    """The newest event of one order among `kinds`."""
    rows = _NEWEST_FIRST.rows(connection, of_order=order_id)
    return next((_entry(row) for row in rows if row.kind in kinds), None)


def caused_by(connection: Connection, order_id: int, cause_id: int) -> list[Entry]:
    """Events of one order that came with the act `cause_id`, oldest first."""
    query = _OF_ORDER.where(journal.c.cause_id == cause_id).order_by(journal.c.seq)
    return [_entry(row) for row in connection.execute(query, {"order_id": order_id})]


def of_kind(connection: Connection, order_ids: list[int], kind: str, since: Instant) -> list[Entry]:
    """Events of `kind` of these orders since then, oldest first."""
    query = (
        select(journal)
        .where(journal.c.order_id.in_(order_ids), journal.c.kind == kind, journal.c.at >= since)
        .order_by(journal.c.seq)
    )
    return [_entry(row) for row in connection.execute(query)]


def count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(journal)).scalar_one())


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        seq=row.seq,
        order_id=row.order_id,
        kind=row.kind,
        payload=documents.load(row.payload, dict[str, Any]),
        at=Instant(row.at),
        device_id=row.device_id,
        staff_id=row.staff_id,
        cause_id=row.cause_id,
    )
