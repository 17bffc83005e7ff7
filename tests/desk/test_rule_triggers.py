"""Everything that a rule can wait for, each met in a shop and each not met beside it."""

from __future__ import annotations

from pos_app.automation.model import (
    Comparison,
    Condition,
    Field,
    On,
    Once,
    OpenTask,
    Options,
    SetStatus,
    TellStaff,
)
from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, SECOND_MS, Instant, VirtualClock
from pos_app.domain.staff import Role
from pos_app.domain.workflow import Source
from pos_app.store import tables
from tests.automation.drafts import draft
from tests.desk.rule_shop import only, pass_time, runs, told
from tests.desk.test_guest_acts import act, hand_out
from tests.support.shops import delivery, pickup

LOOK = TellStaff("", "look")


def settle(shop: Shop, clock: VirtualClock) -> list[str]:
    """The time to undo is over."""
    pass_time(shop, clock, 31)
    return told(shop)


def test_an_order_is_placed(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.PLACED)
    shop.desk.place(pickup(shop))
    assert told(shop) == [], "it can still be undone"
    assert settle(shop, clock) == ["look"]


def test_a_status_is_entered_by_its_name_or_its_phase(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.ENTERED, status="in_kitchen")
    order = shop.desk.place(pickup(shop)).order
    assert settle(shop, clock) == []
    shop.desk.bump(order.id)
    assert settle(shop, clock) == ["look"]


def test_a_status_is_entered_from_another(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.ENTERED, status="ready", beside="delivery_failed")
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    assert settle(shop, clock) == []


def test_a_status_is_left(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.LEFT, status="accepted")
    order = shop.desk.place(pickup(shop)).order
    assert settle(shop, clock) == []
    shop.desk.bump(order.id)
    assert settle(shop, clock) == ["look"]


def test_a_payment_is_recorded(shop: Shop) -> None:
    only(shop, On.PAID)
    order = shop.desk.place(pickup(shop)).order
    assert told(shop) == []
    shop.desk.pay(order.id, "cash")
    assert told(shop) == ["look"]


def test_the_promise_is_moved(shop: Shop) -> None:
    only(shop, On.PROMISE_MOVED)
    order = shop.desk.place(pickup(shop)).order
    shop.desk.kitchen.give_minutes(order.id)
    assert told(shop) == ["look"]


def test_an_order_is_late_once_and_by_its_promise(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.BECAME_LATE)
    order = shop.desk.place(pickup(shop)).order
    clock.set(order.promised_at)
    pass_time(shop, clock, 0)
    assert told(shop) == []
    pass_time(shop, clock, 1)
    pass_time(shop, clock, 60)
    assert told(shop) == ["look"]
    kinds = [entry.kind for entry in shop.desk.timeline(order.id)]
    assert kinds.count("rule_became_late") == 1


def test_an_order_will_be_late(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.PREDICTED_LATE)
    order = shop.desk.place(pickup(shop)).order
    longest = max(line.prep_minutes for line in order.lines)
    clock.set(Instant(order.promised_at - longest * MINUTE_MS))
    pass_time(shop, clock, 0)
    assert told(shop) == []
    pass_time(shop, clock, 1)
    assert told(shop) == ["look"]


def test_an_order_stands_too_long_each_time_it_comes_there(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.IN_STATUS, status="ready", minutes=5, options=Options(once=Once.ENTRY))
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    pass_time(shop, clock, 299)
    assert told(shop) == []
    pass_time(shop, clock, 1)
    pass_time(shop, clock, 600)
    assert told(shop) == ["look"]
    shop.desk.recall(order.id)
    shop.desk.bump(order.id)
    pass_time(shop, clock, 300)
    assert told(shop) == ["look", "look"]


def test_a_courier_gets_the_order(shop: Shop) -> None:
    only(shop, On.COURIER_ASSIGNED)
    order = shop.desk.place(delivery(shop)).order
    oleh = shop.desk.staff.add("Oleh", Role.COURIER)
    shop.desk.dispatch.assign([order.id], oleh.id)
    assert told(shop) == ["look"]


def test_a_guest_asks_to_cancel_says_that_he_is_here_and_rates(
    shop: Shop, clock: VirtualClock
) -> None:
    order = shop.desk.place(pickup(shop, source=Source.WEB)).order
    only(shop, On.CANCEL_ASKED, TellStaff("", "cancel?"))
    assert act(shop, order, "cancel_asked") == "applied"
    assert told(shop) == ["cancel?"]
    only(shop, On.GUEST_ARRIVED, TellStaff("", "here"))
    assert act(shop, order, "arrived") == "applied"
    assert told(shop)[1:] == ["here"]
    low = Condition(Field.RATING, ("2",), Comparison.AT_MOST)
    only(shop, On.GUEST_RATED, OpenTask("", "few stars"), conditions=(low,))
    hand_out(shop, order)
    assert act(shop, order, "rated", 2) == "applied"
    assert told(shop)[2:] == ["few stars"]


def test_a_message_has_failed(shop: Shop) -> None:
    only(shop, On.MESSAGE_FAILED)
    order = shop.desk.place(pickup(shop)).order
    with shop.desk.act() as failing:
        failing.record("message_failed", order.id, {"message_id": 1})
    assert told(shop) == ["look"]


def test_a_guest_orders_for_the_first_time(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.NEW_CUSTOMER)
    shop.desk.place(pickup(shop))
    assert settle(shop, clock) == ["look"]
    shop.desk.place(pickup(shop))
    assert settle(shop, clock) == ["look"], "he is known by now"


def test_a_daily_rule_speaks_once_for_its_evening(shop: Shop, clock: VirtualClock) -> None:
    words = TellStaff("", "{{ orders }} orders, {{ late }} late")
    only(shop, On.DAILY, words, at="21:30")
    shop.desk.place(pickup(shop))
    pass_time(shop, clock, 29 * 60)
    assert told(shop) == []
    pass_time(shop, clock, 60)
    pass_time(shop, clock, 3600)
    assert told(shop) == ["1 orders, 0 late"]
    pass_time(shop, clock, 23 * 3600)
    assert len(told(shop)) == 2


def test_a_daily_rule_that_is_switched_on_says_nothing_of_an_hour_ago(
    shop: Shop, clock: VirtualClock
) -> None:
    rule = only(shop, On.DAILY, at="20:00")
    pass_time(shop, clock, 60)
    assert told(shop) == []
    shop.desk.rules.switch(rule.id, on=False)
    clock.advance(24 * 3600 * SECOND_MS)
    shop.desk.rules.switch(rule.id, on=True)
    pass_time(shop, clock, 60)
    assert told(shop) == []


def test_a_daily_rule_decides_once(shop: Shop, clock: VirtualClock) -> None:
    busy = Condition(Field.SHOP_LOAD, ("1",), Comparison.AT_LEAST)
    only(shop, On.DAILY, at="21:30", conditions=(busy,))
    pass_time(shop, clock, 31 * 60)
    shop.desk.place(pickup(shop))
    pass_time(shop, clock, 60)
    assert told(shop) == [], "nobody was there at half past nine"


def test_rules_that_answer_each_other_stop(shop: Shop, clock: VirtualClock) -> None:
    always = Options(once=Once.ALWAYS)
    for known in shop.desk.rules.everything():
        shop.desk.rules.switch(known.rule.id, on=False)
    for status, following in (
        ("accepted", "preparing"),
        ("preparing", "ready"),
        ("ready", "picked_up"),
    ):
        step = SetStatus("", following)
        rule = draft(On.ENTERED, step, status=status, options=always, name=status)
        shop.desk.rules.save(rule, on=True)
    last = draft(On.ENTERED, LOOK, status="picked_up", options=always, name="end")
    shop.desk.rules.save(last, on=True)
    order = shop.desk.place(pickup(shop)).order
    for _ in range(5):
        pass_time(shop, clock, 31)
    assert told(shop) == []
    results = [one.result.value for one in shop.desk.rules.explain(order.id)]
    assert results == ["acted", "acted", "acted", "loop_stopped"]
    assert [state for state, _ in runs(shop, order.id)] == ["done"] * 3


def test_a_shop_without_rules_writes_nothing_for_them(shop: Shop) -> None:
    for known in shop.desk.rules.everything():
        shop.desk.rules.switch(known.rule.id, on=False)
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    with shop.database.read() as connection:
        for table in (tables.rule_traces, tables.rule_runs, tables.tasks, tables.messages):
            assert connection.execute(table.select()).all() == [], table.name
