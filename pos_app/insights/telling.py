"""Reading rows: which order is meant, which of its events was the last, who did it."""

from __future__ import annotations

from pos_app.insights.values import Named
from pos_app.store.insights import DayEvent, DayLine, DayOrder, DayRows


def named(order: DayOrder) -> Named:
    return Named(order.id, order.number, order.name, order.table)


def open_lines(rows: DayRows, order: DayOrder) -> list[DayLine]:
    return [line for line in rows.lines.get(order.id, ()) if not line.is_voided]


def needs_kitchen(rows: DayRows, order: DayOrder) -> bool:
    """Whether anything of it is cooked: what is made at the counter has no kitchen times."""
    return any(line.prep_minutes > 0 for line in open_lines(rows, order))


def latest(rows: DayRows, order: DayOrder, *kinds: str) -> DayEvent | None:
    """The newest event of one of `kinds`."""
    found = [event for event in rows.events.get(order.id, ()) if event.kind in kinds]
    return found[-1] if found else None


def who(event: DayEvent | None) -> str:
    return event.staff_id if event is not None else ""
