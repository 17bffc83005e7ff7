"""Local hours of the day, across nights and the changes of the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from pos_app.automation.conditions import is_between
from pos_app.clock import Instant, instant_of, local


def next_at(time: str, after: Instant, zone: str) -> Instant:
    """The first moment from `after` on at which the shop's clocks show `time` (`HH:MM`).

    Where a change of the clock leaves that time out, the moment to which it jumps.
    """
    here = local(after, zone).replace(fold=0)
    days = (here, here + timedelta(days=1), here + timedelta(days=2))
    moments = (moment for day in days for moment in _at(day, time))
    return next(moment for moment in moments if moment >= after)


def next_open(between: tuple[str, str] | None, now: Instant, zone: str) -> Instant:
    """`now` inside the hours `between`, else when they begin next; always `now` without hours."""
    if between is None or is_between(f"{local(now, zone):%H:%M}", *between):
        return now
    return next_at(between[0], now, zone)


def _at(day: datetime, time: str) -> tuple[Instant, ...]:
    """When the clocks show `time` on that day: twice where they are put back over it."""
    hour, _, minute = time.partition(":")
    shown = day.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    first, again = instant_of(shown), instant_of(shown.replace(fold=1))
    if again < first:
        return (_jump(again, first, shown),)
    return (first,) if first == again else (first, again)


def _jump(before: Instant, behind: Instant, shown: datetime) -> Instant:
    """Where between two instants the clocks are put forward over the time `shown`."""
    zone = str(shown.tzinfo)
    wanted = shown.replace(tzinfo=None)
    low, high = before, behind
    while high - low > 1:
        middle = Instant((low + high) // 2)
        low, high = (
            (low, middle) if local(middle, zone).replace(tzinfo=None) >= wanted else (middle, high)
        )
    return high
