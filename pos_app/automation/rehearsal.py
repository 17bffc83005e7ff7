"""What waits of one order while rules are tried on it: runs, moments to look, unsent texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pos_app.automation.book import Ready
from pos_app.automation.engine import Course
from pos_app.automation.facts import Facts
from pos_app.automation.model import OF_TIME, Mode, On, Once, Result, RuleVersion, Send, Step
from pos_app.clock import Instant
from pos_app.domain.order import Order

Act = Callable[[Ready, Step, Order | None, Instant], None]
Text = tuple[Ready, Send, Order, Instant]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A rule that goes on with `step` at `due_at`; None: it is looked whether it has come true.

    `waited_for`: which hours of the day it waits for.
    """

    one: Ready
    due_at: Instant
    step: int | None
    entry: int
    occasion: int
    waited_for: str = ""


@dataclass(frozen=True, slots=True)
class _Unsent:
    one: Ready
    step: Send
    order: Order
    leaves_at: Instant
    occasion: int


class Rehearsal:
    """The state that the store would hold of one order's rules."""

    __slots__ = ("_said", "_spoken", "_unsent", "_waiting")

    def __init__(self) -> None:
        self._waiting: list[Waiting] = []
        self._unsent: list[_Unsent] = []
        self._spoken: dict[str, set[int]] = {}
        self._said: set[str] = set()

    def holds_back(self, one: RuleVersion, entry: int) -> Result | None:
        """Whether the rule has spoken as often as it may, or is still at it."""
        spoken = self._spoken.get(one.rule.id)
        if spoken is None:
            return None
        options = one.rule.options
        if options.once is Once.ORDER or (options.once is Once.ENTRY and entry in spoken):
            return Result.ONCE
        mine = [run for run in self._waiting if run.one.one.rule.id == one.rule.id]
        if any(run.step is not None for run in mine):
            if options.mode is Mode.SINGLE:
                return Result.RUNNING
            if options.mode is Mode.RESTART:
                self._waiting = [run for run in self._waiting if run not in mine]
        return None

    def spoke(self, one: RuleVersion, entry: int) -> None:
        self._spoken.setdefault(one.rule.id, set()).add(entry)

    def take(
        self, one: Ready, course: Course, facts: Facts, entry: int, occasion: int, act: Act
    ) -> None:
        """Count what is due of `course`, and keep what waits."""
        for due in course.dues:
            if isinstance(due.step, Send):
                self._say(one, due.step, facts, due.not_before, due.not_after, occasion)
            else:
                act(one, due.step, facts.order, facts.now)
        if course.due_at is not None and course.waits_at is not None:
            self._waiting.append(
                Waiting(one, course.due_at, course.waits_at, entry, occasion, course.waits_for)
            )

    def _say(
        self,
        one: Ready,
        step: Send,
        facts: Facts,
        not_before: Instant,
        not_after: Instant,
        occasion: int,
    ) -> None:
        order = facts.order
        if order is None or not_after <= not_before or (step.offer and not facts.offers):
            return
        key = step.id or f"{one.one.rule.id}:{step.about}"
        if one.one.rule.options.once is Once.ORDER and key in self._said:
            return
        self._said.add(key)
        self._unsent = [
            text
            for text in self._unsent
            if text.occasion == occasion or text.step.channels[0] != step.channels[0]
        ]
        self._unsent.append(_Unsent(one, step, order, not_before, occasion))

    def watch(self, one: Ready, at: Instant, entry: int) -> None:
        """Look at `at` whether a rule of time speaks; one look each is enough."""
        is_of_stay = one.one.rule.trigger.on is On.IN_STATUS
        if self.holds_back(one.one, entry if is_of_stay else 0) is None:
            self._waiting = [
                run
                for run in self._waiting
                if run.step is not None or run.one.one.rule.id != one.one.rule.id
            ]
            self._waiting.append(Waiting(one, at, None, entry, 0))

    def next_due(self, until: Instant) -> Waiting | None:
        """Take out what is due first, up to `until`."""
        if not self._waiting:
            return None
        first = min(self._waiting, key=lambda run: run.due_at)
        if first.due_at > until:
            return None
        self._waiting.remove(first)
        return first

    def left(self, until: Instant) -> Iterator[Text]:
        """Texts that have left by `until`."""
        if not self._unsent:
            return
        gone = [text for text in self._unsent if text.leaves_at <= until]
        self._unsent = [text for text in self._unsent if text.leaves_at > until]
        for text in gone:
            yield text.one, text.step, text.order, text.leaves_at

    def withdraw(self) -> None:
        """What has not left is no longer true."""
        self._unsent = []

    def stop(self) -> None:
        """Whatever waits ends, but the looks at rules of time."""
        self._waiting = [run for run in self._waiting if run.one.one.rule.trigger.on in OF_TIME]
