"""Stop, kitchen closing, later orders, and the day that is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pos_app.bootstrap import Shop
from pos_app.changes import Change, SettingsChanged
from pos_app.clock import DAY_MS, HOUR_MS, MINUTE_MS, Instant, VirtualClock, instant_of
from pos_app.config import ShopSettings, Stop
from pos_app.desk.closing import closing_at
from pos_app.desk.evening_desk import EndOfDay
from pos_app.domain.order import Order
from pos_app.domain.workflow import Fulfilment, Kind
from pos_app.errors import BadInput, Refused
from tests.support.shift import now, ready, texts
from tests.support.shops import delivery, open_test_shop, pickup

TODAY = "2026-11-23"


def later(shop: Shop, clock: VirtualClock, hours: float) -> Order:
    promised_at = Instant(clock.now() + round(hours * HOUR_MS))
    return shop.desk.place(replace(pickup(shop), promised_at=promised_at)).order


def numbers(cards: object) -> list[str]:
    return [card.order.number for card in cards]  # type: ignore[attr-defined]


def test_a_stop_is_kept_told_and_ends_by_itself(shop: Shop, clock: VirtualClock) -> None:
    heard: list[Change] = []
    end = shop.feed.subscribe(heard.append)
    until = Instant(clock.now() + HOUR_MS)
    shop.desk.evening.stop(Stop(deliveries_until=until, kitchen_closes_minute=1350))
    end()
    assert SettingsChanged(("stop",)) in heard
    stop = shop.desk.setup().settings.stop
    assert stop.ends(Fulfilment.DELIVERY, clock.now()) == until
    assert stop.ends(Fulfilment.PICKUP, clock.now()) is None
    clock.advance(2 * HOUR_MS)
    assert stop.ends(Fulfilment.DELIVERY, clock.now()) is None


def test_another_window_of_the_same_store_hears_of_the_stop(
    tmp_path: Path, clock: VirtualClock
) -> None:
    with (
        open_test_shop(tmp_path / "data", clock=clock) as first,
        open_test_shop(tmp_path / "data", clock=clock) as second,
    ):
        assert second.desk.setup().settings.stop == Stop()
        first.desk.evening.stop(Stop(kitchen_closes_minute=0))
        assert second.desk.setup().settings.stop == Stop(kitchen_closes_minute=0)


@pytest.mark.parametrize(
    ("stop", "field"),
    [
        (Stop(kitchen_closes_minute=1440), "kitchen_closes_minute"),
        (Stop(kitchen_closes_minute=-1), "kitchen_closes_minute"),
        (Stop(deliveries_until=Instant(1)), "deliveries_until"),
        (Stop(everything_until=Instant(1)), "everything_until"),
    ],
)
def test_a_stop_that_cannot_be_is_refused_by_its_field(shop: Shop, stop: Stop, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        shop.desk.evening.stop(stop)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("minute", "at", "closes"),
    [
        (1350, "2026-11-23T18:00", "2026-11-23T22:30"),
        (1350, "2026-11-24T02:00", "2026-11-23T22:30"),
        (60, "2026-11-23T18:00", "2026-11-24T01:00"),
        (60, "2026-11-24T02:00", "2026-11-24T01:00"),
        (239, "2026-11-23T18:00", "2026-11-24T03:59"),
        (240, "2026-11-23T18:00", "2026-11-23T04:00"),
        (150, "2026-03-28T18:00", "2026-03-29T02:30"),
        (1350, "2026-10-25T18:00", "2026-10-25T22:30"),
    ],
)
def test_the_kitchen_closes_on_the_clock_of_the_shop(minute: int, at: str, closes: str) -> None:
    zone = ZoneInfo("Europe/Kyiv")

    def moment(text: str) -> Instant:
        return instant_of(datetime.fromisoformat(text).replace(tzinfo=zone))

    assert closing_at(minute, ShopSettings(), moment(at)) == moment(closes)


def test_orders_promised_after_the_kitchen_closes_are_listed(
    shop: Shop, clock: VirtualClock
) -> None:
    later(shop, clock, 1)
    late = later(shop, clock, 2)
    later(shop, clock, 22)
    made = later(shop, clock, 2)
    shop.desk.bump(made.id)
    shop.desk.bump(made.id)
    assert shop.desk.evening.after_closing() == []
    shop.desk.evening.stop(Stop(kitchen_closes_minute=22 * 60 + 30))
    assert numbers(shop.desk.evening.after_closing()) == [late.number]


def test_later_orders_stand_in_the_order_in_which_they_enter(
    shop: Shop, clock: VirtualClock
) -> None:
    shop.desk.place(pickup(shop))
    second = later(shop, clock, 3)
    first = later(shop, clock, 2)
    assert numbers(shop.desk.evening.later()) == [first.number, second.number]
    shop.desk.kitchen.fire(first.id)
    assert numbers(shop.desk.evening.later()) == [second.number]


def test_a_day_is_closed_when_nothing_of_it_is_open(shop: Shop) -> None:
    order = ready(shop, pickup(shop))
    with pytest.raises(Refused, match=order.number):
        shop.desk.evening.close_day(TODAY)
    assert shop.desk.evening.end_of_day().closed is False
    shop.desk.evening.close_order(order.id, "collected")
    assert shop.desk.evening.end_of_day() == EndOfDay(TODAY, (), closed=False)
    shop.desk.evening.close_day(TODAY)
    shop.desk.evening.close_day(TODAY)
    assert shop.desk.evening.end_of_day() == EndOfDay(TODAY, (), closed=True)


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        ("collected", Kind.PICKED_UP),
        ("not_collected", Kind.NOT_COLLECTED),
        ("cancelled", Kind.CANCELLED),
    ],
)
def test_each_answer_ends_the_order_silently_and_without_times(
    shop: Shop, answer: str, end: Kind
) -> None:
    order = ready(shop, pickup(shop))
    shop.desk.evening.close_order(order.id, answer)
    closed = now(shop, order)
    assert (closed.kind, closed.times_known) == (end, False)
    assert closed.times.ended_at is not None
    assert texts(shop, order) == [("ready", "cancelled")]
    with pytest.raises(Refused, match="has ended"):
        shop.desk.evening.close_order(order.id, answer)


def test_a_delivery_that_was_collected_is_delivered(shop: Shop) -> None:
    order = shop.desk.place(delivery(shop)).order
    shop.desk.evening.close_order(order.id, "collected")
    assert now(shop, order).kind is Kind.DELIVERED


def test_an_unknown_answer_is_refused(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    with pytest.raises(BadInput) as refused:
        shop.desk.evening.close_order(order.id, "eaten")
    assert refused.value.field == "answer"


def test_the_first_look_of_the_next_day_finds_what_was_left_open(
    shop: Shop, clock: VirtualClock
) -> None:
    left = shop.desk.place(pickup(shop)).order
    ahead = later(shop, clock, 22)
    assert shop.desk.evening.left_open() is None
    clock.advance(15 * HOUR_MS)
    shop.desk.place(pickup(shop))
    found = shop.desk.evening.left_open()
    assert found is not None
    assert (found.business_date, numbers(found.cards), found.closed) == (
        TODAY,
        [left.number],
        False,
    )
    assert ahead.number not in numbers(found.cards), "promised for today"
    shop.desk.evening.close_order(left.id, "not_collected")
    shop.desk.evening.close_day(TODAY)
    assert shop.desk.evening.left_open() is None


def test_before_the_cut_over_hour_it_is_still_yesterdays_evening(
    shop: Shop, clock: VirtualClock
) -> None:
    shop.desk.place(pickup(shop))
    clock.advance(6 * HOUR_MS)
    assert shop.desk.evening.left_open() is None
    assert shop.desk.evening.end_of_day().business_date == TODAY
    clock.advance(HOUR_MS + MINUTE_MS)
    assert shop.desk.evening.left_open() is not None


def test_an_order_for_tomorrow_does_not_hold_up_the_close(shop: Shop, clock: VirtualClock) -> None:
    later(shop, clock, 22)
    assert shop.desk.evening.end_of_day().cards == ()
    shop.desk.evening.close_day(TODAY)
    clock.advance(DAY_MS)
    with pytest.raises(Refused, match="Still open"):
        shop.desk.evening.close_day("2026-11-24")


@pytest.mark.parametrize("day", ["2026-11-24", "yesterday"])
def test_a_day_that_has_not_come_cannot_be_closed(shop: Shop, day: str) -> None:
    with pytest.raises(BadInput) as refused:
        shop.desk.evening.close_day(day)
    assert refused.value.field == "business_date"
