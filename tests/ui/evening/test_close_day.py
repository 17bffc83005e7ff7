"""The last one out closes the day: every open order gets its end, nobody is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pos_app.clock import DAY_MS, VirtualClock, instant_of
from pos_app.domain.workflow import Kind
from tests.support.shift import now, ready, texts
from tests.support.shops import pickup
from tests.support.window import Till

OpenTill = Callable[..., Till]
EVENING = instant_of(datetime(2026, 11, 20, 20, 0, tzinfo=UTC))


def test_each_open_order_is_one_tap_and_then_the_day_closes(open_till: OpenTill) -> None:
    till = open_till(practice=True, screen="orders")
    first, second = ready(till.shop, pickup(till.shop)), ready(till.shop, pickup(till.shop))
    till.tap("close_day_open")
    till.wait(lambda: till.sees("answer:A2"), "the open orders")
    assert not till.find("close_day_now").isEnabled()
    till.tap("answer:A1:collected")
    till.wait(lambda: not till.sees("answer:A1"), "A1 answered")
    till.tap("answer:A2:not_collected")
    till.wait(lambda: till.find("close_day_now").isEnabled(), "nothing is open")
    till.tap("close_day_now")
    till.wait(lambda: till.window.current == "orders", "back at the orders")
    assert [now(till.shop, o).kind for o in (first, second)] == [
        Kind.PICKED_UP,
        Kind.NOT_COLLECTED,
    ]
    assert not now(till.shop, first).times_known
    assert till.shop.desk.evening.end_of_day().closed
    assert all(state != "waiting" for _about, state in texts(till.shop, first))


def test_what_was_left_open_yesterday_is_said_in_the_morning(
    open_till: OpenTill, tmp_path: Path
) -> None:
    clock = VirtualClock(EVENING)
    evening = open_till(practice=True, clock=clock, screen="board", data=tmp_path / "roma")
    evening.shop.desk.place(pickup(evening.shop))
    clock.advance(DAY_MS // 2)
    morning = open_till(practice=True, clock=clock, screen="counter", data=tmp_path / "roma")
    morning.wait(lambda: bool(morning.said), "a word")
    assert morning.said[0].title == "1 order is left open from 20.11"
    morning.tap("rail:orders")
    morning.tap("close_day_open")
    morning.wait(lambda: morning.sees("answer:A1"), "yesterday's order")
    assert morning.text("close_day_title") == "Close the day: 20.11.2026"
