"""Rules that are tried say who would have been told on which way, and who not at all, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.automation.model import On, Send
from pos_app.bootstrap import Shop
from pos_app.clock import DAY_MS, MINUTE_MS, SECOND_MS, VirtualClock
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
    assert [cost for _, cost in two.over(budget)] == [two.cost]
    assert two.over(0) == ()
