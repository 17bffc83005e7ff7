"""Each channel has a lane of its own: unknown outcomes, waits, and no neighbour's trouble."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.clock import Instant
from pos_app.lanes.state import status
from pos_app.store import sent
from pos_app.store.messages import Message
from tests.lanes.ways import BLIND, PHONE, TWILIO, Crossroads, crossroads


@pytest.fixture
def findable(tmp_path: Path) -> Iterator[Crossroads]:
    with crossroads(tmp_path / "shop", (TWILIO, "sms")) as found:
        yield found


@pytest.fixture
def blind(tmp_path: Path) -> Iterator[Crossroads]:
    with crossroads(tmp_path / "shop", (BLIND, "sms")) as found:
        yield found


def test_a_text_leaves_by_whatever_service_is_set_up(findable: Crossroads) -> None:
    order = findable.ready()
    assert findable.turn() == {}
    [taken] = findable.places["sms"].messages
    assert taken["to"] == "+380671234567"
    assert order.number in taken["body"]
    findable.places["sms"].tell("delivered")
    findable.pass_time(10)
    findable.turn()
    assert findable.states(order) == [("sms", "delivered", "")]


@pytest.mark.parametrize("step", ["take-reset", "reset"])
def test_an_unknown_outcome_is_looked_for_before_it_is_repeated(
    findable: Crossroads, step: str
) -> None:
    order = findable.ready()
    findable.places["sms"].plan.append(step)
    findable.turn()
    assert findable.states(order) == [("sms", "sending", "")]
    for _ in range(8):
        findable.pass_time(20)
        findable.turn()
    assert findable.states(order) == [("sms", "sent", "")]
    assert len(findable.places["sms"].messages) == 1


def test_nobody_can_look_for_words_that_the_order_says_no_more(findable: Crossroads) -> None:
    order = findable.ready()
    findable.places["sms"].plan.append("take-reset")
    findable.turn()
    findable.lanes.pop("sms").worker.close()
    shop = findable.shop.desk.setup().settings.shop
    findable.shop.desk.change_shop(replace(shop, name="Another name"))
    findable.open_lanes()
    for _ in range(20):
        findable.pass_time(600)
        findable.turn()
    assert findable.states(order) == [("sms", "uncertain", "unknown_outcome")]
    assert len(findable.places["sms"].messages) == 1


@pytest.mark.parametrize("step", ["take-reset", "reset"])
def test_a_blind_service_is_never_asked_to_do_it_twice(blind: Crossroads, step: str) -> None:
    order = blind.ready()
    blind.places["sms"].plan.append(step)
    blind.turn()
    for _ in range(8):
        blind.pass_time(60)
        blind.turn()
    assert blind.states(order) == [("sms", "uncertain", "unknown_outcome")]
    assert blind.places["sms"].taken == (1 if step == "take-reset" else 0)
    [text] = blind.texts(order)
    assert text.sent_at is not None, "it counts like one that has left"


def test_one_silent_channel_holds_up_no_other(tmp_path: Path) -> None:
    with crossroads(tmp_path / "shop", (PHONE, "sms"), (BLIND, "mail")) as found:
        found.legs(("mail", 1))
        order = found.ready()
        people_id = found.texts(order)[0].people_id
        assert people_id is not None
        found.shop.desk.wishes.add_contact(people_id, "mail", "iryna@example.com")
        found.places["sms"].always = "reset"
        assert found.turn() == {"sms": "reset"}
        said = status(found.shop, "en").sentence
        assert said == "The SMS phone does not answer since 21:00; 1 text waits."
        found.pass_time(61)
        found.turn()
        assert found.states(order) == [("sms", "sending", ""), ("mail", "sent", "")]
        found.places["sms"].always = ""
        for _ in range(4):
            found.pass_time(60)
            found.turn()
        assert found.places["sms"].taken == [], "the letter has said it meanwhile"
        assert found.states(order)[0] == ("sms", "dropped", "told")


def test_a_gateway_that_asks_for_quiet_gets_it_from_all_texts(tmp_path: Path) -> None:
    with crossroads(tmp_path / "shop", (PHONE, "sms")) as found:
        found.ready()
        found.ready(phone="+380501112233")
        found.places["sms"].plan.append("refuse:429:600")
        assert found.turn() == {"sms": "busy"}
        asked = found.places["sms"].requests
        for _ in range(9):
            found.pass_time(60)
            assert found.turn() == {"sms": "busy"}
        assert found.places["sms"].requests == asked, "not one request in the time it asked for"
        found.pass_time(61)
        assert found.turn() == {}
        assert len(found.places["sms"].taken) == 2


def test_a_broken_gateway_is_probed_with_one_text(tmp_path: Path) -> None:
    with crossroads(tmp_path / "shop", (PHONE, "sms")) as found:
        for digit in range(6):
            found.ready(phone=f"+38067123456{digit}")
        found.places["sms"].always = "refuse:503"
        found.turn()
        asked = found.places["sms"].requests
        found.pass_time(60)
        found.turn()
        assert found.places["sms"].requests == asked + 1
        found.places["sms"].always = ""
        found.pass_time(60)
        found.turn()
        assert len(found.places["sms"].taken) == 6


def test_the_phone_sends_thirty_parts_in_half_an_hour_and_remembers_them(tmp_path: Path) -> None:
    with crossroads(tmp_path / "shop", (PHONE, "sms")) as found:
        found.limit(to_number_a_day=0)
        for _ in range(35):
            found.ready()
            found.turn()
        parts = [text.parts for text in left(found)]
        assert sum(parts) <= 30
        assert sum(parts) + max(parts) > 30, "and all that it may"
        before = len(found.places["sms"].taken)
        found.lanes.pop("sms").worker.close()
        found.open_lanes()
        found.turn()
        assert len(found.places["sms"].taken) == before, "another process knows the window"
        found.pass_time(1800)
        found.turn()
        assert len(found.places["sms"].taken) > before


def left(found: Crossroads) -> list[Message]:
    with found.shop.database.read() as connection:
        return sent.history(connection, "sms", Instant(0))


def test_what_has_no_room_in_time_is_dropped_at_once_and_the_card_says_call(
    tmp_path: Path,
) -> None:
    with crossroads(tmp_path / "shop", (PHONE, "sms")) as found:
        found.limit(to_number_a_day=0)
        orders = []
        for _ in range(70):
            order = found.place()
            found.shop.desk.bump(order.id)
            orders.append(found.shop.desk.bump(order.id).order)
        found.pass_time(31)
        found.turn()
        dropped = [o for o in orders if ("sms", "dropped", "no_room") in found.states(o)]
        assert dropped, "an hour has room for sixty parts"
        card = found.shop.desk.order(dropped[0].id)
        assert card is not None
        assert card.note is not None
        assert (card.note.state, card.note.reason) == ("dropped", "no_room")


def test_a_shop_without_any_way_says_so_at_once(tmp_path: Path) -> None:
    with crossroads(tmp_path / "shop") as found:
        order = found.ready()
        assert found.states(order) == [("sms", "dropped", "no_channel")]
