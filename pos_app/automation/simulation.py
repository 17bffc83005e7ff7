"""Rules tried on past days: who would have got what, when, in which language, at what cost.

Pure, on a virtual clock: each order is played through its own changes, and what rules do about
them is counted and never done. An order is played by itself, so that memory does not grow with
their number; what a rule moves or tags does not come back as a further occasion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from pos_app.automation.book import Ready, RuleBook
from pos_app.automation.conditions import Seen
from pos_app.automation.engine import begin, go_on, is_too_late, judge
from pos_app.automation.events import Event, fits
from pos_app.automation.facts import Categories, Facts
from pos_app.automation.model import On, Once, Result, RuleVersion, Send
from pos_app.automation.moments import comes_true
from pos_app.automation.outcomes import Outcome, RuleCount, Said
from pos_app.automation.rehearsal import Rehearsal, Waiting
from pos_app.clock import DAY_MS, Instant
from pos_app.domain.board import StageLimits
from pos_app.domain.opening import ALWAYS_OPEN, OpeningHours
from pos_app.domain.order import Order

MOST_SAID = 1_000
_FAR = Instant(1 << 60)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to an order: what it was to rules, and how the order stood then.

    `undoable_s`: for so long it could be undone. `since`: when it was, if it was told later.
    `withdraws`: what waited to be said was no longer true; `ends`: rules stopped too.
    """

    at: Instant
    seq: int
    events: tuple[Event, ...]
    order: Order
    undoable_s: int = 0
    since: Instant | None = None
    withdraws: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An order with everything that happened to it, in order; beside it what the shop knew."""

    changes: tuple[Change, ...]
    past_orders: int = 0
    later_orders: int = 0
    offers: bool = False
    stars: int | None = None
    customer_tags: tuple[str, ...] = ()
    asked_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """The shop as rules see it. `parts` of a text by about, language and channel; `prices` of a
    part by channel, in hundredths of the minor unit; `load` at a moment; `hours` as they are now.
    """

    zone: str
    until: Instant
    limits: StageLimits = field(default_factory=StageLimits)
    categories: Categories = field(default_factory=dict)
    parts: Callable[[str, str, str], int] = lambda _about, _language, _channel: 1
    prices: Mapping[str, int] = field(default_factory=dict)
    load: Callable[[Instant], int] = lambda _at: 0
    language: str = "en"
    hours: OpeningHours = ALWAYS_OPEN


class Simulation:
    """Plays orders one after the other and counts."""

    def __init__(self, rules: Iterable[RuleVersion], world: World) -> None:
        self._book = RuleBook(rules)
        self._world = world
        self._tally = Tally(world)
        self._told: dict[tuple[str, int], Instant] = {}
        self._orders = 0

    def play(self, past: PastOrder) -> None:
        """Let the rules speak about one order, from its first change to the end of the days."""
        self._orders += 1
        played = _Played(self._book, self._world, self._tally, self._told, past)
        for no, change in enumerate(past.changes):
            following = past.changes[no + 1].at if no + 1 < len(past.changes) else _FAR
            played.change(change, following)
        played.finish(self._world.until)

    def play_days(self, since: Instant) -> None:
        """Let the daily rules speak for every slot from `since` on."""
        from pos_app.automation.hours import next_at

        world = self._world
        for one in self._book.on(On.DAILY):
            at = next_at(one.one.rule.trigger.at, since, world.zone)
            while at <= world.until:
                self._play_slot(one, at)
                at = next_at(one.one.rule.trigger.at, Instant(at + 1), world.zone)

    def _play_slot(self, one: Ready, at: Instant) -> None:
        world = self._world
        facts = Facts(at, world.zone, load=world.load(at), hours=world.hours)
        finding = judge(one, Seen(facts))
        self._tally.result(one, finding.result)
        if finding.result is Result.ACTED:
            course = begin(one.one.rule, facts)
            while True:
                for due in course.dues:
                    self._tally.act(one, due.step, None, facts.now)
                if course.due_at is None or course.waits_at is None:
                    return
                facts = replace(facts, now=course.due_at)
                held = course.waits_for
                course = go_on(one.one.rule, course.waits_at, facts, course.due_at, waited_for=held)

    def outcome(self) -> Outcome:
        return self._tally.outcome(self._orders)


class Tally:
    """Counts what would have been said and done."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._results: dict[str, Counter[str]] = {}
        self._sums: dict[str, list[int]] = {}
        self._said: list[Said] = []

    def result(self, one: Ready, result: Result) -> None:
        self._results.setdefault(one.one.rule.id, Counter())[result.value] += 1

    def text(self, one: Ready, step: Send, order: Order, at: Instant) -> None:
        channel, world = step.channels[0], self._world
        language = order.customer.language or world.language
        parts = world.parts(step.about, language, channel)
        cost = parts * world.prices.get(channel, 0)
        self._add(one, (1, parts, cost, 0))
        if len(self._said) < MOST_SAID:
            self._said.append(
                Said(
                    at,
                    order.id,
                    order.number,
                    one.one.rule.id,
                    "send",
                    step.about,
                    channel,
                    language,
                    parts,
                    cost,
                )
            )

    def act(self, one: Ready, step: object, order: Order | None, at: Instant) -> None:
        self._add(one, (0, 0, 0, 1))
        if len(self._said) < MOST_SAID:
            name = str(type(step).__struct_config__.tag)  # type: ignore[attr-defined]
            order_id, number = (order.id, order.number) if order is not None else (None, "")
            self._said.append(Said(at, order_id, number, one.one.rule.id, name))

    def _add(self, one: Ready, more: tuple[int, int, int, int]) -> None:
        sums = self._sums.setdefault(one.one.rule.id, [0, 0, 0, 0])
        for place, count in enumerate(more):
            sums[place] += count

    def outcome(self, orders: int) -> Outcome:
        by_rule = {
            rule_id: RuleCount(dict(results), *self._sums.get(rule_id, [0, 0, 0, 0]))
            for rule_id, results in self._results.items()
        }
        every = list(self._sums.values())
        texts, parts, cost, acts = (sum(sums[place] for sums in every) for place in range(4))
        said = tuple(sorted(self._said, key=lambda one: one.at))
        return Outcome(orders, texts, parts, cost, acts, by_rule, said)


class _Played:
    """One order on its way through its changes."""

    def __init__(
        self,
        book: RuleBook,
        world: World,
        tally: Tally,
        told: dict[tuple[str, int], Instant],
        past: PastOrder,
    ) -> None:
        self._book, self._world, self._tally = book, world, tally
        self._told, self._past = told, past
        self._order: Order | None = None
        self._way = Rehearsal()

    def change(self, change: Change, following: Instant) -> None:
        """What waited until then, then the change itself."""
        self.finish(change.at)
        order = self._order = change.order
        if change.withdraws:
            self._way.withdraw()
        if change.ends:
            self._way.stop()
        if change.events:
            self._occasion(change, order)
        self._watch(change.at, following, order)

    def finish(self, until: Instant) -> None:
        """Everything whose time comes up to `until`."""
        while (waiting := self._way.next_due(until)) is not None:
            self._let_leave(waiting.due_at)
            self._go_on(waiting)
        self._let_leave(until)

    def _let_leave(self, until: Instant) -> None:
        for one, step, order, at in self._way.left(until):
            self._tally.text(one, step, order, at)

    def _occasion(self, change: Change, order: Order) -> None:
        waiting = [
            one
            for event in change.events
            for one in self._book.on(event.on)
            if fits(one.one.rule.trigger, event)
        ]
        if not waiting:
            return
        facts = self._facts(change.at, order)
        seen = Seen(facts)
        for one in waiting:
            result = judge(one, seen).result
            if result is Result.ACTED and one.one.rule.trigger.on is On.NEW_CUSTOMER:
                is_new = order.people_id is not None and self._past.past_orders == 0
                result = Result.ACTED if is_new else Result.NOT_MET
            if result is Result.ACTED:
                result = self._begin(one, facts, order.entry, change)
            self._tally.result(one, result)

    def _begin(self, one: Ready, facts: Facts, entry: int, change: Change | None) -> Result:
        rule = one.one.rule
        held_by = self._way.holds_back(one.one, entry) or self._told_lately(one, facts)
        if held_by is not None:
            return held_by
        self._way.spoke(one.one, entry)
        order = facts.order
        if rule.options.once is Once.CUSTOMER and order is not None and order.people_id is not None:
            self._told[rule.id, order.people_id] = facts.now
        undoable_s = change.undoable_s if change is not None else 0
        since = change.since if change is not None else None
        course = begin(rule, facts, undoable_s=undoable_s, since=since)
        occasion = change.seq if change is not None else 0
        self._way.take(one, course, facts, entry, occasion, self._tally.act)
        return Result.ACTED

    def _told_lately(self, one: Ready, facts: Facts) -> Result | None:
        options, order = one.one.rule.options, facts.order
        if options.once is not Once.CUSTOMER or order is None or order.people_id is None:
            return None
        last = self._told.get((one.one.rule.id, order.people_id))
        is_lately = last is not None and facts.now - last < options.once_days * DAY_MS
        return Result.ONCE if is_lately else None

    def _watch(self, at: Instant, following: Instant, order: Order) -> None:
        """Rules of time that come true while the order stands as it does until `following`."""
        for one in self._book.of_time:
            moment = comes_true(one.one.rule.trigger, order, at, self._world.limits)
            if moment is not None and moment < min(following, self._world.until):
                self._way.watch(one, moment, order.entry)

    def _go_on(self, waiting: Waiting) -> None:
        order, one = self._order, waiting.one
        if order is None:
            return
        facts = self._facts(waiting.due_at, order)
        if waiting.step is None:
            finding = judge(one, Seen(facts))
            result = finding.result
            if result is Result.ACTED:
                entry = order.entry if one.one.rule.trigger.on is On.IN_STATUS else 0
                result = self._begin(one, facts, entry, None)
            self._tally.result(one, result)
            return
        options = one.one.rule.options
        if options.stops_when_moved and order.entry != waiting.entry:
            return
        if is_too_late(options, waiting.due_at, facts.now):
            return
        course = go_on(
            one.one.rule, waiting.step, facts, waiting.due_at, waited_for=waiting.waited_for
        )
        self._way.take(one, course, facts, waiting.entry, waiting.occasion, self._tally.act)

    def _facts(self, now: Instant, order: Order) -> Facts:
        past, world = self._past, self._world
        return Facts(
            now,
            world.zone,
            order,
            "",
            world.load(now),
            past.past_orders,
            past.offers,
            past.stars,
            past.customer_tags,
            world.categories,
            past.later_orders,
            past.asked_on,
            world.hours,
        )
