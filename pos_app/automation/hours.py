"""Local hours of the day, across nights and the changes of the clock."""

from __future__ import annotations

from datetime import timedelta

from pos_app.automation import urgency
from pos_app.automation.conditions import is_between
from pos_app.automation.model import Options, Send, Step
from pos_app.clock import Instant, local
from pos_app.domain import opening
from pos_app.domain.opening import OpeningHours
from pos_app.domain.wall_clock import shown_at

BETWEEN, CLOSED, QUIET, NEVER = "hours", "closed", "quiet", "never_open"
"""Why a step waits; `never_open`: the rule's hours and the shop's have no minute in common."""
_MOST_TURNS = 60


def next_at(time: str, after: Instant, zone: str) -> Instant:
    """The first moment from `after` on at which the shop's clocks show `time` (`HH:MM`).

    Where a change of the clock leaves that time out, the moment to which it jumps.
    """
    here = local(after, zone).replace(fold=0)
    days = (here, here + timedelta(days=1), here + timedelta(days=2))
    moments = (moment for day in days for moment in shown_at(day, time))
    return next(moment for moment in moments if moment >= after)


def next_open(between: tuple[str, str] | None, now: Instant, zone: str) -> Instant:
    """`now` inside the hours `between`, else when they begin next; always `now` without hours."""
    if between is None or is_between(f"{local(now, zone):%H:%M}", *between):
        return now
    return next_at(between[0], now, zone)


def has_hours(options: Options) -> bool:
    """Whether a rule's steps may have to wait for hours of the day."""
    return options.between is not None or options.while_open or options.not_quiet


def held_until(
    options: Options, step: Step, hours: OpeningHours, now: Instant, zone: str
) -> tuple[Instant | None, str]:
    """The first moment from `now` on at which `step` may be done, and what it waits for.

    `now` and nothing when it may be at once; None when there is no such moment.
    """
    if not has_hours(options):
        return now, ""
    at, waits_for = now, ""
    for _ in range(_MOST_TURNS):
        held = _held(options, step, hours, at, zone)
        if held is None:
            return at, waits_for
        until, why = held
        if until is None:
            return None, NEVER
        at, waits_for = until, waits_for or why
    return None, NEVER


def _held(
    options: Options, step: Step, hours: OpeningHours, at: Instant, zone: str
) -> tuple[Instant | None, str] | None:
    """What holds `step` at this moment, and until when; None when nothing does."""
    begins_at = next_open(options.between, at, zone)
    if begins_at > at:
        return begins_at, BETWEEN
    if options.while_open:
        opens_at = opening.opens_at(hours, at, zone)
        if opens_at is None or opens_at > at:
            return opens_at, CLOSED
    if options.not_quiet and isinstance(step, Send) and urgency.can_wait(step.about, step.offer):
        quiet_until = opening.quiet_until(hours, at, zone)
        if quiet_until > at:
            return quiet_until, QUIET
    return None
