"""Ways after another on which one text tries to reach a guest: WhatsApp → SMS → e-mail. Pure.

A message carries the legs that are still before it as a document. The next one begins when the
one before cannot reach him or has not within its minutes; the first *delivered* ends them all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

DEFAULT_MINUTES = 5
MOST_LEGS = 4
OVER = frozenset({"failed", "dropped"})
"""States in which a leg has ended without the guest being told."""
_FOR_GOOD = frozenset({"opted_out", "by_hand", "stopped", "too_late", "no_words", "told"})


@dataclass(frozen=True, slots=True)
class Leg:
    """A further channel. `minutes`: how long the leg before has until this one begins."""

    channel: str
    minutes: int = DEFAULT_MINUTES


@dataclass(frozen=True, slots=True)
class Step:
    """The leg that begins now: its place among the legs of its message, and those after it."""

    channel: str
    passed: int
    left: tuple[Leg, ...]


def ends_leg(state: str, reason: str) -> bool:
    """Whether a leg that ended so leaves the guest untold, and another channel may tell him.

    What he does not want, or what nobody could say, no channel says. An unknown outcome is left
    to a person: he may have been told.
    """
    return state in OVER and reason not in _FOR_GOOD


def begin(
    legs: Sequence[Leg],
    is_open: Collection[str],
    *,
    spent: int = 0,
    most: int = 0,
    cost_of: Sequence[int] = (),
) -> Step | None:
    """The first of `legs` that is set up and does not carry the cost over `most` (0: no cap).

    `spent` is what the legs before have cost, `cost_of` what each of `legs` would.
    """
    for place, leg in enumerate(legs):
        cost = cost_of[place] if place < len(cost_of) else 0
        if leg.channel in is_open and not (most and cost and spent + cost > most):
            return Step(leg.channel, place + 1, tuple(legs[place + 1 :]))
    return None


def starts_at(begun_at_ms: int, legs: Sequence[Leg]) -> int | None:
    """When the next leg begins although nothing is known to have failed; None without one."""
    return begun_at_ms + legs[0].minutes * 60_000 if legs else None
