"""How long lanes wait, and which text goes first: pure."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from pos_app.clock import DAY_MS, Instant
from pos_app.lanes.backoff import delay_s
from pos_app.lanes.delivery import next_asked_at
from pos_app.lanes.pacing import in_order
from pos_app.store.sending import NEVER


@given(
    failures=st.integers(0, 10_000),
    base=st.floats(0.1, 10),
    cap=st.floats(1, 600),
    drawn=st.floats(0, 1),
)
def test_a_wait_is_never_longer_than_its_cap(
    failures: int, base: float, cap: float, drawn: float
) -> None:
    wait = delay_s(failures, base_s=base, cap_s=cap, draw=lambda: drawn)
    assert 0 < wait <= cap
    assert wait >= min(base, cap) / 2


def test_each_failure_waits_twice_as_long_and_tills_are_not_in_step() -> None:
    assert [delay_s(n, cap_s=60, draw=lambda: 1.0) for n in range(1, 9)] == [
        1, 2, 4, 8, 16, 32, 60, 60,
    ]  # fmt: skip
    assert len({delay_s(5) for _ in range(20)}) > 10


@dataclass(frozen=True)
class Text:
    id: int
    about: str
    next_try_at: Instant
    address: str = "+380671234567"
    not_after: Instant = NEVER


def test_ready_goes_first_then_the_longest_due() -> None:
    early, late = Text(1, "accepted", Instant(10)), Text(2, "accepted", Instant(20))
    ready = Text(3, "ready", Instant(30))
    offer = Text(4, "come_back", Instant(0))
    assert in_order([offer, early, late, ready]) == [ready, early, late, offer]
    assert in_order([]) == []


def test_a_delivery_is_asked_for_less_and_less_often() -> None:
    at, asked = Instant(5_000), []
    while at != NEVER:
        asked.append(at)
        at = next_asked_at(Instant(0), at)
    gaps = [round((b - a) / 1000) for a, b in itertools.pairwise(asked)]
    assert gaps[:4] == [15, 60, 300, 900]
    assert set(gaps[4:]) == {900}
    assert asked[-1] > DAY_MS
