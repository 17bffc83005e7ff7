"""Which text leaves next, and when, so that no way out is used faster than it may be. Pure.

A phone lets an application send some thirty parts in half an hour, so what a guest at the
counter waits for goes before what he already knows, and what has no room before it is too late
is known at once.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pos_app.automation import urgency
from pos_app.automation.urgency import Urgency
from pos_app.channels.pace import Pace
from pos_app.clock import SECOND_MS, Instant


class Due(Protocol):
    """A message that may leave now."""

    @property
    def id(self) -> int: ...

    @property
    def about(self) -> str: ...

    @property
    def address(self) -> str: ...

    @property
    def next_try_at(self) -> Instant: ...

    @property
    def not_after(self) -> Instant: ...


_Due = TypeVar("_Due", bound=Due)


@dataclass(frozen=True, slots=True, order=True)
class Left:
    """What has left, or is planned to: when, how many parts, to which address."""

    at: Instant
    parts: int
    to: str


@dataclass(frozen=True, slots=True)
class Plan(Generic[_Due]):
    """`now` leaves at once; `at` is when the next one may; `no_room` never will in time."""

    now: _Due | None
    at: Instant | None
    no_room: tuple[_Due, ...]


def by_about(message: Due) -> Urgency:
    """How much a text matters by what it is about alone."""
    return urgency.of(message.about)


def in_order(due: Sequence[_Due], urgency_of: Callable[[_Due], Urgency] = by_about) -> list[_Due]:
    """*Ready* before *accepted*, offers last, then the longest due."""
    return sorted(due, key=lambda m: (urgency_of(m), m.next_try_at, m.id))


def plan(
    due: Sequence[_Due],
    pace: Pace,
    left: Sequence[Left],
    now: Instant,
    parts_of: Callable[[_Due], int] = lambda _message: 1,
    urgency_of: Callable[[_Due], Urgency] = by_about,
) -> Plan[_Due]:
    """Give every due text its place behind what has left."""
    taken = sorted(left)
    goes: _Due | None = None
    soonest: Instant | None = None
    no_room: list[_Due] = []
    for message in in_order(due, urgency_of):
        parts = parts_of(message)
        at = earliest(pace, taken, parts, message.address, now)
        if at > now and at >= message.not_after:
            no_room.append(message)
            continue
        insort(taken, Left(at, parts, message.address))
        if at <= now:
            goes = goes or message
        elif soonest is None or at < soonest:
            soonest = at
    return Plan(goes, soonest, tuple(no_room))


def earliest(pace: Pace, taken: Sequence[Left], parts: int, to: str, now: Instant) -> Instant:
    """When a text of `parts` to `to` may leave, behind `taken` (oldest first).

    One that is longer than the whole window leaves alone in it.
    """
    at = now
    if pace.to_s:
        to_ms = round(pace.to_s * SECOND_MS)
        at = max([at, *(Instant(one.at + to_ms) for one in taken if to and one.to == to)])
    if not pace.parts:
        return at
    room = pace.parts - min(parts, pace.parts)
    window_ms = round(pace.window_s * SECOND_MS)
    for one in reversed(taken):
        room -= one.parts
        if room < 0:
            return max(at, Instant(one.at + window_ms))
    return at
