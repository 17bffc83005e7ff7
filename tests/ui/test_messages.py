"""The screen of all texts: what did not arrive is found, said again, or taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pos_app.clock import HOUR_MS, VirtualClock
from pos_app.domain.order import Order
from pos_app.lanes.sync import sync_once
from tests.support.shift import ready, texts
from tests.support.shops import EVENING, pickup
from tests.support.window import Till
from ui.messages import message_list


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def shift(open_till: Callable[..., Till], clock: VirtualClock) -> Till:
    """One guest who was never told, one who waits to be, and the window on Messages."""
    till = open_till(clock=clock, practice=True)
    ready(till.shop, pickup(till.shop, "Margherita"))
    clock.advance(2 * HOUR_MS)
    sync_once(till.shop)
    ready(till.shop, pickup(till.shop, "Margherita"))
    till.tap("rail:messages")
    till.wait(lambda: till.sees("message:2"), "the texts")
    return till


def order_of(till: Till, number: str) -> Order:
    found = till.shop.desk.order(till.shop.desk.find(number))
    assert found is not None
    return found.order


def test_what_did_not_arrive_is_found_and_said_again(shift: Till) -> None:
    shift.wait(lambda: shift.text("messages_group:look").endswith("· 1"), "its count")
    shift.tap("messages_group:look")
    shift.wait(lambda: not shift.sees("message:2"), "only what did not arrive")
    shift.tap("message:1")
    assert shift.text("message_number").startswith("A1")
    assert "too late" in shift.text("message_outcome")
    assert not shift.sees("message_back")
    shift.tap("message_again")
    shift.wait(lambda: len(texts(shift.shop, order_of(shift, "A1"))) == 2, "a second text")
    shift.tap("messages_group:waiting")
    shift.wait(lambda: shift.sees("message:3"), "it waits to leave")
    shift.settle()


def test_a_text_that_waits_is_taken_back(shift: Till) -> None:
    shift.tap("message:2")
    assert not shift.sees("message_again")
    shift.tap("message_back")
    shift.wait(lambda: "taken back" in shift.text("message_outcome"), "what became of it")
    assert texts(shift.shop, order_of(shift, "A2")) == [("ready", "cancelled")]
    shift.settle()


def test_another_window_was_faster(shift: Till) -> None:
    shift.tap("message:1")
    shift.shop.desk.messages.say_again(1)
    shift.tap("message_again")
    shift.wait(
        lambda: bool(shift.said) and "already" in shift.text("notice"), "why nothing happened"
    )
    shift.settle()


def test_the_order_of_a_text_is_one_tap_away(shift: Till) -> None:
    shift.tap("message:2")
    shift.tap("message_order")
    shift.wait(lambda: shift.sees("details_number"), "its order")
    assert shift.text("details_number") == "A2"
    shift.settle()


def test_older_texts_come_page_by_page(shift: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_list, "PAGE", 1)
    shift.tap("messages_group:all")
    shift.tap("messages_group:held")
    shift.wait(lambda: shift.sees("messages_empty"), "nothing is held")
    shift.tap("messages_group:all")
    shift.wait(lambda: shift.sees("messages_older"), "the newest")
    assert not shift.sees("message:1")
    shift.tap("messages_older")
    shift.wait(lambda: shift.sees("message:1"), "the older one")
    assert not shift.sees("messages_older")
    shift.settle()
