"""What a simulation has found: how often rules spoke, what was said, and at what cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pos_app.clock import Instant


@dataclass(frozen=True, slots=True)
class Said:
    """One step that would have been done. `about`, `channel`, `language` only of a text."""

    at: Instant
    order_id: int | None
    number: str
    rule_id: str
    step: str
    about: str = ""
    channel: str = ""
    language: str = ""
    parts: int = 0
    cost: int = 0


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often one rule was triggered, with which results, and what it said and did."""

    results: Mapping[str, int]
    texts: int
    parts: int
    cost: int
    acts: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a set of rules would have done; `said` holds the first thousand of it.

    `parts` of all texts, `sms` of those that leave by SMS; `unsaid`: how many texts did not leave,
    by reason; `months`: cost by month (`2026-11`), in hundredths of the minor unit, also of what
    stayed unsaid because the month's budget was gone.
    """

    orders: int
    texts: int
    parts: int
    cost: int
    acts: int
    by_rule: Mapping[str, RuleCount]
    said: tuple[Said, ...]
    sms: int = 0
    unsaid: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)

    def over(self, month_budget: int) -> tuple[tuple[str, int], ...]:
        """The months that cost more than `month_budget` (0: there is none), and what they cost."""
        if not month_budget:
            return ()
        return tuple((month, cost) for month, cost in self.months.items() if cost > month_budget)


NOTHING = RuleCount({}, 0, 0, 0, 0)
_MONTH_DAYS = 30


@dataclass(frozen=True, slots=True)
class Difference:
    """What a set of rules says and does more (or less, below zero) than another."""

    texts: int
    parts: int
    cost: int
    acts: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The drafts, and the rules that are on now, over the same days.

    `days`: calendar days from the first order on, for what a month would cost. `made_up`: a day
    that never was.
    """

    since: Instant
    until: Instant
    drafts: Outcome
    now_on: Outcome
    days: int = 1
    made_up: bool = False

    def difference(self, rule_id: str) -> Difference:
        """What this draft adds to what the rule of the same id says now, if it is on."""
        wanted = self.drafts.by_rule.get(rule_id, NOTHING)
        now = self.now_on.by_rule.get(rule_id, NOTHING)
        return Difference(
            wanted.texts - now.texts,
            wanted.parts - now.parts,
            wanted.cost - now.cost,
            wanted.acts - now.acts,
        )

    def difference_of_all(self) -> Difference:
        """What all drafts together add to the rules that are on."""
        every = [self.difference(rule_id) for rule_id in self.drafts.by_rule]
        return Difference(
            sum(one.texts for one in every),
            sum(one.parts for one in every),
            sum(one.cost for one in every),
            sum(one.acts for one in every),
        )

    def in_a_month(self, cost: int) -> int:
        """What `cost` over these days would be in thirty."""
        return round(cost * _MONTH_DAYS / max(1, self.days))
