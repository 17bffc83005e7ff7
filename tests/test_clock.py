"""The one clock: ages neither stand still nor turn negative."""

from __future__ import annotations

import time

import pytest

from pos_app import clock
from pos_app.clock import Instant, SystemClock, business_date, instant_of, local


class Hands:
    """The computer's two clocks, moved by the test. Seconds."""

    def __init__(self) -> None:
        self.wall_s, self.boot_s = 1_000_000.0, 50.0

    def pass_by(self, seconds: float) -> None:
        self.wall_s += seconds
        self.boot_s += seconds


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    moved = Hands()
    monkeypatch.setattr(time, "time", lambda: moved.wall_s)
    monkeypatch.setattr(clock, "boot_ms", lambda: int(moved.boot_s * 1000))
    return moved


def test_a_clock_set_back_does_not_stop_the_tickets(hands: Hands) -> None:
    shop = SystemClock()
    before = shop.now()
    hands.wall_s -= 3_600
    hands.pass_by(30)
    assert shop.now() - before == 30_000
    hands.pass_by(30)
    assert shop.now() - before == 60_000


def test_when_the_wall_has_caught_up_it_counts_again(hands: Hands) -> None:
    shop = SystemClock()
    before = shop.now()
    hands.wall_s -= 60
    hands.pass_by(10)
    shop.now()
    hands.wall_s += 90
    assert shop.now() - before == 40_000


def test_the_clock_is_never_behind_the_stores_last_commit(hands: Hands) -> None:
    committed = Instant(int(hands.wall_s * 1000) + 120_000)
    shop = SystemClock(floor=committed)
    assert shop.now() == committed
    hands.pass_by(5)
    assert shop.now() == committed + 5_000


def test_trimming_the_clock_makes_no_drift(hands: Hands) -> None:
    shop = SystemClock()
    before = shop.now()
    for _ in range(100):
        hands.pass_by(1)
        hands.wall_s -= 0.001
        shop.now()
    assert abs(shop.now() - before - 99_900) <= 2


def test_before_the_cut_over_hour_it_is_still_yesterday() -> None:
    night = instant_of(local(Instant(1_795_460_400_000), "Europe/Kyiv").replace(hour=2))
    assert business_date(night, "Europe/Kyiv", 4).isoformat() == "2026-11-22"
    assert business_date(night, "Europe/Kyiv", 2).isoformat() == "2026-11-23"
