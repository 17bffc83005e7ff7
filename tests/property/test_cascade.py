"""A text goes on by its next channel until somebody has got it, and never backwards."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.cascade import Leg, begin, ends_leg, starts_at

CHANNELS = ("sms", "whatsapp", "telegram", "mail", "push")
legs = st.lists(
    st.builds(Leg, st.sampled_from(CHANNELS), st.integers(1, 60)),
    max_size=5,
    unique_by=lambda leg: leg.channel,
)
opens = st.frozensets(st.sampled_from(CHANNELS))
costs = st.lists(st.integers(0, 500), min_size=5, max_size=5)


@given(legs=legs, is_open=opens, cost_of=costs, spent=st.integers(0, 500), most=st.integers(0, 900))
def test_every_leg_is_tried_at_most_once_and_in_its_order(
    legs: list[Leg], is_open: frozenset[str], cost_of: list[int], spent: int, most: int
) -> None:
    left, place, met = list(legs), 0, list[str]()
    while step := begin(
        left, is_open, spent=spent, most=most, cost_of=cost_of[len(legs) - len(left) :]
    ):
        place += step.passed
        assert legs[place - 1].channel == step.channel
        assert step.channel in is_open
        spent += cost_of[place - 1]
        assert not most or not cost_of[place - 1] or spent <= most
        met.append(step.channel)
        left = list(step.left)
    assert len(set(met)) == len(met)
    assert met == [leg.channel for leg in legs if leg.channel in met]


@given(legs=legs, is_open=opens)
def test_without_a_cap_every_channel_that_is_set_up_gets_its_turn(
    legs: list[Leg], is_open: frozenset[str]
) -> None:
    left, met = list(legs), list[str]()
    while step := begin(left, is_open):
        met.append(step.channel)
        left = list(step.left)
    assert met == [leg.channel for leg in legs if leg.channel in is_open]


def test_what_the_guest_does_not_want_no_other_channel_says() -> None:
    assert ends_leg("failed", "number_refused")
    assert ends_leg("failed", "no_phone")
    assert ends_leg("dropped", "foreign")
    for reason in ("opted_out", "by_hand", "stopped"):
        assert not ends_leg("dropped", reason)
    assert not ends_leg("uncertain", "unknown_outcome"), "he may have been told"
    assert not ends_leg("delivered", "")


def test_the_next_leg_waits_its_minutes() -> None:
    assert starts_at(1_000, [Leg("sms", 5), Leg("mail", 1)]) == 301_000
    assert starts_at(1_000, []) is None
