"""Rules that are tried meet orders as they stood then, not as they are today."""

from __future__ import annotations

from datetime import date

import pytest

from pos_app.automation.model import (
    Comparison,
    Condition,
    Field,
    On,
    Options,
    Send,
    SetTag,
    TellStaff,
    Trigger,
    Wait,
)
from pos_app.bootstrap import Shop
from pos_app.clock import DAY_MS, MINUTE_MS, VirtualClock
from pos_app.config import CHANNELS, Channels, WayOut
from pos_app.desk import owning
from pos_app.desk.made_up_day import MadeUp
from pos_app.desk.setup import touch
from pos_app.errors import BadInput, Refused
from pos_app.store import customer_tags
from tests.automation.drafts import draft
from tests.desk.rule_shop import only, pass_time
from tests.support.shops import EVENING, line, pickup

LOOK = TellStaff("", "look")
STAYS = Options(stops_when_moved=False)


def tried(shop: Shop, on: On, condition: Condition, status: str = "") -> int:
    """How often a rule with this condition would have spoken."""
    rule = draft(on, LOOK, status=status, conditions=(condition,))
    return shop.desk.rules.simulate([rule], days=3).drafts.acts


def test_a_dish_that_was_added_later_was_not_there_when_it_was_placed(
    shop: Shop, clock: VirtualClock
) -> None:
    order = shop.desk.place(pickup(shop)).order
    clock.advance(MINUTE_MS)
    shop.desk.add_line(order.id, line(shop, "Tiramisu"))
    clock.advance(MINUTE_MS)
    shop.desk.bump(order.id)
    clock.advance(MINUTE_MS)
    two = Condition(Field.ITEMS, ("2",), Comparison.AT_LEAST)
    assert tried(shop, On.PLACED, two) == 0
    assert tried(shop, On.ENTERED, two, "preparing") == 1
    dear = Condition(Field.VALUE, (str(order.total + 1),), Comparison.AT_LEAST)
    assert tried(shop, On.PLACED, dear) == 0
    assert tried(shop, On.ENTERED, dear, "preparing") == 1


def test_a_dish_that_was_voided_later_was_there(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop, "Margherita", "Tiramisu")).order
    clock.advance(MINUTE_MS)
    shop.desk.void_line(order.id, 2)
    clock.advance(MINUTE_MS)
    two = Condition(Field.ITEMS, ("2",), Comparison.AT_LEAST)
    assert tried(shop, On.PLACED, two) == 1


def test_a_tag_counts_from_when_a_rule_put_it_on(shop: Shop, clock: VirtualClock) -> None:
    only(shop, On.ENTERED, SetTag("", "hot"), status="preparing")
    order = shop.desk.place(pickup(shop)).order
    clock.advance(MINUTE_MS)
    shop.desk.bump(order.id)
    pass_time(shop, clock, 60)
    shop.desk.bump(order.id)
    clock.advance(MINUTE_MS)
    hot = Condition(Field.ORDER_TAG, ("hot",))
    assert tried(shop, On.PLACED, hot) == 0
    assert tried(shop, On.ENTERED, hot, "ready") == 1


def test_a_guest_is_called_so_since_then(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    clock.advance(MINUTE_MS)
    with shop.desk.act() as act:
        assert order.people_id is not None
        customer_tags.add(act.connection, order.people_id, "vip", act.now)
    clock.advance(MINUTE_MS)
    shop.desk.bump(order.id)
    clock.advance(MINUTE_MS)
    vip = Condition(Field.CUSTOMER_TAG, ("vip",))
    assert tried(shop, On.PLACED, vip) == 0
    assert tried(shop, On.ENTERED, vip, "preparing") == 1


def test_the_way_to_pay_was_not_known_before_it_was_paid(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    clock.advance(MINUTE_MS)
    shop.desk.pay(order.id, "card")
    clock.advance(MINUTE_MS)
    card = Condition(Field.PAYMENT_TYPE, ("card",))
    assert tried(shop, On.PLACED, card) == 0
    assert tried(shop, On.PAID, card) == 1


def test_a_guest_who_came_again_had_not_yet_come_again(shop: Shop, clock: VirtualClock) -> None:
    first = shop.desk.place(pickup(shop)).order
    shop.desk.cancel(first.id, "no time")
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    clock.advance(DAY_MS)
    shop.desk.place(pickup(shop))
    clock.advance(MINUTE_MS)
    again = Condition(Field.LATER_ORDERS, ("1",), Comparison.AT_LEAST)
    assert tried(shop, On.ENTERED, again, "preparing") == 0


def test_an_order_that_was_taken_back_at_once_was_never_late(
    shop: Shop, clock: VirtualClock
) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.undo(order.id)
    clock.advance(MINUTE_MS)
    with shop.desk.act() as act:
        # Before, a cook could still mark a dish of it.
        act.record("line_made", order.id, {"no": 1})
    clock.advance(60 * MINUTE_MS)
    rule = draft(On.BECAME_LATE, LOOK)
    assert shop.desk.rules.simulate([rule], days=3).drafts.acts == 0


def test_what_waits_for_the_promise_moves_with_it(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    clock.advance(MINUTE_MS)
    shop.desk.kitchen.give_minutes(order.id, 30)
    clock.advance(DAY_MS)
    before = Wait("", minutes_before_promise=5)
    rule = draft(On.PLACED, before, LOOK, options=STAYS)
    found = shop.desk.rules.simulate([rule], days=3).drafts
    assert [one.at for one in found.said] == [order.promised_at + 25 * MINUTE_MS]


def test_a_simulation_costs_what_the_way_out_costs(shop: Shop, clock: VirtualClock) -> None:
    made(shop, clock)
    rule = draft(On.ENTERED, Send("", "ready"), status="ready")
    assert shop.desk.rules.simulate([rule], days=3).drafts.cost == 0
    with shop.desk.act() as act:
        dear = WayOut("dear", "sms", "turbosms", price=250)
        owning.write_setting(act, CHANNELS, Channels((dear,)))
        touch(act.connection)
    found = shop.desk.rules.simulate([rule], days=3)
    assert found.drafts.parts
    assert found.drafts.cost == found.drafts.said[0].cost == 250 * found.drafts.parts
    assert found.days == 2
    assert found.in_a_month(found.drafts.cost) == 15 * found.drafts.cost
    given = shop.desk.rules.simulate([rule], days=3, prices={"sms": 10})
    assert given.drafts.cost == 10 * found.drafts.parts


def made(shop: Shop, clock: VirtualClock) -> None:
    """An order that got ready yesterday."""
    order = shop.desk.place(pickup(shop)).order
    for _ in range(2):
        clock.advance(MINUTE_MS)
        shop.desk.bump(order.id)
    clock.advance(DAY_MS)


def test_a_rule_adds_only_what_it_does_not_say_already(shop: Shop, clock: VirtualClock) -> None:
    made(shop, clock)
    on = [one.rule for one in shop.desk.rules.everything() if one.on]
    found = shop.desk.rules.simulate(on, days=3, prices={"sms": 100})
    assert found.drafts.texts > 0
    assert found.difference_of_all().texts == 0
    new = draft(On.ENTERED, LOOK, status="ready")
    more = shop.desk.rules.simulate([new], days=3).difference_of_all()
    assert (more.texts, more.acts) == (0, 1)


def test_a_long_simulation_can_be_stopped(shop: Shop, clock: VirtualClock) -> None:
    shop.desk.place(pickup(shop))
    clock.advance(MINUTE_MS)
    told: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> bool:
        told.append((done, of))
        return False

    with pytest.raises(Refused, match="Stopped"):
        shop.desk.rules.simulate([draft(On.PLACED)], days=3, progress=stop)
    assert told == [(1, 1)]


def test_a_made_up_day_needs_no_past_and_is_always_the_same(shop: Shop) -> None:
    rules = [draft(On.ENTERED, Send("", "ready"), status="ready"), draft(On.BECAME_LATE)]
    found = shop.desk.rules.simulate_made_up(rules, MadeUp(40, 7, date(2026, 11, 20)))
    assert found.made_up
    assert found.drafts.orders == 40
    assert found.drafts.texts > 20
    assert found.drafts.acts > 0, "some are late"
    again = shop.desk.rules.simulate_made_up(rules, MadeUp(40, 7, date(2026, 11, 20)))
    assert [one.at for one in again.drafts.said] == [one.at for one in found.drafts.said]
    other = shop.desk.rules.simulate_made_up(rules, MadeUp(40, 8, date(2026, 11, 20)))
    assert [one.at for one in other.drafts.said] != [one.at for one in found.drafts.said]
    text = next(one for one in found.drafts.said if one.about)
    assert text.number in shop.desk.rules.text_of(text)


@pytest.mark.parametrize(
    "on",
    [
        Trigger(On.PLACED),
        Trigger(On.ENTERED, "cancelled"),
        Trigger(On.ENTERED, "not_collected"),
        Trigger(On.ENTERED, "delivered"),
        Trigger(On.ENTERED, "served"),
        Trigger(On.PAID),
        Trigger(On.PROMISE_MOVED),
        Trigger(On.BECAME_LATE),
        Trigger(On.IN_STATUS, "ready", minutes=10),
        Trigger(On.COURIER_ASSIGNED),
        Trigger(On.GUEST_RATED),
        Trigger(On.NEW_CUSTOMER),
        Trigger(On.DAILY, at="22:00"),
    ],
    ids=lambda trigger: f"{trigger.on.value}-{trigger.status}",
)
def test_every_usual_thing_happens_on_a_made_up_day(shop: Shop, on: Trigger) -> None:
    rule = draft(on.on, status=on.status, minutes=on.minutes, at=on.at)
    found = shop.desk.rules.simulate_made_up([rule], MadeUp(orders=200))
    assert found.drafts.acts > 0


def test_a_made_up_day_says_what_it_cannot_be(shop: Shop, clock: VirtualClock) -> None:
    with pytest.raises(BadInput, match="orders"):
        shop.desk.rules.simulate_made_up([draft(On.PLACED)], MadeUp(orders=0))


def test_a_text_about_a_past_order_names_its_time(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    clock.advance(DAY_MS)
    found = shop.desk.rules.simulate([draft(On.PLACED, Send("", "accepted"))], days=3)
    said = shop.desk.rules.text_of(found.drafts.said[0])
    assert order.number in said
    assert said.startswith("Trattoria")
    assert found.drafts.said[0].at >= EVENING
