"""A wall clock that has leapt, and the person who says that it is right."""

from __future__ import annotations

from pos_app.changes import Change, ChangeFeed, SettingsChanged
from pos_app.clock import MINUTE_MS, Clock, Instant
from pos_app.desk import catching_up
from pos_app.desk.transaction import Transaction
from pos_app.errors import Refused
from pos_app.store import lanes, sending

LANE = "leap"
"""The lane's name under which a leap is written; its code is the leap in whole minutes."""
CLOCK = "clock"


def confirm(act: Transaction, clock: Clock) -> int:
    """The wall clock is right: what waits keeps the time it has left. Returns the leap in ms.

    Forward by more than ten minutes it may as well be the shop that has slept, so the guests'
    texts wait for a person, as after a power cut.
    """
    told = next((s for s in lanes.states(act.connection) if s.lane == LANE and s.code), None)
    leap_ms = clock.leap_ms() or (int(told.code) * MINUTE_MS if told is not None else 0)
    if not leap_ms:
        raise Refused("The clock of this computer has not leapt")
    if leap_ms > 0:
        before, act.now = _around(act.now, leap_ms, is_seen=clock.leap_ms() > 0)
        sending.move_waiting(act.connection, leap_ms)
        catching_up.begin(act, before)
    lanes.note_state(act.connection, LANE, "ok", "", act.now)
    act.record("clock_confirmed", None, {"keys": [CLOCK], "leap_ms": leap_ms})
    return leap_ms


def follow_the_confirmed(feed: ChangeFeed, clock: Clock) -> None:
    """In whatever process a person says that the clock is right, all of them follow it."""

    def hear(change: Change) -> None:
        if isinstance(change, SettingsChanged) and CLOCK in change.keys:
            clock.accept()

    feed.subscribe(hear)


def _around(now: Instant, leap_ms: int, *, is_seen: bool) -> tuple[Instant, Instant]:
    """The moment before and after the leap; `is_seen`: our own clock still stands before it."""
    if is_seen:
        return now, Instant(now + leap_ms)
    return Instant(now - leap_ms), now
