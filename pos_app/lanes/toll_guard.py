"""What keeps texts to numbers from making money for somebody else. Pure.

Who can place orders with any number (a web shop, an aggregator) could have a thousand texts sent
to a number that pays him. So only the shop's own country, no premium numbers, and caps.
"""

from __future__ import annotations

from dataclasses import dataclass

from pos_app import phones
from pos_app.automation.budget import caps_refusal
from pos_app.config import TextLimits
from pos_app.store.sent import Counts

FOREIGN, PREMIUM = "foreign", "premium"
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
    return caps_refusal(
        limits,
        to_number=counts.to_number,
        to_all=counts.to_all,
        day_cost=counts.cost,
        cost=cost,
    )
