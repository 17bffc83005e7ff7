"""What waits of one order while rules are tried on it: runs, moments to look, unsent texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pos_app.automation.book import Ready
from pos_app.automation.engine import Course, wait_until, waited
from pos_app.automation.facts import Facts
from pos_app.automation.model import Mode, On, Once, Result, RuleVersion, Send, Step
from pos_app.automation.past import PastOrder, Way
from pos_app.clock import Instant
from pos_app.domain.order import Order

Act = Callable[[Ready, Step, Order | None, Instant], None]
Text = tuple[Ready, Send, str, Order, Instant]
"""Of which rule and step, on which channel (empty: on none), about which order, when."""


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
    channel: str
    order: Order
    leaves_at: Instant
    occasion: int


class Rehearsal:
    """The state that the store would hold of one order's rules."""

    __slots__ = ("_past", "_queued", "_said", "_spoken", "_unsent", "_waiting", "_way")

    def __init__(self, way: Way, past: PastOrder) -> None:
        self._way, self._past = way, past
        self._waiting: list[Waiting] = []
        self._queued: list[Waiting] = []
        self._unsent: list[_Unsent] = []
        self._spoken: dict[str, set[int]] = {}
        self._said: set[str] = set()

    @property
    def is_busy(self) -> bool:
        """Whether anything waits for its time."""
        return bool(self._waiting or self._unsent)

    def holds_back(self, one: RuleVersion, entry: int, *, is_unknown: bool) -> Result | None:
        """Whether the rule has spoken as often as it may, or is still at it.

        `is_unknown`: nobody knows the guest, so a rule that speaks once to a guest speaks once
        of the order.
        """
        spoken = self._spoken.get(one.rule.id)
        if spoken is None:
            return None
        options = one.rule.options
        is_once = options.once is Once.ORDER or (options.once is Once.CUSTOMER and is_unknown)
        if is_once or (options.once is Once.ENTRY and entry in spoken):
            return Result.ONCE
        if self._is_running(one.rule.id):
            if options.mode is Mode.SINGLE:
                return Result.RUNNING
            if options.mode is Mode.RESTART:
                self._waiting = [run for run in self._waiting if run.one.one.rule.id != one.rule.id]
        return None

    def _is_running(self, rule_id: str) -> bool:
        return any(run.step is not None and run.one.one.rule.id == rule_id for run in self._waiting)

    def spoke(self, one: RuleVersion, entry: int) -> None:
        """The rule has begun to speak about the stay `entry`."""
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
            self._wait_or_queue(
                Waiting(one, course.due_at, course.waits_at, entry, occasion, course.waits_for)
            )

    def _wait_or_queue(self, run: Waiting) -> None:
        rule = run.one.one.rule
        if rule.options.mode is Mode.QUEUED and self._is_running(rule.id):
            self._queued.append(run)
        else:
            self._waiting.append(run)

    def wait(self, run: Waiting) -> None:
        """A run that was due waits on."""
        self._waiting.append(run)

    def let_next(self, one: Ready, now: Instant) -> None:
        """When nothing of the rule waits any more, the first of its runs that is queued does."""
        if not self._queued or self._is_running(one.one.rule.id):
            return
        for run in self._queued:
            if run.one.one.rule.id == one.one.rule.id:
                self._queued.remove(run)
                self._waiting.append(replace(run, due_at=max(run.due_at, now)))
                return

    def move_waits(self, facts: Facts) -> None:
        """What waits until so long before the promise follows the promise."""
        self._waiting = [_moved(run, facts) for run in self._waiting]

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
        key = _key(one, step)
        if one.one.rule.options.once is Once.ORDER and self._has_said(key):
            return
        channel = self._way(step.channels, self._past.asked_on, self._past.reached_on)
        self._unsent = [
            text for text in self._unsent if text.occasion == occasion or text.channel != channel
        ]
        self._unsent.append(_Unsent(one, step, channel, order, not_before, occasion))

    def _has_said(self, key: str) -> bool:
        """Whether the step has spoken, or is about to; what was taken back was never said."""
        return key in self._said or any(_key(text.one, text.step) == key for text in self._unsent)

    def watch(self, one: Ready, at: Instant, entry: int, *, is_unknown: bool) -> None:
        """Look at `at` whether a rule of time speaks; one look each is enough."""
        is_of_stay = one.one.rule.trigger.on is On.IN_STATUS
        of_entry = entry if is_of_stay else 0
        if self.holds_back(one.one, of_entry, is_unknown=is_unknown) is None:
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
        if not gone:
            return
        self._unsent = [text for text in self._unsent if text.leaves_at > until]
        for text in gone:
            self._said.add(_key(text.one, text.step))
            yield text.one, text.step, text.channel, text.order, text.leaves_at

    def withdraw(self) -> None:
        """What has not left is no longer true."""
        self._unsent = []

    def stop(self) -> None:
        """Whatever waits ends."""
        self._waiting, self._queued = [], []


def _key(one: Ready, step: Send) -> str:
    return step.id or f"{one.one.rule.id}:{step.about}"


def _moved(run: Waiting, facts: Facts) -> Waiting:
    """`run` as it waits for the promise that `facts` know; others as they are."""
    step = waited(run.one.one.rule, run.step)
    if step is None or step.minutes_before_promise is None:
        return run
    return replace(run, due_at=Instant(max(facts.now, wait_until(step, facts, facts.now))))
