"""A rule on its way: undo, delays, switches, restarts, and what must not happen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec

from pos_app.automation.model import (
    Comparison,
    Condition,
    Field,
    Mode,
    On,
    Once,
    Options,
    Print,
    Recheck,
    Send,
    SetStatus,
    SetTag,
    TellStaff,
    Wait,
)
from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, Instant, VirtualClock
from pos_app.desk.setup import touch
from pos_app.domain.workflow import Kind
from pos_app.store import rules
from tests.automation.drafts import draft
from tests.desk.kitchen import now, texts
from tests.desk.rule_shop import only, pass_time, runs, told
from tests.support.shops import EVENING, line, open_test_shop, pickup

TEN_MINUTES = Wait("", seconds=600)
LOOK = TellStaff("", "look")
STAYS = Options(stops_when_moved=False)


def placed(shop: Shop) -> int:
    return shop.desk.place(pickup(shop)).order.id


def ready(shop: Shop) -> int:
    order_id = placed(shop)
    shop.desk.bump(order_id)
    shop.desk.bump(order_id)
    return order_id


def test_what_was_undone_has_not_happened_for_any_step(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.ENTERED, LOOK, SetTag("", "hot"), Print(""), status="preparing")
    order_id = placed(shop)
    shop.desk.bump(order_id)
    pass_time(shop, clock, 5)
    shop.desk.undo(order_id)
    pass_time(shop, clock, 3600)
    assert told(shop) == []
    assert now(shop, order_id).tags == ()
    assert runs(shop, order_id) == [("stopped", "undone")]


def test_after_an_undo_the_rule_may_speak(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.ENTERED, status="preparing")
    order_id = placed(shop)
    shop.desk.bump(order_id)
    shop.desk.undo(order_id)
    shop.desk.bump(order_id)
    pass_time(shop, clock, 31)
    assert told(shop) == ["look"]


def test_what_waited_in_a_status_goes_on_when_leaving_it_was_undone(
    shop: Shop, clock: VirtualClock
) -> None:
    only(shop, On.ENTERED, TEN_MINUTES, LOOK, status="ready")
    order_id = ready(shop)
    pass_time(shop, clock, 300)
    shop.desk.bump(order_id)
    shop.desk.undo(order_id)
    pass_time(shop, clock, 299)
    assert told(shop) == []
    pass_time(shop, clock, 1)
    assert told(shop) == ["look"], "the wait has not drifted"


def test_an_undone_cancellation_lets_what_waited_go_on(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.PLACED, TEN_MINUTES, LOOK)
    order_id = placed(shop)
    shop.desk.cancel(order_id, "wrong number")
    assert runs(shop, order_id) == [("stopped", "cancelled")]
    shop.desk.undo(order_id)
    pass_time(shop, clock, 600)
    assert told(shop) == ["look"]


def test_a_cancellation_and_a_refund_end_what_waits(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.PLACED, TEN_MINUTES, LOOK, options=STAYS)
    cancelled = placed(shop)
    shop.desk.cancel(cancelled, "no oven")
    refunded = shop.desk.place(pickup(shop, paid=True)).order.id
    shop.desk.handover.refund(refunded, "card")
    pass_time(shop, clock, 1200)
    assert told(shop) == []
    assert runs(shop, cancelled) == [("stopped", "cancelled")]
    assert runs(shop, refunded) == [("stopped", "refunded")]


def test_who_has_moved_on_is_not_waited_for(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.ENTERED, TEN_MINUTES, LOOK, status="ready")
    order_id = ready(shop)
    shop.desk.bump(order_id)
    pass_time(shop, clock, 600)
    assert told(shop) == []
    assert runs(shop, order_id) == [("stopped", "moved_on")]


def test_a_look_again_sees_what_is_true_then(shop: Shop, clock: VirtualClock) -> None:
    unpaid = Condition(Field.PAYMENT_STATE, ("unpaid",))
    only(shop, On.PLACED, TEN_MINUTES, Recheck(""), LOOK, conditions=(unpaid,), options=STAYS)
    pays, owes = placed(shop), placed(shop)
    shop.desk.pay(pays, "cash")
    pass_time(shop, clock, 600)
    assert told(shop) == ["look"]
    assert runs(shop, pays) == [("stopped", "not_met")]
    assert runs(shop, owes) == [("done", "")]


def test_an_edited_order_is_asked_as_it_is_then(shop: Shop, clock: VirtualClock) -> None:
    many = Condition(Field.ITEMS, ("2",), Comparison.AT_LEAST)
    only(shop, On.ENTERED, LOOK, status="preparing", conditions=(many,))
    order_id = placed(shop)
    shop.desk.add_line(order_id, line(shop, "Margherita"))
    shop.desk.bump(order_id)
    pass_time(shop, clock, 31)
    assert told(shop) == ["look"]


def test_two_rules_for_one_event_both_speak(shop: Shop) -> None:
    rule = only(shop, On.ENTERED, Send("", "accepted"), status="accepted")
    shop.desk.rules.save(draft(On.PLACED, Send("", "ready"), name="Second"), on=True)
    order_id = placed(shop)
    assert rule.id
    assert sorted(texts(shop, order_id)) == [
        ("accepted", "waiting", ""),
        ("ready", "waiting", ""),
    ]


def test_a_rule_switched_off_ends_what_waits_of_it(shop: Shop, clock: VirtualClock) -> None:
    rule = only(shop, On.PLACED, TEN_MINUTES, LOOK)
    order_id = placed(shop)
    shop.desk.rules.switch(rule.id, on=False)
    pass_time(shop, clock, 600)
    assert told(shop) == []
    assert runs(shop, order_id) == [("stopped", "rule_off")]


def test_a_rule_changed_meanwhile_goes_on_as_it_was(shop: Shop, clock: VirtualClock) -> None:
    rule = only(shop, On.PLACED, TEN_MINUTES, LOOK)
    placed(shop)
    other = TellStaff("", "other words")
    shop.desk.rules.save(msgspec.structs.replace(rule, steps=(other,)), on=True)
    pass_time(shop, clock, 600)
    assert told(shop) == ["look"]
    assert [past.version for past in shop.desk.rules.history(rule.id)] == [2, 1]


def test_a_delay_survives_a_restart_of_the_till(tmp_path: Path) -> None:
    clock = VirtualClock(EVENING)
    with open_test_shop(tmp_path / "shop", clock=clock) as shop:
        only(shop, On.PLACED, TEN_MINUTES, LOOK)
        placed(shop)
    with open_test_shop(tmp_path / "shop", clock=clock) as shop:
        pass_time(shop, clock, 599)
        assert told(shop) == []
        pass_time(shop, clock, 1)
        pass_time(shop, clock, 1)
        assert told(shop) == ["look"]


def test_after_three_hours_of_sleep_what_is_too_late_is_skipped(
    shop: Shop, clock: VirtualClock
) -> None:
    only(shop, On.PLACED, TEN_MINUTES, LOOK)
    order_id = placed(shop)
    pass_time(shop, clock, 3 * 3600)
    assert told(shop) == []
    assert runs(shop, order_id) == [("skipped", "too_late")]


def test_what_may_be_late_is_done_late_and_once(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.PLACED, TEN_MINUTES, LOOK, options=Options(skip_after_minutes=0))
    placed(shop)
    pass_time(shop, clock, 3 * 3600)
    pass_time(shop, clock, 60)
    assert told(shop) == ["look"]


def test_single_restart_and_queued(shop: Shop, clock: VirtualClock) -> None:
    ends = {Mode.SINGLE: ["look"], Mode.RESTART: ["look"], Mode.QUEUED: ["look", "look"]}
    for mode, expected in ends.items():
        for task in shop.desk.rules.tasks():
            shop.desk.rules.finish_task(task.id)
        options = Options(once=Once.ALWAYS, mode=mode, stops_when_moved=False)
        only(shop, On.PROMISE_MOVED, TEN_MINUTES, LOOK, options=options)
        order_id = placed(shop)
        shop.desk.kitchen.give_minutes(order_id)
        clock.advance(5 * MINUTE_MS)
        shop.desk.kitchen.give_minutes(order_id)
        pass_time(shop, clock, 300)
        assert told(shop) == ([] if mode is Mode.RESTART else ["look"])
        pass_time(shop, clock, 300)
        pass_time(shop, clock, 1)
        assert told(shop) == expected, mode


def test_once_per_order_or_each_time_it_comes_there(shop: Shop, clock: VirtualClock) -> None:
    for once, expected in ((Once.ORDER, 1), (Once.ENTRY, 2)):
        for task in shop.desk.rules.tasks():
            shop.desk.rules.finish_task(task.id)
        only(shop, On.ENTERED, LOOK, status="ready", options=Options(once=once))
        order_id = ready(shop)
        pass_time(shop, clock, 31)
        shop.desk.recall(order_id)
        shop.desk.bump(order_id)
        pass_time(shop, clock, 31)
        assert len(told(shop)) == expected


def test_once_per_guest_in_so_many_days(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.PLACED, LOOK, options=Options(once=Once.CUSTOMER, once_days=2))
    placed(shop)
    placed(shop)
    pass_time(shop, clock, 31)
    assert told(shop) == ["look"]
    clock.advance(3 * 24 * 3600 * 1000)
    placed(shop)
    pass_time(shop, clock, 31)
    assert told(shop) == ["look", "look"]


def test_a_step_that_fails_stops_no_other_and_leaves_nothing(
    shop: Shop, clock: VirtualClock
) -> None:
    steps = (SetStatus("", "not_collected"), SetTag("", "vip", on="customer"), LOOK)
    only(shop, On.PLACED, *steps)
    order_id = shop.desk.place(pickup(shop, phone="")).order.id
    pass_time(shop, clock, 31)
    assert told(shop) == ["look"]
    assert now(shop, order_id).kind is Kind.ACCEPTED
    explained = shop.desk.rules.explain(order_id)[0]
    assert (explained.steps[0].did, explained.steps[0].why) == ("failed", "refused")
    assert explained.steps[2].did == "told"


def test_steps_see_what_the_steps_before_them_did(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.PLACED, SetStatus("", "preparing"), SetStatus("", "ready"), SetTag("", "fast"))
    order_id = placed(shop)
    pass_time(shop, clock, 31)
    done = now(shop, order_id)
    assert (done.kind, done.tags) == (Kind.READY, ("fast",))


def test_an_offer_needs_its_own_consent(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.PLACED, Send("", "come_back", offer=True))
    plain = placed(shop)
    assert texts(shop, plain) == [("come_back", "dropped", "no_consent")]
    asked = pickup(shop, phone="+380501112244")
    agreed = replace(asked, customer=replace(asked.customer, offers=True))
    assert texts(shop, shop.desk.place(agreed).order.id) == [("come_back", "waiting", "")]


def test_a_wait_before_the_promise_follows_it(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.PLACED, Wait("", minutes_before_promise=5), LOOK, options=STAYS)
    order = shop.desk.place(pickup(shop)).order
    shop.desk.kitchen.give_minutes(order.id)
    later = now(shop, order.id).promised_at
    assert later > order.promised_at
    clock.set(Instant(later - 5 * MINUTE_MS - 1))
    pass_time(shop, clock, 0)
    assert told(shop) == []
    clock.advance(1)
    pass_time(shop, clock, 0)
    assert told(shop) == ["look"]


def test_what_is_entered_from_paper_says_nothing_late(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.PLACED, Send("", "accepted", ttl_minutes=30))
    past = Instant(clock.now() - 45 * MINUTE_MS)
    order = shop.desk.place(replace(pickup(shop), placed_at=past)).order
    assert texts(shop, order.id) == []
    assert shop.desk.rules.explain(order.id)[0].steps[0].did == "too_late"


def test_a_rule_that_nobody_can_read_stops_no_shop(shop: Shop, expected_log: object) -> None:
    rule = only(shop, On.PLACED)
    expected_log.expect("cannot be read by this program")  # type: ignore[attr-defined]
    with shop.desk.act() as act:
        document = '{"id": "x", "name": "From 2031", "trigger": {"on": "moon_full"}, "steps": []}'
        rules.change(act.connection, rule.id, document, act.now)
        touch(act.connection)
    assert placed(shop)
    assert rule.id not in [one.rule.id for one in shop.desk.rules.everything()]


def test_a_deleted_ready_rule_can_come_back(shop: Shop) -> None:
    rule = only(shop, On.PLACED)
    shop.desk.rules.delete(rule.id)
    assert rule.id not in [one.rule.id for one in shop.desk.rules.everything()]
    shop.desk.rules.save(rule, on=True)
    assert rule.id in [one.rule.id for one in shop.desk.rules.everything() if one.on]


def test_an_order_by_hand_only_is_left_to_people_who_are_still_told(
    shop: Shop, clock: VirtualClock
) -> None:
    only(shop, On.ENTERED, SetStatus("", "picked_up"), LOOK, status="ready")
    order_id = ready(shop)
    shop.desk.wishes.order_by_hand(order_id, True)
    pass_time(shop, clock, 31)
    assert now(shop, order_id).kind is Kind.READY
    assert told(shop) == ["look"]


def test_a_rule_that_cancels_gives_its_own_name_as_the_reason(
    shop: Shop, clock: VirtualClock
) -> None:
    only(shop, On.PLACED, SetStatus("", "cancelled"), name="Nobody pays")
    order_id = placed(shop)
    pass_time(shop, clock, 31)
    assert now(shop, order_id).cancel_reason == "Nobody pays"
