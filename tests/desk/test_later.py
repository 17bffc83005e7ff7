"""Later orders enter the kitchen when they have to be begun; held ones wait for a word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, SECOND_MS, Instant, VirtualClock
from pos_app.domain.board import Band, is_held, is_later, standing
from pos_app.domain.order import Draft
from pos_app.domain.quote import TellGuests
from pos_app.domain.workflow import Kind
from pos_app.errors import Refused
from pos_app.lanes.sync import sync_once
from tests.desk.kitchen import events, kitchen_printer, now, slips
from tests.support.shops import EVENING, delivery, line, pickup


def at(minutes: float) -> Instant:
    return Instant(EVENING + round(minutes * MINUTE_MS))


def promised(draft: Draft, minutes: float) -> Draft:
    return replace(draft, promised_at=at(minutes))


def test_an_order_for_later_enters_when_it_has_to_be_begun(shop: Shop) -> None:
    order = shop.desk.place(promised(pickup(shop, "Margherita", "Tiramisu"), 90)).order
    assert order.enters_at == at(90 - 12), "twelve minutes for the pizza"
    assert is_later(order, EVENING)
    assert not is_later(order, order.enters_at)


def test_a_quick_dish_gets_at_least_the_minutes_of_new(shop: Shop) -> None:
    order = shop.desk.place(promised(pickup(shop, "Cola"), 90)).order
    assert order.enters_at == at(87)


def test_a_delivery_enters_earlier_by_its_way(shop: Shop) -> None:
    assert shop.desk.setup().settings.tell_guests == TellGuests(20, 50)
    order = shop.desk.place(promised(delivery(shop, "Margherita"), 90)).order
    assert order.enters_at == at(90 - 12 - 30)


@pytest.mark.parametrize("minutes", [12.9, 13])
def test_what_would_wait_a_minute_enters_at_once(shop: Shop, minutes: float) -> None:
    order = shop.desk.place(promised(pickup(shop), minutes)).order
    assert order.enters_at == 0
    assert not is_later(order, EVENING)


def test_the_header_s_minutes_make_no_later_order(shop: Shop) -> None:
    for _ in range(8):
        shop.desk.move_tell_guests(5)
    assert shop.desk.place(pickup(shop)).order.enters_at == 0


def test_the_timers_let_a_later_order_in(shop: Shop, clock: VirtualClock, tmp_path: Path) -> None:
    kitchen_printer(shop, tmp_path)
    order = shop.desk.place(promised(pickup(shop), 60)).order
    assert slips(shop, order.id) == []
    assert shop.desk.kitchen.enter_due() == order.enters_at
    clock.set(Instant(order.enters_at - 1))
    sync_once(shop)
    assert is_later(now(shop, order.id), clock.now())
    clock.set(order.enters_at)
    sync_once(shop)
    entered = now(shop, order.id)
    assert (entered.entered_at, entered.tickets[0].entered_at) == (clock.now(), clock.now())
    assert events(shop, order.id) == ["order_placed", "entered_kitchen"]
    assert [what for what, _ in slips(shop, order.id)] == ["kitchen"]
    assert shop.desk.kitchen.enter_due() is None
    assert events(shop, order.id) == ["order_placed", "entered_kitchen"]


def test_the_next_one_is_known(shop: Shop, clock: VirtualClock) -> None:
    late = shop.desk.place(promised(pickup(shop), 90)).order
    early = shop.desk.place(promised(pickup(shop), 60)).order
    assert shop.desk.kitchen.enter_due() == early.enters_at
    clock.set(early.enters_at)
    assert shop.desk.kitchen.enter_due() == late.enters_at


def test_a_later_order_has_no_stage_clock(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(promised(pickup(shop), 60)).order
    clock.advance(40 * MINUTE_MS)
    stands = standing(now(shop, order.id), clock.now())
    assert (stands.band, stands.age_ms) == (Band.ON_TIME, 0)


def test_nobody_let_it_in_and_its_clock_still_begins_with_its_time(
    shop: Shop, clock: VirtualClock
) -> None:
    order = shop.desk.place(promised(pickup(shop), 60)).order
    clock.set(Instant(order.enters_at + 2 * MINUTE_MS))
    stands = standing(now(shop, order.id), clock.now())
    assert (stands.band, stands.age_ms) == (Band.ON_TIME, 2 * MINUTE_MS)


def test_a_later_order_is_fired_by_hand(shop: Shop, clock: VirtualClock, tmp_path: Path) -> None:
    kitchen_printer(shop, tmp_path)
    order = shop.desk.place(promised(pickup(shop), 60)).order
    clock.advance(10 * MINUTE_MS)
    fired = shop.desk.kitchen.fire(order.id)
    assert (fired.enters_at, fired.entered_at) == (clock.now(), clock.now())
    assert fired.promised_at == order.promised_at
    assert [what for what, _ in slips(shop, order.id)] == ["kitchen"]
    assert shop.desk.kitchen.fire(order.id) == fired


def test_whoever_starts_a_later_order_lets_it_in(
    shop: Shop, clock: VirtualClock, tmp_path: Path
) -> None:
    kitchen_printer(shop, tmp_path)
    order = shop.desk.place(promised(pickup(shop, "Margherita", "Tiramisu"), 60)).order
    clock.advance(10 * MINUTE_MS)
    shop.desk.bump(order.id, station_id=order.tickets[0].station_id)
    assert events(shop, order.id) == ["order_placed", "entered_kitchen", "bumped"]
    assert len(slips(shop, order.id)) == 2
    undone = shop.desk.undo(order.id)
    assert undone.kind is Kind.ACCEPTED
    assert not is_later(undone, clock.now())
    assert [t.entered_at for t in undone.tickets] == [clock.now()] * 2


def test_edits_before_it_enters_are_nothing_to_be_seen(shop: Shop) -> None:
    order = shop.desk.place(promised(pickup(shop), 60)).order
    shop.desk.add_line(order.id, line(shop, "Margherita"))
    after = shop.desk.kitchen.change_note(order.id, "no salt")
    assert after.unseen_changes == ()


def test_a_cancelled_later_order_does_not_enter(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(promised(pickup(shop), 60)).order
    shop.desk.cancel(order.id, "guest called")
    clock.advance(70 * MINUTE_MS)
    assert shop.desk.kitchen.enter_due() is None
    assert events(shop, order.id)[-1] == "cancelled"


def test_a_held_order_waits_for_fire(shop: Shop, clock: VirtualClock, tmp_path: Path) -> None:
    kitchen_printer(shop, tmp_path)
    order = shop.desk.place(replace(pickup(shop), hold=True)).order
    assert is_held(order)
    assert slips(shop, order.id) == []
    with pytest.raises(Refused, match="on hold"):
        shop.desk.bump(order.id)
    with pytest.raises(Refused, match="on hold"):
        shop.desk.bump(order.id, station_id=order.tickets[0].station_id)
    clock.advance(9 * MINUTE_MS)
    assert standing(now(shop, order.id), clock.now()).band is Band.ON_TIME
    fired = shop.desk.kitchen.hold(order.id, on=False)
    assert (fired.held_at, fired.entered_at) == (None, clock.now())
    assert fired.tickets[0].entered_at == clock.now()
    assert [what for what, _ in slips(shop, order.id)] == ["kitchen"]
    assert shop.desk.bump(order.id).moved
    assert events(shop, order.id) == ["order_placed", "fired", "bumped"]


def test_holding_stops_the_stage_clock_and_not_the_promise(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    clock.advance(2 * MINUTE_MS)
    shop.desk.kitchen.hold(order.id)
    shop.desk.kitchen.hold(order.id)
    assert events(shop, order.id) == ["order_placed", "held"]
    clock.advance(10 * MINUTE_MS)
    stands = standing(now(shop, order.id), clock.now())
    assert (stands.band, stands.age_ms) == (Band.ON_TIME, 2 * MINUTE_MS)
    clock.advance(9 * MINUTE_MS)
    assert standing(now(shop, order.id), clock.now()).band is Band.LATE


def test_what_is_made_cannot_be_held(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    with pytest.raises(Refused, match="made already"):
        shop.desk.kitchen.hold(order.id)


def test_a_held_later_order_enters_without_paper(
    shop: Shop, clock: VirtualClock, tmp_path: Path
) -> None:
    kitchen_printer(shop, tmp_path)
    order = shop.desk.place(replace(promised(pickup(shop), 60), hold=True)).order
    clock.set(order.enters_at)
    shop.desk.kitchen.enter_due()
    assert slips(shop, order.id) == []
    clock.advance(30 * SECOND_MS)
    shop.desk.kitchen.fire(order.id)
    assert [what for what, _ in slips(shop, order.id)] == ["kitchen"]
