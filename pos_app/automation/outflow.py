"""What of the texts that rules want said would really leave: caps and the month's budget, in time.

Orders are played one after the other, and what they say leaves in between. So texts wait here
until nothing earlier can come any more, and only then are counted, the more urgent first where
two leave at one moment. What was said beside the rules that are tried is not known.
"""

from __future__ import annotations

from collections import deque

from pos_app.automation import urgency
from pos_app.automation.book import Ready
from pos_app.automation.budget import caps_refusal, money_refusal
from pos_app.automation.model import Send
from pos_app.automation.outcomes import Said
from pos_app.automation.past import World
from pos_app.automation.tally import Tally
from pos_app.automation.urgency import Urgency
from pos_app.clock import DAY_MS, Instant
from pos_app.domain.order import Order

_BY_PHONE = ("sms", "whatsapp")
_Text = tuple[Instant, Urgency, int, Ready, Said, str]
"""When, how urgent, in which order it came, by which rule, what, and to which number."""


class Outflow:
    """The texts of one set of rules, on their way into its tally."""

    def __init__(self, world: World, tally: Tally) -> None:
        self._world, self._tally = world, tally
        self._came = 0
        self._waiting: list[_Text] = []
        self._day: deque[tuple[Instant, str, int]] = deque()
        self._to_number: dict[str, int] = {}
        self._day_cost = 0
        self._months: dict[str, int] = {}

    def leave(self, one: Ready, step: Send, channel: str, order: Order, at: Instant) -> None:
        """A text about `order` would leave at `at`."""
        said = self._tally.said(one, step, channel, order, at)
        self._came += 1
        kind = urgency.of(step.about, step.offer)
        self._waiting.append((at, kind, self._came, one, said, order.customer.phone))

    def settle(self, before: Instant) -> None:
        """Nothing that leaves before this moment is to come any more."""
        self._waiting.sort()
        later = next((n for n, text in enumerate(self._waiting) if text[0] >= before), None)
        due = self._waiting if later is None else self._waiting[:later]
        self._waiting = [] if later is None else self._waiting[later:]
        for at, kind, _came, one, said, phone in due:
            self._count(at, kind, one, said, phone)

    def _count(self, at: Instant, kind: Urgency, one: Ready, said: Said, phone: str) -> None:
        by_phone = said.channel in _BY_PHONE
        reason = self._too_many(at, phone, said.cost) if by_phone else ""
        if reason:
            self._tally.unsaid(reason)
            return
        budget = self._world.text_limits.month_budget
        if budget and said.cost:
            month = self._world.month(at)
            spent = self._months.get(month, 0)
            reason = money_refusal(kind, spent=spent, cost=said.cost, budget=budget)
            if reason:
                self._tally.unpaid(said, reason)
                return
            self._months[month] = spent + said.cost
        if by_phone:
            self._day.append((at, phone, said.cost))
            self._to_number[phone] = self._to_number.get(phone, 0) + 1
            self._day_cost += said.cost
        self._tally.text(one, said)

    def _too_many(self, at: Instant, phone: str, cost: int) -> str:
        since = at - DAY_MS
        while self._day and self._day[0][0] <= since:
            _, gone, gone_cost = self._day.popleft()
            self._day_cost -= gone_cost
            left = self._to_number[gone] - 1
            if left:
                self._to_number[gone] = left
            else:
                del self._to_number[gone]
        return caps_refusal(
            self._world.text_limits,
            to_number=self._to_number.get(phone, 0) if phone else 0,
            to_all=len(self._day),
            day_cost=self._day_cost,
            cost=cost,
        )
