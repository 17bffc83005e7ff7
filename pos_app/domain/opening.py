"""When the shop is open, and when guests are left in peace. Pure.

A shop that has said nothing is always open and never quiet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pos_app.clock import Instant, local
from pos_app.domain.wall_clock import shown_at

Span = tuple[str, str]
"""From a time of the day to another, `HH:MM`: the first belongs to it, the second does not.

The second may lie behind midnight, which is `24:00`.
"""
MIDNIGHT = "24:00"
LONGEST_DAYS = 400
"""So far ahead it is looked for the next opening."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """`week` has the spans of seven days from Monday; empty: always open.

    On the dates `closed` (ISO) nothing begins; what began the evening before goes on to its end.
    In the hours `quiet` guests get neither offers nor questions about how it was.
    """

    week: tuple[tuple[Span, ...], ...] = ()
    closed: tuple[str, ...] = ()
    quiet: Span | None = None

    @property
    def is_always_open(self) -> bool:
        return not self.week and not self.closed


ALWAYS_OPEN = OpeningHours()


def is_open(hours: OpeningHours, now: Instant, zone: str) -> bool:
    """Whether the shop is open at `now`."""
    if hours.is_always_open:
        return True
    today = local(now, zone).date()
    days = (today - timedelta(days=1), today)
    return any(first <= now < behind for first, behind in _opened(hours, days, zone))


def opens_at(hours: OpeningHours, now: Instant, zone: str) -> Instant | None:
    """`now` while the shop is open, else when it opens next; None when it never does."""
    if is_open(hours, now, zone):
        return now
    today = local(now, zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(LONGEST_DAYS))
    return next((first for first, _ in _opened(hours, days, zone) if first >= now), None)


def opened_on(hours: OpeningHours, day: date, zone: str) -> tuple[tuple[Instant, Instant], ...]:
    """From when to when the shop is open, of what begins on `day`."""
    return tuple(_opened(hours, (day,), zone))


def quiet_until(hours: OpeningHours, now: Instant, zone: str) -> Instant:
    """When the quiet hours end in which `now` lies; `now` itself outside them."""
    if hours.quiet is None:
        return now
    today = local(now, zone).date()
    days = (today - timedelta(days=1), today)
    found = (_instants(day, hours.quiet, zone) for day in days)
    return next((behind for first, behind in found if first <= now < behind), now)


def _opened(
    hours: OpeningHours, days: Iterator[date] | tuple[date, ...], zone: str
) -> Iterator[tuple[Instant, Instant]]:
    """What begins on `days`, in its order."""
    for day in days:
        if day.isoformat() in hours.closed:
            continue
        # Without a week only the closed days are said: the others are open from end to end.
        spans = hours.week[day.weekday()] if hours.week else (("00:00", MIDNIGHT),)
        for span in sorted(spans):
            first, behind = _instants(day, span, zone)
            if first < behind:
                yield first, behind


def _instants(day: date, span: Span, zone: str) -> tuple[Instant, Instant]:
    """A span that begins on `day`; one of its times that is shown twice counts both times."""
    first, behind = span
    last = day if first < behind < MIDNIGHT else day + timedelta(days=1)
    ends = shown_at(_begins(last, zone), "00:00" if behind == MIDNIGHT else behind)
    return shown_at(_begins(day, zone), first)[0], ends[-1]


def _begins(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
