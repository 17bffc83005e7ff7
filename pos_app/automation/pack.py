"""Ready rules: what most shops want sooner or later, each a switch away.

Their ids are fixed, so that switching one on twice makes one rule. Only the three of
`defaults.py` are on in a new shop.
"""

from __future__ import annotations

from pos_app.automation import pack_of_guests, pack_of_staff
from pos_app.automation.defaults import DEFAULT_RULES
from pos_app.automation.model import Rule
from pos_app.language import Texts


def ready_rules(language: str) -> tuple[Rule, ...]:
    """All of them in the order of an order's way; names and words to the staff in `language`."""
    texts = Texts(language)
    return (
        *DEFAULT_RULES,
        *pack_of_guests.rules(texts),
        *pack_of_staff.rules(texts),
    )


def ready_rule(pack: str, language: str) -> Rule | None:
    """The ready rule that is called `pack`."""
    return next((rule for rule in ready_rules(language) if rule.pack == pack), None)
