"""The one clock.

Instants are whole milliseconds since 1970-01-01 UTC (`Instant`): they compare, store and travel
without time zones; zones appear only where a person reads or types a time. Within a process
ages advance by boot time (suspend included), so that a wall clock that is set backwards never
makes an age negative.
"""

from __future__ import annotations

import sys
import time
from datetime import date, datetime, timedelta
from typing import NewType, Protocol
from zoneinfo import ZoneInfo

Instant = NewType("Instant", int)

SECOND_MS = 1_000
MINUTE_MS = 60_000
HOUR_MS = 3_600_000
DAY_MS = 86_400_000
# Less is the clock being trimmed, not set.
SET_BACK_MS = SECOND_MS


class Clock(Protocol):
    """What everything that needs the time takes as an argument."""

    def now(self) -> Instant:
        """The present, in milliseconds since the epoch; never behind an earlier answer."""
        ...

    def leap_ms(self) -> int:
        """By how much the wall clock has leapt and is not followed; 0 when it is right."""
        ...

    def accept(self) -> None:
        """Follow the wall clock again: a person has said that it is right."""
        ...


def boot_ms() -> int:
    """Milliseconds since this computer started, sleep included where the system tells it."""
    # Only Linux calls it so; on macOS it is the system's own monotonic clock, but not Python's.
    source = getattr(time, "CLOCK_BOOTTIME", None)
    if source is None and sys.platform == "darwin":
        source = time.CLOCK_MONOTONIC
    seconds = time.clock_gettime(source) if source is not None else time.monotonic()
    return int(seconds * 1000)


class SystemClock:
    """Wall clock plus a known offset, never behind the store's last commit (`floor`).

    When the wall clock is set back, time goes on from where it was, by boot time, until the wall
    has caught up: no age stands still or turns negative.
    """

    def __init__(self, offset_ms: int = 0, floor: Instant = Instant(0)) -> None:
        self.offset_ms = offset_ms
        self._last = floor
        self._booted_ms = boot_ms()

    def now(self) -> Instant:
        wall, booted_ms = int(time.time() * 1000) + self.offset_ms, boot_ms()
        steady = self._last
        if wall < self._last - SET_BACK_MS:
            steady = Instant(self._last + max(0, booted_ms - self._booted_ms))
        self._last, self._booted_ms = Instant(max(steady, wall)), booted_ms
        return self._last

    def leap_ms(self) -> int:
        """Always 0: this clock, the site's, follows every leap."""
        return 0

    def accept(self) -> None:
        """Nothing to accept."""


class VirtualClock:
    """A clock that a replay or a test sets; it only goes forward."""

    def __init__(self, start: Instant) -> None:
        self._now = start

    def now(self) -> Instant:
        return self._now

    def leap_ms(self) -> int:
        return 0

    def accept(self) -> None:
        """Nothing to accept."""

    def set(self, instant: Instant) -> None:
        self._now = Instant(max(self._now, instant))

    def advance(self, milliseconds: int) -> None:
        self._now = Instant(self._now + max(0, milliseconds))


def instant_of(moment: datetime) -> Instant:
    """Instant of an aware datetime. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return Instant(round(moment.timestamp() * 1000))


def local(instant: Instant, zone: str) -> datetime:
    """The wall time of `instant` in the IANA zone `zone`."""
    return datetime.fromtimestamp(instant / 1000, ZoneInfo(zone))


def iso(instant: Instant, zone: str = "UTC") -> str:
    """ISO 8601 with zone, whole seconds."""
    return local(instant, zone).isoformat(timespec="seconds")


def business_date(instant: Instant, zone: str, cutover_hour: int) -> date:
    """The day a shop books `instant` on: before the cut-over hour it is still yesterday."""
    moment = local(instant, zone)
    return (moment - timedelta(days=1)).date() if moment.hour < cutover_hour else moment.date()
