"""Whatever two gateways of a channel do, no text is taken by both unless the first said no."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lanes.two_ways import SECOND, TwoWays, two_ways
from tests.lanes.ways import PHONE

STEPS = st.sampled_from(
    ["", "", "reset", "take-reset", "refuse:400", "refuse:503", "refuse:503:120", "refuse:429"]
)
PLANS = st.lists(STEPS, min_size=1, max_size=8)
TURNS = st.lists(st.sampled_from([(0, 1), (1, 0), (0,), (1,)]), min_size=3, max_size=6)
SETTLED = {"sent", "delivered", "failed", "uncertain", "expired", "dropped"}


@pytest.fixture
def ways(tmp_path: Path) -> Iterator[TwoWays]:
    with two_ways(tmp_path / "shop") as found:
        found.roads.limit(to_number_a_day=0)
        yield found


@given(first=PLANS, second=PLANS, turns=TURNS, swapped=st.booleans(), takes_over=st.integers(0, 7))
@settings(
    max_examples=10,
    deadline=None,
    # One shop for all evenings: what one has left undone would be found by the next.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_no_text_is_taken_twice(
    ways: TwoWays,
    first: list[str],
    second: list[str],
    turns: list[tuple[int, ...]],
    swapped: bool,
    takes_over: int,
) -> None:
    ways.roads.shop.desk.channels.set_order((SECOND, PHONE) if swapped else (PHONE, SECOND))
    ways.open_lanes()
    said = [ways.roads.ready() for _ in range(2)]
    ways.phone.plan.extend(first)
    ways.other.plan.extend(second)
    for no, places in enumerate(turns):
        ways.turn(*places)
        ways.roads.pass_time(25)
        if no == takes_over:
            ways.roads.lease.release()
            assert ways.roads.lease.take()
            ways.open_lanes()
    ways.phone.plan.clear()
    ways.other.plan.clear()
    for _ in range(4):
        ways.roads.pass_time(300)
        ways.turn()
    taken = [*ways.phone.ids(), *ways.other.ids]
    assert len(taken) == len(set(taken)), "one text, two gateways"
    for one in said:
        [text] = ways.roads.texts(one)
        assert text.state in SETTLED, "nothing hangs between the ways"
