"""The stated kitchen: nobody makes two pizzas at once, and chance comes from the seed alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.clock import MINUTE_MS, Instant
from pos_app.domain.workflow import Fulfilment
from pos_app.replay.kitchen import BAKING_MS, TOLD_MS, Plan, making_ms, plan, prep_minutes
from pos_app.replay.sales import Pizza, Sale, Sales
from pos_app.replay.schedule import in_zone, schedule

START = datetime(2015, 2, 6, 18, 0)  # noqa: DTZ001 - a wall time
NEW_YORK = ZoneInfo("America/New_York")
SIZES = st.sampled_from(["S", "M", "L", "XL", "XXL", "?"])


@st.composite
def arrivals(draw: st.DrawFn) -> list[tuple[Sale, Instant]]:
    gaps = draw(st.lists(st.integers(0, 600), min_size=1, max_size=20))
    found, at = [], Instant(0)
    for index, gap in enumerate(gaps):
        at = Instant(at + gap * 1_000)
        sizes = draw(st.lists(SIZES, min_size=1, max_size=5))
        pizzas = tuple(Pizza("x", size, "y", "1") for size in sizes)
        found.append((Sale(str(index), START, pizzas), at))
    return found


@given(arrivals(), st.integers(0, 9), st.integers(1, 5))
def test_an_order_s_times_follow_each_other(
    given_arrivals: list[tuple[Sale, Instant]], seed: int, cooks: int
) -> None:
    for one in plan(given_arrivals, seed=seed, cooks=cooks):
        assert one.placed_at < one.started_at < one.ready_at < one.gone_at
        assert one.ready_at - one.started_at >= BAKING_MS
        if one.fulfilment is Fulfilment.PICKUP:
            assert one.gone_at >= one.placed_at + TOLD_MS


@given(arrivals(), st.integers(0, 9))
def test_orders_are_started_in_the_order_they_came(
    given_arrivals: list[tuple[Sale, Instant]], seed: int
) -> None:
    starts = [one.started_at for one in plan(given_arrivals, seed=seed, cooks=2)]
    assert starts == sorted(starts)


@given(arrivals(), st.integers(0, 9))
def test_one_cook_makes_one_pizza_at_a_time(
    given_arrivals: list[tuple[Sale, Instant]], seed: int
) -> None:
    plans = plan(given_arrivals, seed=seed, cooks=1)
    for earlier, later in pairwise(plans):
        assert later.started_at >= earlier.ready_at - BAKING_MS


def test_more_cooks_are_never_slower() -> None:
    rush = [
        (Sale(str(n), START, (Pizza("x", "L", "y", "1"),) * 3), Instant(n * MINUTE_MS))
        for n in range(30)
    ]
    waits = [
        max(one.ready_at - one.placed_at for one in plan(rush, cooks=cooks)) for cooks in (1, 2, 6)
    ]
    assert waits == sorted(waits, reverse=True)
    assert waits[0] > waits[2]


def test_chance_depends_on_seed_and_order_not_on_what_came_before() -> None:
    late = (Sale("late", START, (Pizza("x", "M", "y", "1"),)), Instant(10 * 3_600_000))
    early = (Sale("early", START, (Pizza("x", "M", "y", "1"),)), Instant(0))

    def of(plans: list[Plan]) -> Plan:
        return plans[-1]

    assert of(plan([early, late])) == of(plan([late]))
    assert of(plan([late], seed=2)) != of(plan([late], seed=3))


@pytest.mark.parametrize(("size", "minutes"), [("S", 12), ("L", 13), ("XXL", 14), ("family", 13)])
def test_the_menu_promises_what_the_kitchen_takes(size: str, minutes: int) -> None:
    assert prep_minutes(size) == minutes
    assert making_ms("S") < making_ms("XXL")


def test_a_time_that_the_clocks_skip_or_repeat_is_still_one_moment() -> None:
    skipped = in_zone(datetime(2015, 3, 8, 2, 30), NEW_YORK)  # noqa: DTZ001 - a wall time
    assert skipped == in_zone(datetime(2015, 3, 8, 3, 30), NEW_YORK)  # noqa: DTZ001
    twice = in_zone(datetime(2015, 11, 1, 1, 30), NEW_YORK)  # noqa: DTZ001
    after = in_zone(datetime(2015, 11, 1, 2, 30), NEW_YORK)  # noqa: DTZ001
    assert after - twice == 2 * 60 * MINUTE_MS


def test_orders_over_the_change_of_clocks_keep_their_order() -> None:
    before = datetime(2015, 3, 7, 23, 0)  # noqa: DTZ001 - wall times
    times = [before + timedelta(minutes=20 * step) for step in range(30)]
    sales = tuple(Sale(f"{n:02}", at, (Pizza("x", "S", "y", "1"),)) for n, at in enumerate(times))
    planned = schedule(Sales(sales, ()), NEW_YORK, None, None, 1, 2)
    steps = [step.at for step in planned.steps]
    assert steps == sorted(steps)
    assert planned.orders == 30


def test_the_shift_is_one_constant_and_the_moment_is_the_last_played() -> None:
    sales = tuple(
        Sale(str(n), START + timedelta(minutes=10 * n), (Pizza("x", "S", "y", "1"),))
        for n in range(6)
    )
    until = START + timedelta(minutes=25)
    now = Instant(1_795_460_400_000)
    planned = schedule(Sales(sales, ()), NEW_YORK, until, now, 1, 2)
    assert (planned.orders, planned.left_out) == (3, 3)
    assert planned.shift_ms == now - in_zone(until, NEW_YORK)
    assert max(step.at for step in planned.steps) <= in_zone(until, NEW_YORK)
