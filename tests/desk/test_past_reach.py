"""Rules that are tried say who would have been told on which way, and who not at all, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.automation.model import On, Options, Send, Wait
from pos_app.bootstrap import Shop
from pos_app.clock import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, VirtualClock
from pos_app.config import CHANNELS, Channels, TextLimits, WayOut
from pos_app.desk import owning
from pos_app.desk.setup import touch
from pos_app.domain.order import Order
from pos_app.store import orders
from tests.automation.drafts import draft
from tests.support.shops import EVENING, open_test_shop, pickup

READY = draft(On.ENTERED, Send("", "ready"), status="ready")
PHONE = "+380671234567"


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def shop(tmp_path: Path, clock: VirtualClock) -> Iterator[Shop]:
    """A shop that texts by SMS for 2.50, by e-mail and in Telegram for nothing."""
    with open_test_shop(tmp_path / "data", clock=clock, practice=False) as opened:
        with opened.desk.act() as act:
            ways = (
                WayOut("dear", "sms", "turbosms", price=25_000),
                WayOut("letters", "mail", "mail"),
                WayOut("bot", "telegram", "telegram"),
            )
            limits = TextLimits(month_budget=40_000)
            owning.write_setting(act, CHANNELS, Channels(ways, limits=limits))
            touch(act.connection)
        yield opened


def made(shop: Shop, clock: VirtualClock, *, phone: str = PHONE) -> Order:
    """An order that got ready, and has stood for a minute since."""
    order = shop.desk.place(pickup(shop, phone=phone)).order
    for _ in range(2):
        clock.advance(MINUTE_MS)
        shop.desk.bump(order.id)
    clock.advance(MINUTE_MS)
    return order


def test_a_guest_who_asked_in_a_chat_is_told_there_and_it_costs_nothing(
    shop: Shop, clock: VirtualClock
) -> None:
    order = made(shop, clock)
    assert order.people_id is not None
    shop.desk.wishes.add_contact(order.people_id, "telegram", "4711", order.id)
    found = shop.desk.rules.simulate([READY], days=2).drafts
    assert [one.channel for one in found.said] == ["telegram"]
    assert (found.texts, found.sms, found.cost) == (1, 0, 0)


def test_a_guest_without_a_number_is_told_on_the_step_s_next_way(
    shop: Shop, clock: VirtualClock
) -> None:
    order = made(shop, clock, phone="")
    rule = draft(On.ENTERED, Send("", "ready", ("sms", "mail")), status="ready")
    found = shop.desk.rules.simulate([rule], days=2).drafts
    assert (found.texts, dict(found.unsaid)) == (0, {"no_address": 1})
    assert order.people_id is not None
    shop.desk.wishes.add_contact(order.people_id, "mail", "iryna@example.org")
    found = shop.desk.rules.simulate([rule], days=2).drafts
    assert [one.channel for one in found.said] == ["mail"]
    assert not found.unsaid


def test_who_wants_no_texts_gets_none(shop: Shop, clock: VirtualClock) -> None:
    made(shop, clock)
    shop.desk.wishes.opt_out(PHONE)
    found = shop.desk.rules.simulate([READY], days=2).drafts
    assert (found.texts, found.cost, dict(found.unsaid)) == (0, 0, {"opted_out": 1})


def test_a_stop_in_the_chat_holds_for_his_number_too(shop: Shop, clock: VirtualClock) -> None:
    order = made(shop, clock)
    assert order.people_id is not None
    shop.desk.wishes.add_contact(order.people_id, "telegram", "4711")
    shop.desk.wishes.opt_out("4711", "telegram")
    assert dict(shop.desk.rules.simulate([READY], days=2).drafts.unsaid) == {"opted_out": 1}


def test_who_is_told_by_hand_only_hears_nothing_from_rules(shop: Shop, clock: VirtualClock) -> None:
    shop.desk.wishes.order_by_hand(made(shop, clock).id, on=True)
    made(shop, clock, phone="+380501112233")
    shop.desk.wishes.guest_by_hand("+380501112233", on=True)
    assert dict(shop.desk.rules.simulate([READY], days=2).drafts.unsaid) == {"by_hand": 2}


def test_what_left_before_the_guest_stopped_the_texts_had_left(
    shop: Shop, clock: VirtualClock
) -> None:
    order = made(shop, clock)
    later = draft(On.ENTERED, Send("", "ready"), status="ready")
    with shop.desk.act() as act:
        orders.change(act.connection, order.id, texts_stopped_at=act.now)
    assert shop.desk.rules.simulate([later], days=2).drafts.texts == 1
    clock.advance(SECOND_MS)
    shop.desk.bump(order.id)
    clock.advance(MINUTE_MS)
    given = draft(On.ENTERED, Send("", "thanks_first"), status="picked_up")
    found = shop.desk.rules.simulate([given], days=2).drafts
    assert (found.texts, dict(found.unsaid)) == (0, {"stopped": 1})


def test_a_month_over_the_text_budget_is_named(shop: Shop, clock: VirtualClock) -> None:
    made(shop, clock)
    clock.advance(DAY_MS)
    budget = shop.desk.setup().settings.channels.limits.month_budget
    one = shop.desk.rules.simulate([READY], days=3).drafts
    assert one.over(budget) == ()
    made(shop, clock, phone="+380501112233")
    two = shop.desk.rules.simulate([READY], days=3).drafts
    assert [cost for _, cost in two.over(budget)] == [50_000], "what it would have cost"
    assert two.over(0) == ()
    assert (two.texts, two.cost, dict(two.unsaid)) == (1, 25_000, {"budget": 1})


def limited(shop: Shop, limits: TextLimits) -> None:
    """From now on the shop texts under these limits."""
    held = shop.desk.setup().settings.channels
    with shop.desk.act() as act:
        owning.write_setting(act, CHANNELS, replace(held, limits=limits))
        touch(act.connection)


def test_one_number_gets_no_more_than_its_cap_in_any_day(shop: Shop, clock: VirtualClock) -> None:
    limited(shop, TextLimits(to_number_a_day=2))
    for _ in range(3):
        made(shop, clock)
    made(shop, clock, phone="+380501112233")
    found = shop.desk.rules.simulate([READY], days=2).drafts
    assert (found.texts, dict(found.unsaid)) == (3, {"too_many": 1})
    clock.advance(DAY_MS)
    made(shop, clock)
    found = shop.desk.rules.simulate([READY], days=3).drafts
    assert (found.texts, dict(found.unsaid)) == (4, {"too_many": 1})


def test_all_numbers_together_have_a_cap_in_texts_and_in_money(
    shop: Shop, clock: VirtualClock
) -> None:
    for last in range(4):
        made(shop, clock, phone=f"+38050111223{last}")
    limited(shop, TextLimits(a_day=3))
    found = shop.desk.rules.simulate([READY], days=2).drafts
    assert (found.texts, dict(found.unsaid)) == (3, {"too_many": 1})
    limited(shop, TextLimits(day_cost=50_000))
    found = shop.desk.rules.simulate([READY], days=2).drafts
    assert (found.texts, found.cost, dict(found.unsaid)) == (2, 50_000, {"budget": 2})
    assert found.over(0) == ()


def test_offers_stop_first_and_a_fifth_is_kept_for_ready(shop: Shop, clock: VirtualClock) -> None:
    limited(shop, TextLimits(month_budget=125_000))
    rules = [draft(On.ENTERED, Send("", "ready"), status="ready", name="Ready")]
    rules += [
        draft(On.PLACED, Send("", about), name=about)
        for about in ("accepted", "delivered_feedback", "come_back")
    ]
    for last in range(3):
        made(shop, clock, phone=f"+38050111223{last}")
    found = shop.desk.rules.simulate(rules, days=2).drafts
    said = [(one.number, one.about) for one in found.said]
    # Of 1,250.00, 250.00 each: an offer up to 750, feedback to 875, others to 1,000.
    assert said == [
        ("A1", "accepted"),
        ("A1", "delivered_feedback"),
        ("A1", "come_back"),
        ("A1", "ready"),
        ("A2", "ready"),
    ]
    assert dict(found.unsaid) == {"budget": 3, "spared": 4}


def test_money_goes_to_what_leaves_first_not_to_whose_order_is_older(
    shop: Shop, clock: VirtualClock
) -> None:
    later = draft(
        On.PLACED,
        Wait("", 1_800),
        Send("", "accepted"),
        options=Options(stops_when_moved=False),
    )
    made(shop, clock)
    made(shop, clock, phone="+380501112233")
    clock.advance(HOUR_MS)
    limited(shop, TextLimits(month_budget=50_000))
    found = shop.desk.rules.simulate([READY, later], days=2).drafts
    assert [(one.number, one.about) for one in found.said] == [("A1", "ready"), ("A2", "ready")]
    assert dict(found.unsaid) == {"budget": 2}
