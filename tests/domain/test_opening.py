"""Opening and quiet hours: across midnight, on closed days, on nights with another clock."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.clock import DAY_MS, HOUR_MS, MINUTE_MS, Instant, instant_of
from pos_app.domain import hours_text
from pos_app.domain.opening import OpeningHours, Span, is_open, opens_at, quiet_until
from pos_app.errors import BadInput

KYIV, NEW_YORK = "Europe/Kyiv", "America/New_York"
CLOSED: tuple[Span, ...] = ()
EVENING: tuple[Span, ...] = (("10:00", "15:00"), ("18:00", "02:00"))
WEEK = OpeningHours((CLOSED, *(EVENING,) * 6))
"""Closed on Mondays."""
TIMES = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))
SPANS = st.tuples(TIMES, TIMES).filter(lambda span: span[0] != span[1])
MOMENTS = st.integers(1_700_000_000_000, 1_900_000_000_000).map(Instant)
ZONES = st.sampled_from([KYIV, NEW_YORK, "Australia/Lord_Howe", "UTC"])


def at(zone: str, *parts: int, fold: int = 0) -> Instant:
    return instant_of(datetime(*parts, tzinfo=ZoneInfo(zone), fold=fold))  # type: ignore[misc,arg-type]


def test_who_has_said_nothing_is_always_open_and_never_quiet() -> None:
    now = at(KYIV, 2026, 11, 28, 3)
    assert is_open(OpeningHours(), now, KYIV)
    assert opens_at(OpeningHours(), now, KYIV) == now
    assert quiet_until(OpeningHours(), now, KYIV) == now


@pytest.mark.parametrize(
    ("day", "hour", "minute", "is_so"),
    [
        (24, 9, 59, False),  # a Tuesday
        (24, 10, 0, True),
        (24, 15, 0, False),
        (24, 18, 0, True),
        (25, 1, 59, True),
        (25, 2, 0, False),
        (23, 1, 59, True),  # what began on Sunday ends on Monday
        (23, 12, 0, False),
    ],
)
def test_several_spans_over_midnight_and_a_day_off(
    day: int, hour: int, minute: int, is_so: bool
) -> None:
    assert is_open(WEEK, at(KYIV, 2026, 11, day, hour, minute), KYIV) is is_so


def test_it_opens_next_after_the_break_and_after_the_day_off() -> None:
    assert opens_at(WEEK, at(KYIV, 2026, 11, 24, 16), KYIV) == at(KYIV, 2026, 11, 24, 18)
    assert opens_at(WEEK, at(KYIV, 2026, 11, 23, 3), KYIV) == at(KYIV, 2026, 11, 24, 10)


def test_on_a_closed_date_nothing_begins_but_last_evening_ends() -> None:
    holiday = OpeningHours(WEEK.week, closed=("2026-12-25",))
    assert is_open(holiday, at(KYIV, 2026, 12, 25, 1), KYIV)
    assert opens_at(holiday, at(KYIV, 2026, 12, 25, 11), KYIV) == at(KYIV, 2026, 12, 26, 10)
    only = OpeningHours(closed=("2026-12-25",))
    assert opens_at(only, at(KYIV, 2026, 12, 25, 0), KYIV) == at(KYIV, 2026, 12, 26)
    assert is_open(only, at(KYIV, 2026, 12, 24, 23, 59), KYIV)


def test_a_shop_that_is_closed_for_good_never_opens() -> None:
    assert opens_at(OpeningHours((CLOSED,) * 7), at(KYIV, 2026, 11, 24, 12), KYIV) is None


def test_the_whole_day_has_no_gap_at_midnight() -> None:
    always = OpeningHours(((("00:00", "24:00"),),) * 7)
    for minute in range(-2, 3):
        assert is_open(always, Instant(at(KYIV, 2026, 11, 24) + minute * MINUTE_MS), KYIV)


@pytest.mark.parametrize(
    ("zone", "spring", "autumn"),
    [(KYIV, (2026, 3, 29), (2026, 10, 25)), (NEW_YORK, (2026, 3, 8), (2026, 11, 1))],
)
def test_the_nights_with_another_clock(
    zone: str, spring: tuple[int, int, int], autumn: tuple[int, int, int]
) -> None:
    """Quiet from the evening to nine: an hour shorter in spring, an hour longer in autumn."""
    quiet = OpeningHours(quiet=("21:30", "09:00"))
    for day, hours in ((spring, 10.5), (autumn, 12.5)):
        ends = at(zone, *day, 9)
        began = Instant(ends - round(hours * HOUR_MS))
        assert quiet_until(quiet, began, zone) == ends
        assert quiet_until(quiet, Instant(began - 1), zone) == Instant(began - 1)
        assert quiet_until(quiet, ends, zone) == ends


def test_a_closing_time_that_is_shown_twice_counts_both_times() -> None:
    late = OpeningHours(((("18:00", "03:30"),),) * 7)
    first, again = at(KYIV, 2026, 10, 25, 3, 29), at(KYIV, 2026, 10, 25, 3, 29, fold=1)
    assert again - first == HOUR_MS
    assert is_open(late, first, KYIV)
    assert is_open(late, again, KYIV)
    assert not is_open(late, at(KYIV, 2026, 10, 25, 3, 30, fold=1), KYIV)


def test_an_opening_that_the_spring_leaves_out_is_when_the_clocks_jump() -> None:
    early = OpeningHours(((("03:30", "12:00"),),) * 7)
    night = at(KYIV, 2026, 3, 29, 2)
    assert opens_at(early, night, KYIV) == at(KYIV, 2026, 3, 29, 4)


@given(st.lists(st.lists(SPANS, max_size=2).map(tuple), min_size=7, max_size=7), MOMENTS, ZONES)
def test_when_it_opens_it_is_open_and_not_a_minute_before(
    week: list[tuple[Span, ...]], now: Instant, zone: str
) -> None:
    hours = OpeningHours(tuple(week))
    found = opens_at(hours, now, zone)
    if found is None:
        # A span of which the clocks leave out every minute is none.
        assert not any(week)
        return
    assert now <= found <= now + 8 * DAY_MS
    assert is_open(hours, found, zone)
    assert found == now or not is_open(hours, Instant(found - 1), zone)


@given(SPANS, MOMENTS, ZONES)
def test_quiet_hours_end_where_they_are_over(span: Span, now: Instant, zone: str) -> None:
    quiet = OpeningHours(quiet=span)
    ends = quiet_until(quiet, now, zone)
    assert now <= ends <= now + DAY_MS + HOUR_MS
    if ends > now:
        assert quiet_until(quiet, Instant(ends - 1), zone) == ends


# As people write them


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("10:00-22:00", "10:00-22:00"),
        ("10 – 22", "10:00-22:00"),
        ("18:00-2:00, 9:30-15", "09:30-15:00, 18:00-02:00"),
        ("0-24", "00:00-24:00"),
        ("", ""),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, shown: str) -> None:
    assert hours_text.shown(hours_text.spans_of(typed, "mon")) == shown


@pytest.mark.parametrize(
    "typed",
    ["10", "10:00", "25-26", "10:60-12", "9-9", "9-12,11-15", "22-02,23-24", "18-02,20-22", "x-y",
     "24-25", "٩-١٢", "1-2,3-4,5-6,7-8,9-10"],
)  # fmt: skip
def test_what_is_no_hours_is_refused_at_its_day(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        hours_text.read({"wed": typed}, "", "")
    assert refused.value.field == "wed"


def test_closed_days_and_quiet_hours_are_refused_by_name() -> None:
    for field, typed in (("closed", ("2026-02-30", "")), ("quiet", ("", "21:30"))):
        with pytest.raises(BadInput) as refused:
            hours_text.read({}, *typed)
        assert refused.value.field == field
    read = hours_text.read({"mon": "9-17"}, "2026-12-25, 2026-01-01 2026-12-25", "21:30-9")
    assert read.closed == ("2026-01-01", "2026-12-25")
    assert read.quiet == ("21:30", "09:00")
    assert [bool(day) for day in read.week] == [True] + [False] * 6


def test_a_week_without_a_day_is_always_open() -> None:
    assert hours_text.read({}, "", "").is_always_open
    with pytest.raises(BadInput):
        hours_text.checked(OpeningHours(((),) * 7))
    with pytest.raises(BadInput):
        hours_text.checked(OpeningHours((((("10:00", "12:00")),),)))
