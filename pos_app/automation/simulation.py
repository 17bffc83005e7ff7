"""Rules tried on past days: who would have got what, when, in which language, at what cost.

Pure, on a virtual clock: each order is played through its own changes, and what rules do about
them is counted and never done. An order is played by itself, so that memory does not grow with
their number; what a rule moves or tags does not come back as a further occasion. Several sets of
rules are played side by side: what they find of an order is looked up once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from pos_app.automation.book import Ready, RuleBook
from pos_app.automation.conditions import Seen
from pos_app.automation.engine import begin, go_on, judge
from pos_app.automation.facts import Facts
from pos_app.automation.hours import next_at
from pos_app.automation.model import On, Result, RuleVersion
from pos_app.automation.outcomes import Outcome
from pos_app.automation.past import PastOrder, World
from pos_app.automation.playing import Moment, Played, RuleSet
from pos_app.clock import Instant

_FAR = Instant(1 << 60)
_SETTLED_EVERY = 500


class Simulation:
    """Plays orders one after the other under each of the sets of rules, and counts."""

    def __init__(self, sets: Sequence[Iterable[RuleVersion]], world: World) -> None:
        self._world = world
        self._sets = [RuleSet(RuleBook(rules), world) for rules in sets]
        self._orders = 0

    def play(self, past: PastOrder) -> None:
        """Let the rules speak about one order, from its first change to the end of the days."""
        self._orders += 1
        changes, world = past.changes, self._world
        played = [Played(rules, past) for rules in self._sets]
        last = len(changes) - 1
        for no, change in enumerate(changes):
            following = changes[no + 1].at if no < last else _FAR
            moment = Moment(change.at, change.order, change.lasting, past, world)
            for one in played:
                one.change(change, moment, following)
        for one in played:
            one.finish(world.until)
        if not self._orders % _SETTLED_EVERY:
            # Orders come as they were placed: none that follows says anything before this one.
            for rules in self._sets:
                rules.outflow.settle(changes[0].at)

    def play_days(self, since: Instant) -> None:
        """Let the daily rules speak for every slot from `since` on."""
        for rules in self._sets:
            for one in rules.book.on(On.DAILY):
                self._play_slots(rules, one, since)

    def outcomes(self) -> list[Outcome]:
        """What came of each set, in their order."""
        return [rules.outcome(self._orders) for rules in self._sets]

    def _play_slots(self, rules: RuleSet, one: Ready, since: Instant) -> None:
        world, time = self._world, one.one.rule.trigger.at
        at = next_at(time, since, world.zone)
        while at <= world.until:
            self._play_slot(rules, one, at)
            at = next_at(time, Instant(at + 1), world.zone)

    def _play_slot(self, rules: RuleSet, one: Ready, at: Instant) -> None:
        world = self._world
        facts = Facts(at, world.zone, load=world.load(at), hours=world.hours)
        finding = judge(one, Seen(facts))
        rules.tally.result(one, finding.result)
        if finding.result is not Result.ACTED:
            return
        course = begin(one.one.rule, facts)
        while True:
            for due in course.dues:
                rules.tally.act(one, due.step, None, facts.now)
            if course.due_at is None or course.waits_at is None:
                return
            facts = replace(facts, now=course.due_at)
            held = course.waits_for
            course = go_on(one.one.rule, course.waits_at, facts, course.due_at, waited_for=held)
