"""As the money runs out offers stop first, and a fifth stays for *ready*."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos_app.automation.budget import may_leave
from pos_app.automation.urgency import Urgency, of

money = st.integers(0, 10**9)
ORDER_OF_STOPPING = ("come_back", "delivered_feedback", "accepted", "ready")


@given(spent=money, cost=money, budget=money)
def test_who_stops_first_is_the_same_at_every_spend(spent: int, cost: int, budget: int) -> None:
    may = [
        may_leave(of(about), spent=spent, cost=cost, budget=budget) for about in ORDER_OF_STOPPING
    ]
    assert may == sorted(may), "whatever may leave, what matters more may too"


@given(abouts=st.lists(st.sampled_from(ORDER_OF_STOPPING[:3])), cost=st.integers(1, 500))
def test_a_fifth_is_kept_for_ready(abouts: list[str], cost: int) -> None:
    budget, spent = 10_000, 0
    for about in abouts:
        if may_leave(of(about), spent=spent, cost=cost, budget=budget):
            spent += cost
    assert spent <= 8_000
    assert may_leave(of("ready"), spent=spent, cost=min(cost, 2_000), budget=budget)


@given(costs=st.lists(st.integers(1, 3_000), max_size=50))
def test_no_text_ever_carries_the_spend_over_the_budget(costs: list[int]) -> None:
    spent = 0
    for cost in costs:
        if may_leave(of("ready"), spent=spent, cost=cost, budget=10_000):
            spent += cost
    assert spent <= 10_000


@given(spent=money, about=st.sampled_from(ORDER_OF_STOPPING))
def test_without_a_budget_or_a_price_everything_leaves(spent: int, about: str) -> None:
    assert may_leave(of(about), spent=spent, cost=0, budget=1)
    assert may_leave(of(about), spent=spent, cost=10**9, budget=0)


def test_a_correction_matters_as_much_as_what_it_corrects() -> None:
    assert of("not_ready_yet") == of("ready") == Urgency.READY
    assert of("anything a manager has invented") == Urgency.ORDER


@given(abouts=st.sampled_from((*ORDER_OF_STOPPING, "my_own")), spent=money, cost=money)
def test_an_offer_stops_with_the_offers_whatever_it_is_about(
    abouts: str, spent: int, cost: int
) -> None:
    assert of(abouts, offer=True) == Urgency.OFFER
    may = may_leave(of(abouts, offer=True), spent=spent, cost=cost, budget=10_000)
    assert may == may_leave(of("come_back"), spent=spent, cost=cost, budget=10_000)
