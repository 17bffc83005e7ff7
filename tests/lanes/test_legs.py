"""A text goes on by the next channel until the guest has it, and costs no more than it may."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.domain.order import Order
from pos_app.domain.workflow import Source
from tests.lanes.ways import BLIND, PHONE, Crossroads, crossroads


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Crossroads]:
    ways = ((PHONE, "sms"), (BLIND, "telegram"), (BLIND, "mail"))
    with crossroads(tmp_path / "shop", *ways, price=100) as found:
        found.legs(("telegram", 5), ("mail", 10))
        yield found


def known_at(found: Crossroads, order: Order, *channels: str) -> None:
    people_id = found.texts(order)[0].people_id
    assert people_id is not None
    for channel in channels:
        address = "4711" if channel == "telegram" else "iryna@example.com"
        found.shop.desk.wishes.add_contact(people_id, channel, address)


def test_a_number_that_is_refused_hands_the_text_on_at_once(three: Crossroads) -> None:
    order = three.ready()
    known_at(three, order, "telegram")
    three.places["sms"].plan.append("refuse:400")
    three.turn()
    three.turn()
    assert three.states(order) == [("sms", "failed", "rejected"), ("telegram", "sent", "")]
    assert three.places["telegram"].taken == 1
    three.pass_time(3600)
    three.turn()
    three.turn()
    assert three.places["mail"].taken == 0, "a channel without reports counts as delivered"


def test_a_channel_without_the_guests_address_is_passed_over(three: Crossroads) -> None:
    order = three.ready()
    known_at(three, order, "mail")
    three.places["sms"].plan.append("refuse:400")
    for _ in range(3):
        three.turn()
    assert three.states(order) == [
        ("sms", "failed", "rejected"),
        ("telegram", "failed", "no_address"),
        ("mail", "sent", ""),
    ]


def test_what_is_not_delivered_within_its_minutes_goes_on_beside(three: Crossroads) -> None:
    order = three.ready()
    known_at(three, order, "telegram")
    three.turn()
    three.pass_time(5 * 60 - 1)
    three.turn()
    assert three.states(order) == [("sms", "sent", "")]
    three.pass_time(2)
    three.turn()
    assert three.states(order) == [("sms", "sent", ""), ("telegram", "sent", "")]


def test_the_first_delivered_ends_it(three: Crossroads) -> None:
    order = three.ready()
    known_at(three, order, "telegram")
    three.turn()
    [uid] = three.places["sms"].ids()
    three.places["sms"].report(uid, "Delivered")
    three.pass_time(10)
    three.turn()
    three.pass_time(3000)
    three.turn()
    assert three.states(order) == [("sms", "delivered", "")]


def test_a_report_that_comes_late_takes_back_what_has_not_left(three: Crossroads) -> None:
    order = three.ready()
    known_at(three, order, "telegram")
    three.places["telegram"].plan.extend(["refuse:429:900"] * 3)
    three.turn()
    [uid] = three.places["sms"].ids()
    three.pass_time(301)
    three.turn()
    assert three.states(order)[-1][:2] == ("telegram", "waiting")
    three.places["sms"].report(uid, "Delivered")
    three.pass_time(901)
    three.lanes["sms"].turn()
    assert three.states(order) == [("sms", "delivered", ""), ("telegram", "cancelled", "told")]


def test_a_channel_that_is_not_set_up_is_no_beginning(tmp_path: Path) -> None:
    with crossroads(tmp_path / "shop", (BLIND, "telegram")) as found:
        found.legs(("whatsapp", 5), ("telegram", 5))
        order = found.ready()
        known_at(found, order, "telegram")
        found.turn()
        assert found.states(order) == [("telegram", "sent", "")]


def test_a_silent_channel_does_not_keep_the_text_until_it_is_too_late(three: Crossroads) -> None:
    order = three.ready()
    known_at(three, order, "telegram")
    three.places["sms"].always = "refuse:503"
    three.turn()
    three.pass_time(301)
    three.turn()
    three.turn()
    assert three.states(order) == [("sms", "dropped", "next_leg"), ("telegram", "sent", "")]


def test_no_leg_begins_after_the_texts_time(three: Crossroads) -> None:
    order = three.ready()
    known_at(three, order, "telegram")
    three.places["sms"].always = "refuse:503"
    three.turn()
    three.pass_time(3600)
    three.turn()
    assert three.states(order) == [("sms", "expired", "too_late")]
    assert three.places["telegram"].taken == 0


def test_one_text_costs_no_more_than_its_cap_on_all_legs(three: Crossroads) -> None:
    three.limit(message_cost=150)
    order = three.ready()
    known_at(three, order, "telegram", "mail")
    three.turn()
    three.pass_time(301)
    three.turn()
    assert three.states(order) == [("sms", "sent", "")], "the second leg would make it 200"
    assert sum(text.cost for text in three.texts(order)) == 100


def test_the_legs_of_one_text_have_ids_that_follow_from_it(three: Crossroads) -> None:
    order = three.ready()
    known_at(three, order, "telegram")
    three.places["sms"].plan.append("refuse:400")
    three.turn()
    first, second = three.texts(order)
    assert (first.leg, second.leg) == (0, 1)
    assert second.key == first.key.removesuffix(":0") + ":1"
    assert first.uid != second.uid
    assert second.not_after == first.not_after


def test_old_news_is_not_said_again_behind_newer(three: Crossroads) -> None:
    order = three.place(source=Source.PHONE)
    three.pass_time(11)
    three.turn()
    known_at(three, order, "telegram")
    three.shop.desk.bump(order.id)
    three.shop.desk.bump(order.id)
    three.pass_time(31)
    three.turn()
    three.pass_time(290)
    three.turn()
    assert three.states(order) == [("sms", "sent", ""), ("sms", "sent", "")]
    three.pass_time(31)
    three.turn()
    about = [(text.channel, text.about) for text in three.texts(order)]
    assert about == [("sms", "accepted"), ("sms", "ready"), ("telegram", "ready")]


def test_a_leg_waits_while_the_kitchen_asks_about_its_order(three: Crossroads) -> None:
    order = three.ready()
    known_at(three, order, "telegram")
    three.turn()
    three.shop.desk.kitchen.ask_counter(order.id, "no fries?")
    three.pass_time(301)
    three.turn()
    assert three.states(order)[-1] == ("telegram", "held", "question")
    assert three.places["telegram"].taken == 0
