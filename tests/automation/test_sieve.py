"""What is decided once for alike orders is what each of them would have said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos_app.automation.book import RuleBook
from pos_app.automation.conditions import Seen, holds
from pos_app.automation.events import Event
from pos_app.automation.facts import Facts
from pos_app.automation.model import Group, On, RuleVersion
from pos_app.automation.past import Occasion
from pos_app.automation.sieve import Sieve, likeness
from pos_app.domain.order import Order
from tests.automation.drafts import draft
from tests.automation.orders import NOON
from tests.automation.test_conditions import GROUPS, ORDERS

PLACED = Occasion((Event(On.PLACED),))


@given(when=GROUPS, orders=st.lists(ORDERS, min_size=2, max_size=3))
def test_what_alike_orders_share_is_decided_as_each_would(when: Group, orders: list[Order]) -> None:
    sieve = Sieve(RuleBook([RuleVersion(draft(On.PLACED, when=when), 1)]))
    for order in orders:
        facts = Facts(NOON, "Europe/Kyiv", order)
        alike = likeness(order, has_asked=False)
        found = sieve.known(PLACED, alike) or sieve.sieved(PLACED, alike, Seen(facts))
        if found.never:
            assert not holds(when, facts)
        for _rule, is_sure in found.may:
            assert holds(when, facts) or not is_sure


def test_only_rules_that_wait_for_it_are_asked() -> None:
    sieve = Sieve(RuleBook([RuleVersion(draft(On.PAID), 1)]))
    assert not sieve.waits(PLACED)
    assert sieve.waits(Occasion((Event(On.PAID),)))
