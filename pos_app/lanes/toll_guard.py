"""What keeps texts to numbers from making money for somebody else. Pure.

Who can place orders with any number (a web shop, an aggregator) could have a thousand texts sent
to a number that pays him. So only the shop's own country, no premium numbers, and caps.
"""

from __future__ import annotations

from dataclasses import dataclass

from pos_app import phones
from pos_app.config import TextLimits
from pos_app.store.sent import Counts

FOREIGN, PREMIUM, TOO_MANY, BUDGET = "foreign", "premium", "too_many", "budget"
SPARED = "spared"
"""What is left of the budget is kept for texts about orders in hand."""
DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Number:
    """A number as its country's plan tells."""

    phone: str
    country: str
    is_premium: bool


def known(phone: str) -> Number:
    """What is known of an E.164 number."""
    return Number(phone, phones.country_of(phone), phones.is_premium(phone))


def refusal(number: Number, limits: TextLimits, country: str, counts: Counts, cost: int) -> str:
    """Why a text that costs `cost` may not go to `number`; empty when it may.

    `counts` are of the last 24 hours, without it.
    """
    if number.is_premium:
        return PREMIUM
    if number.country != country and not limits.abroad:
        return FOREIGN
    if limits.prefixes and not number.phone.startswith(limits.prefixes):
        return FOREIGN
    if limits.to_number_a_day and counts.to_number >= limits.to_number_a_day:
        return TOO_MANY
    if limits.a_day and counts.to_all >= limits.a_day:
        return TOO_MANY
    if limits.day_cost and cost and counts.cost + cost > limits.day_cost:
        return BUDGET
    return ""
