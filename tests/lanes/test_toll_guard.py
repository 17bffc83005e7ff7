"""Nobody makes money out of the shop's texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.config import TextLimits
from pos_app.lanes.toll_guard import known, refusal
from pos_app.store.sent import Counts

NONE_YET = Counts(0, 0, 0)
HERE = "+380671234567"


def refused(phone: str, limits: TextLimits, counts: Counts = NONE_YET, cost: int = 0) -> str:
    return refusal(known(phone), limits, "UA", counts, cost)


@pytest.mark.parametrize(
    ("phone", "reason"),
    [
        (HERE, ""),
        ("+48501234567", "foreign"),
        ("+12025550123", "foreign"),
        ("+380900212345", "premium"),
        ("+48701234567", "premium"),
        ("+870773111632", "foreign"),
    ],
)
def test_only_numbers_of_the_shops_country_get_texts(phone: str, reason: str) -> None:
    assert refused(phone, TextLimits()) == reason


def test_abroad_when_ticked_but_never_to_premium_numbers() -> None:
    assert refused("+48501234567", TextLimits(abroad=True)) == ""
    assert refused("+48701234567", TextLimits(abroad=True)) == "premium"


def test_only_the_prefixes_that_are_named() -> None:
    limits = TextLimits(prefixes=("+38067", "+38050"))
    assert refused(HERE, limits) == ""
    assert refused("+380931234567", limits) == "foreign"


def test_caps_per_number_per_day_and_in_money() -> None:
    limits = TextLimits(to_number_a_day=3, a_day=10, day_cost=1_000)
    assert refused(HERE, limits, Counts(2, 9, 900), 100) == ""
    assert refused(HERE, limits, Counts(3, 9, 0), 100) == "too_many"
    assert refused(HERE, limits, Counts(0, 10, 0), 100) == "too_many"
    assert refused(HERE, limits, Counts(0, 0, 901), 100) == "budget"
    assert refused(HERE, limits, Counts(0, 0, 901), 0) == ""


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 400)), max_size=60))
def test_no_series_of_texts_gets_past_a_cap(series: list[tuple[int, int]]) -> None:
    limits = TextLimits(to_number_a_day=4, a_day=9, day_cost=1_500)
    left: list[tuple[int, int]] = []
    for who, cost in series:
        counts = Counts(
            sum(one == who for one, _ in left), len(left), sum(spent for _, spent in left)
        )
        if not refused(f"+38067123456{who}", limits, counts, cost):
            left.append((who, cost))
    assert len(left) <= 9
    assert sum(cost for _, cost in left) <= 1_500
    assert all(sum(one == who for one, _ in left) <= 4 for who in range(3))
