"""Printers and print jobs. A job refers to an order; its paper is laid out when printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, text, update

from pos_app.clock import Instant
from pos_app.store.prepared import Prepared
from pos_app.store.tables import print_jobs

SLIP = "slip"
KITCHEN = "kitchen"
CHANGES = "changes"
STUB = "stub"
DELIVERY = "delivery"

WAITING, PRINTING, HELD = "waiting", "printing", "held"
PRINTED, DROPPED = "printed", "dropped"
TOO_OLD = "too_old"
# In the words of the partial indexes: without them SQLite would read every job there ever was.
_UNDER_WAY = text("print_jobs.state IN ('waiting', 'printing')")
_HELD = text("print_jobs.state = 'held'")


@dataclass(frozen=True, slots=True)
class PrintJob:
    """`what` is `slip`, `kitchen`, `changes`, `stub` or `delivery`; the kitchen's have a station.

    `copy` marks a reprint; `content` is the document of a slip of changes. `created_at` is when
    it was asked for last.
    """

    id: int
    order_id: int
    printer_id: int
    what: str
    station_id: int | None
    copy: bool
    content: str
    state: str
    reason: str
    tries: int
    created_at: Instant


@dataclass(frozen=True, slots=True)
class Queue:
    """What one printer has not printed: `waiting` (and on its way), `held` for a person.

    `oldest_at` is when the oldest of them was asked for, `reason` why it did not come out.
    """

    printer_id: int
    waiting: int
    held: int
    oldest_at: Instant
    reason: str


_NOT_GIVEN = {"id", "taken_by"}
_INSERT = Prepared(insert(print_jobs), [c.name for c in print_jobs.c if c.name not in _NOT_GIVEN])


def add_job(
    connection: Connection,
    *,
    order_id: int,
    printer_id: int,
    what: str,
    station_id: int | None,
    copy: bool,
    now: Instant,
    content: str = "",
) -> None:
    _INSERT.run(
        connection,
        order_id=order_id,
        printer_id=printer_id,
        what=what,
        station_id=station_id,
        copy=copy,
        content=content,
        state=WAITING,
        reason="",
        tries=0,
        created_at=now,
        next_try_at=now,
        printed_at=None,
    )


def of_order(connection: Connection, order_id: int) -> list[PrintJob]:
    """Every job of one order that was not dropped, oldest first."""
    query = (
        select(print_jobs)
        .where(print_jobs.c.order_id == order_id, print_jobs.c.state != DROPPED)
        .order_by(print_jobs.c.id)
    )
    return [_job(row) for row in connection.execute(query)]


def has_due(
    connection: Connection, printer_ids: Sequence[int], now: Instant, oldest: Instant
) -> bool:
    """Whether a job of one of these printers, not asked for before `oldest`, is due now."""
    row = connection.execute(
        select(print_jobs.c.id).where(_due(printer_ids, now, oldest)).limit(1)
    ).first()
    return row is not None


def claim(
    connection: Connection, printer_ids: Sequence[int], now: Instant, oldest: Instant, *, by: int
) -> PrintJob | None:
    """The next due job, marked `printing` by printer `by` in this transaction."""
    row = connection.execute(
        select(print_jobs).where(_due(printer_ids, now, oldest)).order_by(print_jobs.c.id).limit(1)
    ).one_or_none()
    if row is None:
        return None
    connection.execute(
        update(print_jobs)
        .where(print_jobs.c.id == row.id)
        .values(state=PRINTING, tries=print_jobs.c.tries + 1, taken_by=by)
    )
    return _job(row)


def printed(connection: Connection, job_id: int, now: Instant) -> None:
    connection.execute(
        update(print_jobs)
        .where(print_jobs.c.id == job_id)
        .values(state=PRINTED, reason="", printed_at=now)
    )


def retry(
    connection: Connection, job_id: int, reason: str, at: Instant, *, copy: bool = False
) -> None:
    """Wait again; `copy` when paper may already hold it."""
    values: dict[str, Any] = {"state": WAITING, "reason": reason, "next_try_at": at}
    if copy:
        values["copy"] = True
    connection.execute(update(print_jobs).where(print_jobs.c.id == job_id).values(**values))


def hold(connection: Connection, job_id: int, reason: str) -> None:
    """Leave one job to a person; paper may hold a part of it."""
    connection.execute(
        update(print_jobs)
        .where(print_jobs.c.id == job_id)
        .values(state=HELD, reason=reason, copy=True)
    )


def hold_older(connection: Connection, printer_id: int, than: Instant) -> int:
    """Leave what was asked for before `than` to a person; returns how many jobs that are."""
    done = connection.execute(
        update(print_jobs)
        .where(
            print_jobs.c.printer_id == printer_id,
            _UNDER_WAY,
            print_jobs.c.state == WAITING,
            print_jobs.c.created_at < than,
        )
        .values(state=HELD, reason=TOO_OLD)
    )
    return int(done.rowcount)


def has_older(connection: Connection, printer_id: int, than: Instant) -> bool:
    """Whether a waiting job was asked for before `than`."""
    row = connection.execute(
        select(print_jobs.c.id)
        .where(
            print_jobs.c.printer_id == printer_id,
            _UNDER_WAY,
            print_jobs.c.state == WAITING,
            print_jobs.c.created_at < than,
        )
        .limit(1)
    ).first()
    return row is not None


def release(connection: Connection, printer_id: int, now: Instant) -> int:
    """Held jobs wait again as if they were asked for now; returns how many."""
    done = connection.execute(
        update(print_jobs)
        .where(print_jobs.c.printer_id == printer_id, _HELD)
        .values(state=WAITING, reason="", created_at=now, next_try_at=now)
    )
    return int(done.rowcount)


def drop_held(connection: Connection, printer_id: int) -> int:
    """Held jobs will never be printed; returns how many."""
    done = connection.execute(
        update(print_jobs).where(print_jobs.c.printer_id == printer_id, _HELD).values(state=DROPPED)
    )
    return int(done.rowcount)


def drop_waiting(connection: Connection, order_id: int) -> None:
    """What one order has not printed yet will never come out."""
    connection.execute(
        update(print_jobs)
        .where(
            print_jobs.c.order_id == order_id,
            print_jobs.c.state.in_((WAITING, HELD)),
        )
        .values(state=DROPPED)
    )


def interrupted(connection: Connection, printer_id: int) -> list[PrintJob]:
    """Jobs that this printer's lane had taken when it died: paper may hold half of them."""
    query = select(print_jobs).where(
        _UNDER_WAY,
        print_jobs.c.state == PRINTING,
        or_(
            print_jobs.c.taken_by == printer_id,
            and_(print_jobs.c.taken_by.is_(None), print_jobs.c.printer_id == printer_id),
        ),
    )
    return [_job(row) for row in connection.execute(query)]


def waiting(connection: Connection) -> int:
    counts = (
        connection.execute(select(func.count()).select_from(print_jobs).where(state)).scalar_one()
        for state in (_UNDER_WAY, _HELD)
    )
    return sum(map(int, counts))


def last_printed(connection: Connection, among: int) -> dict[int, Instant]:
    """When each printer gave its last slip, as far as the newest `among` jobs tell."""
    newest = connection.execute(select(func.max(print_jobs.c.id))).scalar() or 0
    query = (
        select(print_jobs.c.printer_id, func.max(print_jobs.c.printed_at))
        .where(print_jobs.c.id > newest - among, print_jobs.c.printed_at.is_not(None))
        .group_by(print_jobs.c.printer_id)
    )
    return {int(row[0]): Instant(row[1]) for row in connection.execute(query)}


def queues(connection: Connection) -> list[Queue]:
    """Printers that have something left to print, by their ids."""
    found: dict[int, list[Row[Any]]] = {}
    left = [
        row
        for state in (_UNDER_WAY, _HELD)
        for row in connection.execute(select(print_jobs).where(state))
    ]
    for row in sorted(left, key=lambda row: row.id):
        found.setdefault(row.printer_id, []).append(row)
    return [_queue(printer_id, rows) for printer_id, rows in sorted(found.items())]


def _queue(printer_id: int, rows: list[Row[Any]]) -> Queue:
    held = sum(row.state == HELD for row in rows)
    oldest = min(rows, key=lambda row: row.created_at)
    return Queue(printer_id, len(rows) - held, held, Instant(oldest.created_at), oldest.reason)


def _due(printer_ids: Sequence[int], now: Instant, oldest: Instant) -> Any:
    return and_(
        print_jobs.c.printer_id.in_(printer_ids),
        _UNDER_WAY,
        print_jobs.c.state == WAITING,
        print_jobs.c.next_try_at <= now,
        print_jobs.c.created_at >= oldest,
    )


def _job(row: Row[Any]) -> PrintJob:
    return PrintJob(
        row.id,
        row.order_id,
        row.printer_id,
        row.what,
        row.station_id,
        bool(row.copy),
        row.content,
        row.state,
        row.reason,
        row.tries,
        Instant(row.created_at),
    )
