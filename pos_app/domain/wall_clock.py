"""When the clocks of a zone show a time of the day, across the nights in which they are changed."""

from __future__ import annotations

from datetime import datetime

from pos_app.clock import Instant, instant_of, local


def shown_at(day: datetime, time: str) -> tuple[Instant, ...]:
    """When the clocks show `time` (`HH:MM`) on that day: twice where they are put back over it.

    `day` is aware. Where they are put forward over it, the moment to which they jump.
    """
    hour, _, minute = time.partition(":")
    shown = day.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0, fold=0)
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
