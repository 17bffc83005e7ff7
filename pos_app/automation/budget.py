"""What may still be said at what spend, and how often. Pure: lanes and simulations ask alike.

As a month's money runs out *offers* stop first, then feedback, then texts such as *accepted*;
a fifth of the budget is kept for *ready* and what corrects it.
"""

from __future__ import annotations

from pos_app.automation.urgency import Urgency
from pos_app.config import TextLimits

TOO_MANY, BUDGET = "too_many", "budget"
SPARED = "spared"
"""What is left of the budget is kept for texts about orders in hand."""

SHARES = {
    Urgency.OFFER: 60,
    Urgency.FEEDBACK: 70,
    Urgency.ORDER: 80,
    Urgency.READY: 100,
}
"""How much of the budget, in per cent, texts of each kind may carry the spend to."""


def may_leave(urgency: Urgency, *, spent: int, cost: int, budget: int) -> bool:
    """Whether a text may cost `cost` when `spent` is gone of `budget` (0: there is none).

    All in hundredths of the minor unit. What costs nothing always may.
    """
    if not budget or not cost:
        return True
    return (spent + cost) * 100 <= budget * SHARES[urgency]


def money_refusal(urgency: Urgency, *, spent: int, cost: int, budget: int) -> str:
    """Why a text is too dear for this month; empty when it may leave."""
    if may_leave(urgency, spent=spent, cost=cost, budget=budget):
        return ""
    # Nobody is called because he got no offer, and was not asked how it was.
    return SPARED if urgency >= Urgency.FEEDBACK else BUDGET


def caps_refusal(
    limits: TextLimits, *, to_number: int, to_all: int, day_cost: int, cost: int
) -> str:
    """Why a text that costs `cost` is too many or too dear after those of the last 24 hours.

    `to_number` and `to_all` of them have left, for `day_cost`. Empty when it may leave.
    """
    if limits.to_number_a_day and to_number >= limits.to_number_a_day:
        return TOO_MANY
    if limits.a_day and to_all >= limits.a_day:
        return TOO_MANY
    if limits.day_cost and cost and day_cost + cost > limits.day_cost:
        return BUDGET
    return ""
