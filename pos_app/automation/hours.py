"""Local hours of the day, across nights and the changes of the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from pos_app.automation.conditions import is_between
from pos_app.clock import Instant, instant_of, local


def next_at(time: str, after: Instant, zone: str) -> Instant:
    """The first moment from `after` on at which the shop's clocks show `time` (`HH:MM`).

    Where a change of the clock leaves that time out, the moment the clock jumps to.
    """
    here = local(after, zone)
    today = _at(here, time)
    return today if today >= after else _at(here + timedelta(days=1), time)


def next_open(between: tuple[str, str] | None, now: Instant, zone: str) -> Instant:
    """`now` inside the hours `between`, else when they begin next; always `now` without hours."""
    if between is None or is_between(f"{local(now, zone):%H:%M}", *between):
        return now
    return next_at(between[0], now, zone)


def _at(day: datetime, time: str) -> Instant:
    hour, _, minute = time.partition(":")
    return instant_of(day.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0))
