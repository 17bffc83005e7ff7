"""The till's clock: it goes by boot time, and follows the wall clock only while both agree.

A wall clock that leaps by more than a minute is not believed: somebody may have set it wrong, a
battery may be dead, a sleeping virtual machine may have woken. Time goes on by boot time from
where it was, so nothing is due early, nothing is too late and no age turns negative, until the
wall has come back or a person says that it is right.

What time it is by boot time is kept beside the store, so that a program that is started after
the leap knows of it as well. After a restart of the computer only the store's last commit is left
to judge by: a wall clock behind it is not followed, one far ahead looks like a holiday.
"""

from __future__ import annotations

import json
import os
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from pos_app.clock import MINUTE_MS, SECOND_MS, SET_BACK_MS, Instant, boot_ms

LEAP_MS = MINUTE_MS
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class BootLine:
    """In the session `boot` of this computer it is `base_ms` + milliseconds since its start."""

    boot: str
    base_ms: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What time it is, and by how much the wall clock has leapt away from it (0: they agree)."""

    now: Instant
    leap_ms: int


def judge(expected: Instant, last: Instant, wall: int, agreed_ms: int) -> Reading:
    """The time when boot time says `expected`, the last answer was `last` and the wall `wall`.

    `agreed_ms` is a distance of the wall that a person has called right.
    """
    off_ms = wall - expected
    is_agreed = abs(off_ms - agreed_ms) <= LEAP_MS
    if -SET_BACK_MS <= off_ms <= LEAP_MS:
        return Reading(Instant(max(last, wall)), 0)
    is_small = abs(off_ms) <= LEAP_MS
    return Reading(expected, 0 if is_small or is_agreed else off_ms - agreed_ms)


class ShopClock:
    """Never behind the store's last commit (`floor`); safe to ask from any thread.

    `line` is what was kept of this boot session, None when nothing was.
    """

    def __init__(self, floor: Instant, line: BootLine | None = None) -> None:
        self._guard = threading.Lock()
        wall, self._booted_ms = _wall_ms(), boot_ms()
        expected = wall if line is None else line.base_ms + self._booted_ms
        self._last = Instant(max(floor, expected if abs(wall - expected) > LEAP_MS else wall))
        # A wall that is behind the last commit from the start has not leapt before our eyes.
        self._agreed_ms = min(0, wall - floor) if line is None else 0
        self._leap_ms = 0
        self.now()

    def now(self) -> Instant:
        with self._guard:
            return self._read()

    def leap_ms(self) -> int:
        """By how much the wall clock has leapt (negative: back); 0 when it is right."""
        with self._guard:
            self._read()
            return self._leap_ms

    def accept(self) -> None:
        """A person says that the wall clock is right. Set back, time goes on by boot time."""
        with self._guard:
            self._read()
            wall = _wall_ms()
            self._agreed_ms = min(0, wall - self._last)
            self._last = Instant(max(self._last, wall))
            self._leap_ms = 0

    def line(self, boot: str) -> BootLine:
        """What a program that is started later in this boot session has to know."""
        with self._guard:
            now = self._read()
            return BootLine(boot, now - self._booted_ms)

    def _read(self) -> Instant:
        wall, booted_ms = _wall_ms(), boot_ms()
        expected = Instant(self._last + max(0, booted_ms - self._booted_ms))
        found = judge(expected, self._last, wall, self._agreed_ms)
        if abs(wall - found.now) <= LEAP_MS:
            self._agreed_ms = 0
        self._last, self._leap_ms, self._booted_ms = found.now, found.leap_ms, booted_ms
        return found.now


def boot_id() -> str:
    """Which start of this computer this is; empty where the system does not tell."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def kept_line(file: Path) -> BootLine | None:
    """The line of this boot session, if one was kept in `file`."""
    try:
        found = BootLine(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.boot and found.boot == boot_id() else None


def keep_line(file: Path, clock: ShopClock) -> None:
    """Keep the line in `file` where it is not known yet or has moved. Raises OSError."""
    boot = boot_id()
    if not boot:
        return
    kept, line = kept_line(file), clock.line(boot)
    if kept is not None and abs(kept.base_ms - line.base_ms) < SECOND_MS:
        return
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    part.write_text(json.dumps(asdict(line)), encoding="utf-8")
    part.replace(file)


def _wall_ms() -> int:
    return int(time.time() * 1000)


def clock_kept_in(file: Path, floor: Instant) -> ShopClock:
    """The clock of a store, which goes on from what another program has kept in `file`."""
    clock = ShopClock(floor, kept_line(file))
    with suppress(OSError):
        # A folder that cannot be written is told by whoever has to write into it.
        keep_line(file, clock)
    return clock
