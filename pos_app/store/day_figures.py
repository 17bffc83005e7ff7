"""Three figures of a day, for a line that a rule says to the staff."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from pos_app.domain.workflow import Kind
from pos_app.store.tables import orders


@dataclass(frozen=True, slots=True)
class DayFigures:
    """`orders` without cancelled ones; `takings` in minor units, less what went back; `late`:
    ready after the promise.
    """

    orders: int
    takings: int
    late: int


def of_day(connection: Connection, business_date: str) -> DayFigures:
    """What one business date was like so far."""
    is_late = (orders.c.ready_at > orders.c.promised_at) & orders.c.times_known
    row = connection.execute(
        select(
            func.sum(case((orders.c.kind != Kind.CANCELLED.value, 1), else_=0)),
            func.sum(orders.c.paid - orders.c.refunded),
            func.sum(case((is_late, 1), else_=0)),
        ).where(orders.c.business_date == business_date)
    ).one()
    return DayFigures(int(row[0] or 0), int(row[1] or 0), int(row[2] or 0))
