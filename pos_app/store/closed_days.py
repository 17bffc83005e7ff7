"""Business days that somebody has closed."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select, update

from pos_app.clock import Instant
from pos_app.store.tables import closed_days


def close(connection: Connection, business_date: str, now: Instant, staff_id: str) -> None:
    """Remember that this day is over; closing it once more moves the time."""
    values = {"closed_at": now, "staff_id": staff_id}
    known = connection.execute(
        update(closed_days).where(closed_days.c.business_date == business_date).values(**values)
    )
    if not known.rowcount:
        connection.execute(insert(closed_days), {"business_date": business_date, **values})


def last_closed_at(connection: Connection) -> Instant:
    """When a day was closed the last time; 0 when none ever was."""
    found = connection.execute(select(func.max(closed_days.c.closed_at))).scalar_one()
    return Instant(found or 0)


def is_closed(connection: Connection, business_date: str) -> bool:
    """Whether somebody has closed this day."""
    query = select(closed_days.c.closed_at).where(closed_days.c.business_date == business_date)
    return connection.execute(query).first() is not None
