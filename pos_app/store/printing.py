"""Printers and print jobs. A job refers to an order; its paper is laid out when printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from pos_app.clock import Instant
from pos_app.domain.ids import new_uid
from pos_app.store.tables import print_jobs, printers

SLIP = "slip"
KITCHEN = "kitchen"


@dataclass(frozen=True, slots=True)
class StoredPrinter:
    """`kind` is `network` (`address` = host[:port]) or `file` (`address` = folder)."""

    id: int
    uid: str
    device_id: str
    name: str
    kind: str
    address: str
    width_mm: int
    slips: bool
    kitchen: bool


@dataclass(frozen=True, slots=True)
class PrintJob:
    """`what` is `slip` or `kitchen` (then with a station). `copy` marks a reprint."""

    id: int
    order_id: int
    printer_id: int
    what: str
    station_id: int | None
    copy: bool
    state: str
    reason: str
    tries: int
    created_at: Instant


def all_printers(connection: Connection, device_id: str | None = None) -> list[StoredPrinter]:
    query = select(printers).order_by(printers.c.id)
    if device_id is not None:
        query = query.where(printers.c.device_id == device_id)
    return [
        StoredPrinter(
            row.id,
            row.uid,
            row.device_id,
            row.name,
            row.kind,
            row.address,
            row.width_mm,
            row.slips,
            row.kitchen,
        )
        for row in connection.execute(query)
    ]


def add_printer(
    connection: Connection,
    *,
    device_id: str,
    name: str,
    kind: str,
    address: str,
    width_mm: int,
    slips: bool,
    kitchen: bool,
) -> int:
    result = connection.execute(
        insert(printers),
        {
            "uid": new_uid(),
            "device_id": device_id,
            "name": name,
            "kind": kind,
            "address": address,
            "width_mm": width_mm,
            "slips": slips,
            "kitchen": kitchen,
        },
    )
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def remove_printer(connection: Connection, printer_id: int) -> None:
    """Forget a printer and its jobs."""
    connection.execute(delete(print_jobs).where(print_jobs.c.printer_id == printer_id))
    connection.execute(delete(printers).where(printers.c.id == printer_id))


def add_job(
    connection: Connection,
    *,
    order_id: int,
    printer_id: int,
    what: str,
    station_id: int | None,
    copy: bool,
    now: Instant,
) -> None:
    connection.execute(
        insert(print_jobs),
        {
            "order_id": order_id,
            "printer_id": printer_id,
            "what": what,
            "station_id": station_id,
            "copy": copy,
            "state": "waiting",
            "reason": "",
            "tries": 0,
            "created_at": now,
            "next_try_at": now,
            "printed_at": None,
        },
    )


def has_due(connection: Connection, printer_id: int, now: Instant) -> bool:
    """Whether a job of this printer waits for its turn now."""
    row = connection.execute(
        select(print_jobs.c.id)
        .where(
            print_jobs.c.printer_id == printer_id,
            print_jobs.c.state == "waiting",
            print_jobs.c.next_try_at <= now,
        )
        .limit(1)
    ).first()
    return row is not None


def claim(connection: Connection, printer_id: int, now: Instant) -> PrintJob | None:
    """The next job of one printer, marked `printing` under the same transaction."""
    row = connection.execute(
        select(print_jobs)
        .where(
            print_jobs.c.printer_id == printer_id,
            print_jobs.c.state == "waiting",
            print_jobs.c.next_try_at <= now,
        )
        .order_by(print_jobs.c.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    connection.execute(
        update(print_jobs)
        .where(print_jobs.c.id == row.id)
        .values(state="printing", tries=print_jobs.c.tries + 1)
    )
    return _job(row)


def printed(connection: Connection, job_id: int, now: Instant) -> None:
    connection.execute(
        update(print_jobs)
        .where(print_jobs.c.id == job_id)
        .values(state="printed", reason="", printed_at=now)
    )


def retry(
    connection: Connection, job_id: int, reason: str, at: Instant, *, copy: bool = False
) -> None:
    """Wait again; `copy` when paper may already hold it."""
    values: dict[str, Any] = {"state": "waiting", "reason": reason, "next_try_at": at}
    if copy:
        values["copy"] = True
    connection.execute(update(print_jobs).where(print_jobs.c.id == job_id).values(**values))


def hold(connection: Connection, job_id: int, reason: str) -> None:
    """Leave the job for a person: too old to come out by itself."""
    connection.execute(
        update(print_jobs).where(print_jobs.c.id == job_id).values(state="held", reason=reason)
    )


def interrupted(connection: Connection, printer_id: int) -> list[PrintJob]:
    """Jobs that were on their way when this till died: the paper may hold half of them."""
    query = select(print_jobs).where(
        print_jobs.c.printer_id == printer_id, print_jobs.c.state == "printing"
    )
    return [_job(row) for row in connection.execute(query)]


def waiting(connection: Connection) -> int:
    return int(
        connection.execute(
            select(func.count())
            .select_from(print_jobs)
            .where(print_jobs.c.state.in_(("waiting", "printing", "held")))
        ).scalar_one()
    )


def _job(row: Row[Any]) -> PrintJob:
    return PrintJob(
        row.id,
        row.order_id,
        row.printer_id,
        row.what,
        row.station_id,
        row.copy,
        row.state,
        row.reason,
        row.tries,
        Instant(row.created_at),
    )
