"""One past order on its way through what happened to it, under one set of rules."""

from __future__ import annotations

from dataclasses import replace

from pos_app.automation.book import Ready, RuleBook
from pos_app.automation.conditions import Seen, Values
from pos_app.automation.engine import begin, go_on, later_promise
from pos_app.automation.facts import FINDERS, Facts
from pos_app.automation.model import Field, On, Once, Result
from pos_app.automation.moments import comes_true, may_come_true
from pos_app.automation.outcomes import Outcome
from pos_app.automation.outflow import Outflow
from pos_app.automation.past import NOBODY, UNREACHED, Change, PastOrder, World
from pos_app.automation.rehearsal import Rehearsal, Waiting
from pos_app.automation.sieve import Likeness, Sieve, likeness
from pos_app.automation.tally import Tally
from pos_app.clock import DAY_MS, Instant
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind

_FAR = Instant(1 << 60)
_PASSING = frozenset(
    field.value
    for field in (
        Field.STATUS,
        Field.PHASE,
        Field.PAYMENT_TYPE,
        Field.PAYMENT_STATE,
        Field.WEEKDAY,
        Field.TIME,
        Field.SHOP_LOAD,
        Field.LATER_ORDERS,
        Field.OFFERS,
        Field.RATING,
        Field.CUSTOMER_TAG,
    )
)
"""What may be another thing at every moment; all else is asked once per order."""


class _Lasting(Seen):
    """Facts of a moment; what lasts is looked up in what was found of the order before."""

    __slots__ = ("_kept",)

    def __init__(self, facts: Facts, kept: dict[str, Values]) -> None:
        super().__init__(facts)
        self._kept = kept

    def __missing__(self, name: str) -> Values:
        values = self._kept.get(name)
        if values is None:
            values = FINDERS[name](self.facts)
            if name not in _PASSING:
                self._kept[name] = values
        self[name] = values
        return values


class Moment:
    """An order as it stands at a moment; looked at only when a rule asks, once for all rules."""

    __slots__ = ("_at", "_kept", "_likeness", "_order", "_past", "_seen", "_world")

    def __init__(
        self, at: Instant, order: Order, kept: dict[str, Values], past: PastOrder, world: World
    ) -> None:
        self._at, self._order, self._kept = at, order, kept
        self._past, self._world = past, world
        self._seen: Seen | None = None
        self._likeness: Likeness | None = None

    @property
    def likeness(self) -> Likeness:
        """Equal for orders of which rules' plainest conditions decide the same."""
        if self._likeness is None:
            self._likeness = likeness(self._order, has_asked=bool(self._past.asked_on))
        return self._likeness

    @property
    def seen(self) -> Seen:
        if self._seen is None:
            self._seen = _Lasting(self._facts(), self._kept)
        return self._seen

    def _facts(self) -> Facts:
        at, world, past = self._at, self._world, self._past
        guest, rated = past.guest, past.rated
        stars = rated[0] if rated is not None and rated[1] <= at else None
        if guest is NOBODY:
            return Facts(
                at,
                world.zone,
                self._order,
                load=world.load(at),
                stars=stars,
                categories=world.categories,
                asked_on=past.asked_on,
                hours=world.hours,
            )
        return Facts(
            at,
            world.zone,
            self._order,
            "",
            world.load(at),
            guest.before,
            guest.wants_offers(at),
            stars,
            guest.called(at),
            world.categories,
            guest.later(at),
            past.asked_on,
            world.hours,
        )


class RuleSet:
    """Rules that are tried together, filed under what they wait for, and what came of them."""

    def __init__(self, book: RuleBook, world: World) -> None:
        self.book, self.world = book, world
        self.tally = Tally(world)
        self.outflow = Outflow(world, self.tally)
        self.told: dict[tuple[str, int], Instant] = {}
        self.sieve = Sieve(book)
        self.of_time = {
            kind: tuple(one for one in book.of_time if may_come_true(one.one.rule.trigger, kind))
            for kind in Kind
        }

    def outcome(self, orders: int) -> Outcome:
        """What came of them over so many orders."""
        self.outflow.settle(_FAR)
        for sieved in self.sieve.all():
            for one in sieved.never:
                self.tally.result(one, Result.NOT_MET, sieved.times)
            sieved.times = 0
        return self.tally.outcome(orders)


class Played:
    """One order under one set of rules."""

    __slots__ = ("_kept", "_order", "_past", "_rules", "_way")

    def __init__(self, rules: RuleSet, past: PastOrder) -> None:
        self._rules, self._past = rules, past
        self._order: Order | None = None
        self._kept: dict[str, Values] = {}
        self._way = Rehearsal(rules.world.channel, past)

    def change(self, change: Change, moment: Moment, following: Instant) -> None:
        """What waited until then, then the change itself, then the looks until `following`."""
        way, occasion = self._way, change.occasion
        is_busy = way.is_busy
        if is_busy:
            self.finish(change.at)
        self._order, self._kept = change.order, change.lasting
        if is_busy:
            if occasion.withdraws:
                way.withdraw()
            if occasion.ends:
                way.stop()
            if occasion.moves_promise:
                way.move_waits(moment.seen.facts)
        if self._rules.sieve.waits(occasion):
            self._occur(moment, change)
        watching = self._rules.of_time[change.order.kind]
        if watching:
            self._watch(watching, change.at, following, change.order)

    def finish(self, until: Instant) -> None:
        """Everything whose time comes up to `until`."""
        while (waiting := self._way.next_due(until)) is not None:
            self._let_leave(waiting.due_at)
            self._go_on(waiting)
        self._let_leave(until)

    def _let_leave(self, until: Instant) -> None:
        tally = self._rules.tally
        for one, step, channel, order, at in self._way.left(until):
            silence = self._past.silence(at) or ("" if channel else UNREACHED)
            if silence:
                tally.unsaid(silence)
            else:
                self._rules.outflow.leave(one, step, channel, order, at)

    def _occur(self, moment: Moment, change: Change) -> None:
        sieve, occasion, entry = self._rules.sieve, change.occasion, change.order.entry
        found = sieve.known(occasion, moment.likeness)
        if found is None:
            found = sieve.sieved(occasion, moment.likeness, moment.seen)
        found.times += 1
        for one, is_sure in found.may:
            does_hold = is_sure or one.when.holds(moment.seen)
            result = Result.ACTED if does_hold else Result.NOT_MET
            if does_hold and one.one.rule.trigger.on is On.NEW_CUSTOMER:
                is_new = change.order.people_id is not None and self._past.guest.before == 0
                result = Result.ACTED if is_new else Result.NOT_MET
            if result is Result.ACTED:
                result = self._begin(one, moment.seen.facts, entry, change)
            self._rules.tally.result(one, result)

    def _begin(self, one: Ready, facts: Facts, entry: int, change: Change | None) -> Result:
        rule = one.one.rule
        if not one.is_plain:
            guest = facts.order.people_id if facts.order is not None else None
            held_by = self._told_lately(one, guest, facts.now) or self._way.holds_back(
                one.one, entry, is_unknown=guest is None
            )
            if held_by is not None:
                return held_by
            self._way.spoke(one.one, entry)
            if rule.options.once is Once.CUSTOMER and guest is not None:
                self._rules.told[rule.id, guest] = facts.now
        if change is None:
            course = begin(rule, facts)
            self._way.take(one, course, facts, entry, 0, self._rules.tally.act)
        else:
            undoable_s, since = change.occasion.undoable_s, change.since
            course = begin(rule, facts, undoable_s=undoable_s, since=since)
            self._way.take(one, course, facts, entry, change.seq, self._rules.tally.act)
        return Result.ACTED

    def _told_lately(self, one: Ready, guest: int | None, now: Instant) -> Result | None:
        options = one.one.rule.options
        if options.once is not Once.CUSTOMER or guest is None:
            return None
        last = self._rules.told.get((one.one.rule.id, guest))
        is_lately = last is not None and now - last < options.once_days * DAY_MS
        return Result.ONCE if is_lately else None

    def _watch(
        self, watching: tuple[Ready, ...], at: Instant, following: Instant, order: Order
    ) -> None:
        """Rules of time that come true while the order stands as it does until `following`."""
        world = self._rules.world
        before = min(following, world.until)
        for one in watching:
            moment = comes_true(one.one.rule.trigger, order, at, world.limits, before)
            if moment is not None:
                self._way.watch(one, moment, order.entry, is_unknown=order.people_id is None)

    def _go_on(self, waiting: Waiting) -> None:
        order, one = self._order, waiting.one
        if order is None:
            return
        moment = Moment(waiting.due_at, order, self._kept, self._past, self._rules.world)
        if waiting.step is None:
            self._look(one, order, moment)
            return
        if one.one.rule.options.stops_when_moved and order.entry != waiting.entry:
            self._way.let_next(one, waiting.due_at)
            return
        facts = moment.seen.facts
        later = later_promise(one.one.rule, waiting.step, facts)
        if later is not None:
            self._way.wait(replace(waiting, due_at=later))
            return
        course = go_on(
            one.one.rule, waiting.step, facts, waiting.due_at, waited_for=waiting.waited_for
        )
        self._way.take(one, course, facts, waiting.entry, waiting.occasion, self._rules.tally.act)
        self._way.let_next(one, waiting.due_at)

    def _look(self, one: Ready, order: Order, moment: Moment) -> None:
        """A rule of time looks whether it may speak now."""
        result = Result.NOT_MET
        if self._rules.sieve.look(one, moment.likeness, lambda: moment.seen):
            entry = order.entry if one.one.rule.trigger.on is On.IN_STATUS else 0
            result = self._begin(one, moment.seen.facts, entry, None)
        self._rules.tally.result(one, result)
