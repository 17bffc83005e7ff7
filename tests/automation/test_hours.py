"""Local hours across nights and the changes of the clock."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.automation.conditions import is_between
from pos_app.automation.hours import next_at, next_open
from pos_app.clock import DAY_MS, HOUR_MS, Instant, instant_of, local

KYIV = "Europe/Kyiv"
TIMES = st.builds(
    lambda hour, minute: f"{hour:02}:{minute:02}", st.integers(0, 23), st.integers(0, 59)
)
MOMENTS = st.integers(1_700_000_000_000, 1_900_000_000_000).map(Instant)
ZONES = st.sampled_from([KYIV, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])


def at(*parts: int, fold: int = 0) -> Instant:
    return instant_of(datetime(*parts, tzinfo=ZoneInfo(KYIV), fold=fold))  # type: ignore[misc,arg-type]


def test_a_time_that_has_passed_is_tomorrows() -> None:
    assert next_at("11:00", at(2026, 11, 23, 10, 59), KYIV) == at(2026, 11, 23, 11)
    assert next_at("11:00", at(2026, 11, 23, 11), KYIV) == at(2026, 11, 23, 11)
    assert next_at("11:00", at(2026, 11, 23, 11, 1), KYIV) == at(2026, 11, 24, 11)


def test_a_time_that_the_spring_leaves_out_is_when_the_clocks_jump() -> None:
    assert next_at("03:30", at(2026, 3, 29, 1), KYIV) == at(2026, 3, 29, 4)


def test_a_time_that_the_autumn_shows_twice_is_first_the_one_and_then_the_other() -> None:
    first, again = at(2026, 10, 25, 3, 30), at(2026, 10, 25, 3, 30, fold=1)
    assert again - first == HOUR_MS
    assert next_at("03:30", at(2026, 10, 25, 1), KYIV) == first
    assert next_at("03:30", Instant(first + 1), KYIV) == again
    assert next_at("03:30", Instant(again + 1), KYIV) == at(2026, 10, 26, 3, 30)


def test_hours_may_pass_midnight() -> None:
    evening = ("18:00", "02:00")
    assert next_open(evening, at(2026, 11, 23, 1, 59), KYIV) == at(2026, 11, 23, 1, 59)
    assert next_open(evening, at(2026, 11, 23, 2), KYIV) == at(2026, 11, 23, 18)


@given(TIMES, MOMENTS, ZONES)
def test_the_next_time_is_never_past_and_never_two_days_off(
    time: str, now: Instant, zone: str
) -> None:
    found = next_at(time, now, zone)
    assert now <= found <= now + DAY_MS + 2 * HOUR_MS
    shown = f"{local(found, zone):%H:%M}"
    assert shown == time or shown > time


@given(TIMES, TIMES, MOMENTS, ZONES)
def test_where_it_opens_it_is_open(first: str, behind: str, now: Instant, zone: str) -> None:
    if first == behind:
        return
    opens = next_open((first, behind), now, zone)
    assert opens >= now
    shown = f"{local(opens, zone):%H:%M}"
    assert opens == now or shown >= first
    assert opens != now or is_between(shown, first, behind) or shown == first


@pytest.mark.parametrize("time", ["00:00", "23:59"])
def test_the_ends_of_a_day_are_times_too(time: str) -> None:
    assert f"{local(next_at(time, at(2026, 11, 23, 12), KYIV), KYIV):%H:%M}" == time
