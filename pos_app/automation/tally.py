"""Counting what a set of rules would have said and done."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.automation.book import Ready
from pos_app.automation.model import Result, Send, Step
from pos_app.automation.outcomes import Outcome, RuleCount, Said
from pos_app.automation.past import World
from pos_app.clock import Instant
from pos_app.domain.order import Order

MOST_SAID = 1_000
SMS = "sms"
_TEXTS, _PARTS, _COST, _ACTS = range(4)


class Tally:
    """One count per rule; of what is said and done the first thousand, in the order of time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._results: dict[str, dict[Result, int]] = {}
        self._sums: dict[str, list[int]] = {}
        self._said: list[Said] = []
        self._unsaid: dict[str, int] = {}
        self._months: dict[str, int] = {}
        self._sms = 0

    def result(self, one: Ready, result: Result, times: int = 1) -> None:
        """The rule was triggered so often, and this came of it."""
        rule_id = one.one.rule.id
        counts = self._results.get(rule_id)
        if counts is None:
            counts = self._results[rule_id] = {}
        counts[result] = counts.get(result, 0) + times

    def unsaid(self, reason: str) -> None:
        """A text that a rule wanted said reached nobody."""
        self._unsaid[reason] = self._unsaid.get(reason, 0) + 1

    def unpaid(self, said: Said, reason: str) -> None:
        """A text stayed unsaid because the month's money was gone; the month would have cost it."""
        self.unsaid(reason)
        self._cost_month(said)

    def said(self, one: Ready, step: Send, channel: str, order: Order, at: Instant) -> Said:
        """A text about `order` that leaves at `at`, with its parts and what they cost."""
        world, rule_id = self._world, one.one.rule.id
        language = order.customer.language or world.language
        parts = world.parts(step.about, language, channel)
        cost = parts * world.prices.get(channel, 0)
        return Said(
            at, order.id, order.number, rule_id, "send", step.about, channel, language, parts, cost
        )

    def text(self, one: Ready, said: Said) -> None:
        """A text of this rule has left."""
        sums = self._of(one)
        sums[_TEXTS] += 1
        sums[_PARTS] += said.parts
        sums[_COST] += said.cost
        self._sms += said.parts if said.channel == SMS else 0
        self._cost_month(said)
        self._keep(said)

    def act(self, one: Ready, step: Step, order: Order | None, at: Instant) -> None:
        """Another step was done at `at`."""
        self._of(one)[_ACTS] += 1
        name = str(type(step).__struct_config__.tag)
        order_id, number = (order.id, order.number) if order is not None else (None, "")
        self._keep(Said(at, order_id, number, one.one.rule.id, name))

    def outcome(self, orders: int) -> Outcome:
        by_rule = {
            rule_id: RuleCount(_named(results), *self._sums.get(rule_id, (0, 0, 0, 0)))
            for rule_id, results in self._results.items()
        }
        every = list(self._sums.values())
        texts, parts, cost, acts = (sum(sums[place] for sums in every) for place in range(4))
        self._cut()
        said, months = tuple(self._said), dict(sorted(self._months.items()))
        return Outcome(
            orders, texts, parts, cost, acts, by_rule, said, self._sms, self._unsaid, months
        )

    def _cost_month(self, said: Said) -> None:
        if said.cost:
            month = self._world.month(said.at)
            self._months[month] = self._months.get(month, 0) + said.cost

    def _of(self, one: Ready) -> list[int]:
        rule_id = one.one.rule.id
        sums = self._sums.get(rule_id)
        if sums is None:
            sums = self._sums[rule_id] = [0, 0, 0, 0]
        return sums

    def _keep(self, said: Said) -> None:
        self._said.append(said)
        if len(self._said) >= 4 * MOST_SAID:
            self._cut()

    def _cut(self) -> None:
        """Orders come one after the other, so what they say does not come in the order of time."""
        self._said.sort(key=lambda one: one.at)
        del self._said[MOST_SAID:]


def _named(results: Mapping[Result, int]) -> dict[str, int]:
    return {result.value: count for result, count in results.items()}
