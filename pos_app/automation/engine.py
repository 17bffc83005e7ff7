"""The engine: an event, what is known, the rules → what follows and why. Pure.

It is asked inside the desk's transaction, so it never reads anything it was not given, and it
does nothing itself: it says which steps are to be done now, and until when the rest waits.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from pos_app.automation import hours
from pos_app.automation.book import Ready
from pos_app.automation.conditions import Seen, holds
from pos_app.automation.facts import Facts
from pos_app.automation.model import Options, Recheck, Result, Rule, Send, Step, Wait
from pos_app.clock import MINUTE_MS, SECOND_MS, Instant

WAITS, NOT_MET = "waits", "not_met"
"""What became of a step that waits for its hours; why a rule ended before its last step."""


class Done(Struct, frozen=True, omit_defaults=True):
    """What became of one step: `did` a word for the trace, `why` a code where it did not work."""

    step_id: str
    did: str
    why: str = ""


class Finding(Struct, frozen=True, omit_defaults=True):
    """Why a triggered rule did or did not act: what each of its conditions found, in order.

    `done` is what became of the steps that were due at once.
    """

    rule_id: str
    rule_version: int
    result: Result
    found: tuple[tuple[str, ...], ...] = ()
    done: tuple[Done, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """A step to do now. A message leaves between the two instants; other acts have none."""

    step: Step
    not_before: Instant
    not_after: Instant


@dataclass(frozen=True, slots=True)
class Course:
    """How far a rule gets now. `waits_at` is the step that the rest begins with, `due_at` when.

    `waits_for`: which hours (`hours`, `closed`, `quiet`) that step waits for. `ended`: why the
    rest is not done at all.
    """

    dues: tuple[Due, ...]
    waits_at: int | None = None
    due_at: Instant | None = None
    waits_for: str = ""
    ended: str = ""


def judge(one: Ready, seen: Seen) -> Finding:
    """Whether the conditions of `one` hold."""
    found = one.when.found(seen)
    result = Result.ACTED if one.when.holds(seen) else Result.NOT_MET
    return Finding(one.one.rule.id, one.one.version, result, found)


def begin(rule: Rule, facts: Facts, *, undoable_s: int = 0, since: Instant | None = None) -> Course:
    """The steps of `rule` that its occasion brings at once.

    The occasion was at `since` (now by default): waits and the age of what is said count from
    then. For `undoable_s` it can be undone: a message waits out its own grace, and whatever
    cannot be taken back waits as long.
    """
    undoable_until = Instant(facts.now + undoable_s * SECOND_MS)
    return _go(rule, 0, facts, facts.now if since is None else since, undoable_until)


def go_on(rule: Rule, step: int, facts: Facts, due_at: Instant, *, waited_for: str = "") -> Course:
    """The steps of `rule` from `step` on, which were due at `due_at`.

    What had to wait for hours of the day is done only if it is still wanted.
    """
    if waited_for and not holds(rule.when, facts):
        return Course((), ended=NOT_MET)
    return _go(rule, step, facts, due_at, facts.now)


def _go(rule: Rule, first: int, facts: Facts, since: Instant, undoable_until: Instant) -> Course:
    dues: list[Due] = []
    is_undoable = undoable_until > facts.now
    for index, step in enumerate(rule.steps[first:], start=first):
        match step:
            case Wait():
                since = wait_until(step, facts, since)
                due_at = max(since, undoable_until)
                if due_at > facts.now:
                    return Course(tuple(dues), index + 1, due_at)
                continue
            case Recheck():
                if not holds(rule.when, facts):
                    return Course(tuple(dues), ended=NOT_MET)
                continue
        due = _due(step, facts, since, undoable_until)
        held_until, waits_for = hours.held_until(
            rule.options, step, facts.hours, due.not_before, facts.zone
        )
        if held_until is None:
            return Course(tuple(dues), ended=waits_for)
        if waits_for or (is_undoable and not isinstance(step, Send)):
            return Course(tuple(dues), index, max(held_until, undoable_until), waits_for)
        dues.append(due)
    return Course(tuple(dues))


def _due(step: Step, facts: Facts, since: Instant, undoable_until: Instant) -> Due:
    """When a step may be done: a text behind its grace and while it is news, others at once."""
    if not isinstance(step, Send):
        at = max(facts.now, undoable_until)
        return Due(step, at, at)
    grace_s = step.grace_s if undoable_until > facts.now else 0
    begins_at = Instant(facts.now + grace_s * SECOND_MS)
    return Due(step, begins_at, Instant(since + step.ttl_minutes * MINUTE_MS))


def wait_until(wait: Wait, facts: Facts, since: Instant) -> Instant:
    """When the steps behind `wait` are due, counted from when it was reached."""
    if wait.until:
        return hours.next_at(wait.until, since, facts.zone)
    if wait.minutes_before_promise is not None and facts.order is not None:
        return Instant(facts.order.promised_at - wait.minutes_before_promise * MINUTE_MS)
    return Instant(since + wait.seconds * SECOND_MS)


def waited(rule: Rule, step: int | None) -> Wait | None:
    """The wait after which `rule` goes on with `step`, if it is one."""
    before = rule.steps[step - 1] if step else None
    return before if isinstance(before, Wait) else None


def later_promise(rule: Rule, step: int, facts: Facts) -> Instant | None:
    """When `step` is due after all, where the promise it waits for has moved away from it."""
    wait = waited(rule, step)
    if wait is None or wait.minutes_before_promise is None:
        return None
    due_at = wait_until(wait, facts, facts.now)
    return due_at if due_at > facts.now else None


def is_too_late(options: Options, due_at: Instant, now: Instant) -> bool:
    """Whether what was due at `due_at` is skipped rather than done late."""
    limit_ms = options.skip_after_minutes * MINUTE_MS
    return bool(limit_ms) and now - due_at > limit_ms
