"""Rules keep to the shop's hours: what waits is done when it may be, if it is still wanted."""

from __future__ import annotations

from pos_app.automation.model import (
    Comparison,
    Condition,
    Field,
    On,
    Once,
    Options,
    Send,
    TellStaff,
    Wait,
)
from pos_app.automation.pack import ready_rule
from pos_app.automation.reading import document_of, rule_of
from pos_app.bootstrap import Shop
from pos_app.clock import VirtualClock
from pos_app.domain.opening import OpeningHours
from pos_app.domain.workflow import Kind
from tests.desk.kitchen import texts
from tests.desk.rule_shop import only, pass_time, runs, told
from tests.support.shops import pickup

HOUR = 3600
"""The evening of these tests begins at 21:00 in Kyiv, a Monday."""
NIGHT_OFF = OpeningHours(((("10:00", "21:30"),),) * 7, quiet=("20:30", "09:00"))
LOOK = TellStaff("", "look")
ASK = Send("", "delivered_feedback", grace_s=0, ttl_minutes=24 * 60)
NOT_REFUNDED = Condition(Field.PAYMENT_STATE, ("refunded",), Comparison.NONE_OF)
NOT_QUIET = Options(once=Once.ALWAYS, stops_when_moved=False, not_quiet=True)
WHILE_OPEN = Options(once=Once.ALWAYS, stops_when_moved=False, while_open=True)


def placed(shop: Shop, *, paid: bool | None = None) -> int:
    return shop.desk.place(pickup(shop, paid=paid)).order.id


def ended(shop: Shop) -> int:
    order_id = placed(shop, paid=True)
    for _ in range(3):
        shop.desk.bump(order_id)
    assert shop.desk.order(order_id).order.kind is Kind.PICKED_UP  # type: ignore[union-attr]
    return order_id


def abouts(shop: Shop, order_id: int) -> list[str]:
    return [about for about, *_ in texts(shop, order_id)]


def test_a_question_waits_until_the_quiet_hours_end(shop: Shop, clock: VirtualClock) -> None:
    shop.desk.owner.set_hours(NIGHT_OFF)
    only(shop, On.ENTERED, ASK, status="done", options=NOT_QUIET)
    order_id = ended(shop)
    assert abouts(shop, order_id) == []
    [step] = shop.desk.rules.explain(order_id)[-1].steps
    assert (step.did, step.why) == ("waits", "quiet")
    pass_time(shop, clock, 12 * HOUR - 1)
    assert abouts(shop, order_id) == []
    pass_time(shop, clock, 1)
    assert abouts(shop, order_id) == ["delivered_feedback"]
    [step] = shop.desk.rules.explain(order_id)[-1].steps
    assert step.did == "said"


def test_what_is_not_wanted_any_more_is_not_said_and_the_trace_says_why(
    shop: Shop, clock: VirtualClock
) -> None:
    shop.desk.owner.set_hours(NIGHT_OFF)
    paid = Condition(Field.PAYMENT_STATE, ("unpaid",))
    only(shop, On.ENTERED, ASK, status="ready", conditions=(paid,), options=NOT_QUIET)
    order_id = placed(shop)
    shop.desk.bump(order_id)
    shop.desk.bump(order_id)
    pass_time(shop, clock, 60)
    shop.desk.pay(order_id, "card")
    pass_time(shop, clock, 12 * HOUR)
    assert abouts(shop, order_id) == []
    assert runs(shop, order_id) == [("stopped", "not_met")]
    explained = shop.desk.rules.explain(order_id)[-1]
    assert explained.run_reason == "not_met"
    assert [step.did for step in explained.steps] == ["not_reached"]


def test_texts_about_an_order_in_hand_always_go(shop: Shop, clock: VirtualClock) -> None:
    shop.desk.owner.set_hours(NIGHT_OFF)
    only(shop, On.PLACED, Send("", "ready"), LOOK, options=NOT_QUIET)
    order_id = placed(shop)
    assert abouts(shop, order_id) == ["ready"]
    pass_time(shop, clock, 10)
    assert told(shop) == ["look"], "nor does the staff sleep"


def test_an_offer_waits_whatever_it_is_about(shop: Shop) -> None:
    shop.desk.owner.set_hours(NIGHT_OFF)
    only(shop, On.PLACED, Send("", "ready", offer=True), options=NOT_QUIET)
    assert abouts(shop, placed(shop)) == []


def test_while_we_are_closed_a_rule_waits_until_we_open(shop: Shop, clock: VirtualClock) -> None:
    shop.desk.owner.set_hours(NIGHT_OFF)
    only(shop, On.PLACED, Wait("", seconds=1800), LOOK, options=WHILE_OPEN)
    order_id = placed(shop)
    pass_time(shop, clock, 1800)
    assert told(shop) == []
    steps = shop.desk.rules.explain(order_id)[-1].steps
    assert [(step.did, step.why) for step in steps] == [("passed", ""), ("waits", "closed")]
    pass_time(shop, clock, 12 * HOUR + 1800 - 1)
    assert told(shop) == []
    pass_time(shop, clock, 1)
    assert told(shop) == ["look"]


def test_a_rule_whose_hours_never_meet_the_shops_ends_at_once(
    shop: Shop, clock: VirtualClock
) -> None:
    shop.desk.owner.set_hours(NIGHT_OFF)
    never = Options(once=Once.ALWAYS, between=("02:00", "05:00"), while_open=True)
    only(shop, On.PLACED, LOOK, options=never)
    order_id = placed(shop)
    assert runs(shop, order_id) == [("stopped", "never_open")]


def test_a_shop_that_has_said_nothing_is_open(shop: Shop, clock: VirtualClock) -> None:
    both = Options(once=Once.ALWAYS, while_open=True, not_quiet=True)
    only(shop, On.PLACED, Send("", "delivered_feedback"), options=both)
    assert abouts(shop, placed(shop)) == ["delivered_feedback"]


def test_what_was_undone_does_not_come_in_the_morning(shop: Shop, clock: VirtualClock) -> None:
    shop.desk.owner.set_hours(NIGHT_OFF)
    only(shop, On.ENTERED, ASK, status="ready", options=NOT_QUIET)
    order_id = placed(shop)
    shop.desk.bump(order_id)
    shop.desk.bump(order_id)
    shop.desk.undo(order_id)
    pass_time(shop, clock, 13 * HOUR)
    assert abouts(shop, order_id) == []
    assert runs(shop, order_id) == [("stopped", "undone")]


def test_new_hours_hold_for_what_waits(shop: Shop, clock: VirtualClock) -> None:
    shop.desk.owner.set_hours(NIGHT_OFF)
    only(shop, On.ENTERED, ASK, status="done", options=NOT_QUIET)
    order_id = ended(shop)
    shop.desk.owner.set_hours(OpeningHours(quiet=("20:30", "11:00")))
    pass_time(shop, clock, 12 * HOUR)
    assert abouts(shop, order_id) == []
    pass_time(shop, clock, 2 * HOUR)
    assert abouts(shop, order_id) == ["delivered_feedback"]


def test_the_ready_rules_keep_quiet_and_old_rules_are_read_as_they_were() -> None:
    for pack in ("feedback", "first_order", "come_back"):
        rule = ready_rule(pack, "en")
        assert rule is not None
        assert rule.options.not_quiet
    old = document_of(ready_rule("feedback", "en"))  # type: ignore[arg-type]
    old = old.replace(',"while_open":false,"not_quiet":true', "")
    assert "quiet" not in old
    assert rule_of(old).options == Options(skip_after_minutes=12 * 60, between=("10:00", "20:30"))


def test_a_simulation_keeps_the_hours_too(shop: Shop, clock: VirtualClock) -> None:
    rule = only(shop, On.ENTERED, ASK, status="done", options=NOT_QUIET)
    order_id = ended(shop)
    pass_time(shop, clock, 24 * HOUR)
    shop.desk.owner.set_hours(NIGHT_OFF)
    [said] = [one for one in shop.desk.rules.simulate([rule]).drafts.said if one.about]
    assert said.order_id == order_id
    ends_at = shop.desk.order(order_id).order.times.ended_at  # type: ignore[union-attr]
    assert ends_at is not None
    assert said.at == ends_at + 12 * HOUR * 1000
