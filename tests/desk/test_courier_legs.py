"""A courier says where he is, at the restaurant and at the door: it is known, and said once."""

from __future__ import annotations

import pytest

from pos_app.automation.model import On, Send, TellStaff
from pos_app.automation.pack import ready_rule
from pos_app.bootstrap import Shop
from pos_app.clock import SECOND_MS, VirtualClock
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from tests.desk.rule_shop import only, pass_time, told
from tests.support.couriers import tapped, use_hosted_site
from tests.support.shift import courier, events, now, texts
from tests.support.shops import delivery


@pytest.fixture
def order(shop: Shop) -> Order:
    """A delivery with a slip that a phone has scanned; nobody knows whose phone it is."""
    use_hosted_site(shop)
    placed = shop.desk.place(delivery(shop)).order
    assert tapped(shop, placed, "took") == "applied"
    return placed


def switch_on_only(shop: Shop, pack: str) -> None:
    """Of all rules the ready one of this name."""
    for known in shop.desk.rules.everything():
        shop.desk.rules.switch(known.rule.id, on=False)
    rule = ready_rule(pack, "en")
    assert rule is not None
    shop.desk.rules.save(rule, on=True, origin="pack")


def test_a_courier_waits_and_the_ready_rule_tells_the_kitchen(
    shop: Shop, clock: VirtualClock, order: Order
) -> None:
    switch_on_only(shop, "courier_waits")
    pass_time(shop, clock, 600)
    assert told(shop) == [], "he has the slip and is not here"
    assert tapped(shop, order, "at_shop") == "applied"
    pass_time(shop, clock, 299)
    assert told(shop) == []
    pass_time(shop, clock, 1)
    assert told(shop) == ["A courier waits for this order"]
    assert tapped(shop, order, "at_shop") == "ignored", "once"
    pass_time(shop, clock, 600)
    assert len(told(shop)) == 1


def test_who_gets_his_food_in_time_waits_for_nothing(
    shop: Shop, clock: VirtualClock, order: Order
) -> None:
    switch_on_only(shop, "courier_waits")
    tapped(shop, order, "at_shop")
    make(shop, order)
    pass_time(shop, clock, 600)
    assert told(shop) == []


def make(shop: Shop, order: Order) -> None:
    """Its only ticket is ready."""
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)


def test_at_the_door_the_guest_is_told_once(shop: Shop, clock: VirtualClock, order: Order) -> None:
    only(shop, On.COURIER_ARRIVED, Send("", "on_the_way", ("sms",), grace_s=0))
    make(shop, order)
    assert tapped(shop, order, "at_shop") == "applied"
    assert tapped(shop, order, "picked_up") == "applied"
    assert texts(shop, order) == []
    assert tapped(shop, order, "arrived") == "applied"
    assert tapped(shop, order, "arrived") == "ignored"
    assert [about for about, _state in texts(shop, order)] == ["on_the_way"]
    assert (now(shop, order).kind, now(shop, order).courier_leg) == (
        Kind.OUT_FOR_DELIVERY,
        "arrived",
    )
    assert tapped(shop, order, "delivered") == "applied"
    assert now(shop, order).courier_leg == "none", "nobody has said whose phone it is"


def test_he_stands_at_the_door_though_nobody_tapped_that_he_left(
    shop: Shop, clock: VirtualClock, order: Order
) -> None:
    assert tapped(shop, order, "arrived") == "applied"
    found = now(shop, order)
    assert (found.kind, found.courier_leg) == (Kind.OUT_FOR_DELIVERY, "arrived")
    assert not found.times_known
    told_kinds = [entry.payload["to"] for entry in events(shop, order, "street_told")]
    assert told_kinds == ["preparing", "ready", "out_for_delivery"]
    assert all(entry.payload["inferred"] for entry in events(shop, order, "street_told"))
    assert shop.desk.check().problems == ()


def test_a_wrong_tap_is_taken_back_and_what_waited_for_it_is_not_said(
    shop: Shop, clock: VirtualClock, order: Order
) -> None:
    only(shop, On.COURIER_AT_SHOP, Send("", "late", ("sms",), grace_s=30))
    tapped(shop, order, "at_shop")
    assert texts(shop, order)[-1] == ("late", "waiting")
    clock.advance(20 * SECOND_MS)
    assert tapped(shop, order, "took_back", of="at_shop") == "applied"
    assert texts(shop, order)[-1] == ("late", "cancelled")
    assert now(shop, order).courier_leg == "none"
    assert tapped(shop, order, "took_back", of="at_shop") == "ignored"
    assert tapped(shop, order, "at_shop") == "applied", "now he is there"
    pass_time(shop, clock, 11 * 60)
    assert tapped(shop, order, "took_back", of="at_shop") == "too_late"


def test_who_takes_back_that_he_left_still_stands_at_the_restaurant(
    shop: Shop, order: Order
) -> None:
    make(shop, order)
    tapped(shop, order, "at_shop")
    tapped(shop, order, "picked_up")
    assert now(shop, order).courier_leg == "none"
    assert tapped(shop, order, "took_back", of="picked_up") == "applied"
    assert (now(shop, order).kind, now(shop, order).courier_leg) == (Kind.READY, "at_shop")


def test_an_undo_in_the_kitchen_does_not_send_the_courier_away(shop: Shop, order: Order) -> None:
    oleh = courier(shop)
    shop.desk.dispatch.assign([order.id], oleh)
    shop.desk.bump(order.id)
    tapped(shop, order, "at_shop", generation=0)
    shop.desk.undo(order.id)
    assert now(shop, order).courier_leg == "at_shop"


def test_a_courier_who_is_named_later_is_where_his_phone_said(shop: Shop, order: Order) -> None:
    tapped(shop, order, "at_shop")
    shop.desk.dispatch.assign([order.id], courier(shop))
    assert now(shop, order).courier_leg == "at_shop"
    shop.desk.dispatch.release(order.id)
    assert now(shop, order).courier_leg == "none"


@pytest.mark.parametrize("leg", ["at_shop", "arrived"])
def test_what_a_phone_says_too_late_moves_nothing_and_asks_nobody(
    shop: Shop, order: Order, leg: str
) -> None:
    assert tapped(shop, order, leg, late=True) == "late"
    assert tapped(shop, order, "took_back", of=leg, late=True) == "late"
    found = now(shop, order)
    assert (found.courier_leg, found.question) == ("none", "")
    shop.desk.cancel(order.id, "guest called")
    assert tapped(shop, order, leg) == "ignored"


def test_what_waited_long_in_a_phone_is_no_news(shop: Shop, order: Order) -> None:
    only(shop, On.COURIER_AT_SHOP, TellStaff("", "look"))
    assert tapped(shop, order, "at_shop", minutes_ago=11) == "applied"
    assert told(shop) == []


def test_a_step_that_this_till_does_not_know_is_passed_over(shop: Shop, order: Order) -> None:
    before = now(shop, order)
    assert tapped(shop, order, "danced") == "unsupported"
    assert now(shop, order) == before
    assert tapped(shop, order, "took_back", of="danced") == "ignored"
    assert tapped(shop, order, "at_shop") == "applied", "what comes behind it is heard"
