"""After a power cut: the till comes back, asks what has left, and only then speaks to guests."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos_app.clock import MINUTE_MS, Instant
from pos_app.desk.printers import Prints
from pos_app.domain.workflow import Kind
from tests.support.shift import now, ready, texts
from tests.support.shops import pickup
from tests.support.window import Till

OpenTill = Callable[..., Till]


@pytest.fixture
def dark(open_till: OpenTill) -> Till:
    """A practice shop that had three orders open when the light went out."""
    till = open_till(practice=True, screen="board")
    desk = till.shop.desk
    ready(till.shop, pickup(till.shop))
    desk.place(pickup(till.shop))
    desk.place(pickup(till.shop))
    assert desk.evening.begin_catch_up(Instant(till.shop.clock.now() - 20 * MINUTE_MS))
    till.wait(lambda: till.sees("catch_up_title"), "the catch-up to open by itself")
    return till


def is_answered(till: Till, number: str) -> bool:
    found = till.shop.desk.evening.catching_up()
    return found is None or number not in [card.order.number for card in found.cards]


def test_it_opens_by_itself_and_every_answer_is_one_tap(dark: Till) -> None:
    assert dark.text("catch_up_title") == "Catch up: tap what has left"
    dark.wait(lambda: dark.sees("answer:A3"), "the open orders")
    for number, answer in (("A1", "gone"), ("A2", "here"), ("A3", "cancelled")):
        dark.tap(f"answer:{number}:{answer}")
        dark.wait(partial(is_answered, dark, number), f"{number} answered")
    found = {o.order.number: o.order.kind for o in dark.shop.desk.search("", 10)}
    assert found == {"A1": Kind.PICKED_UP, "A2": Kind.ACCEPTED, "A3": Kind.CANCELLED}


def test_guests_hear_nothing_until_somebody_says_so(dark: Till) -> None:
    desk = dark.shop.desk
    order = desk.board()[0].order
    assert ("ready", "held") in texts(dark.shop, order)
    dark.wait(lambda: dark.sees("tick_all"), "the open orders")
    assert not dark.sees("held_send")
    dark.tap("tick_all")
    assert dark.text("ticked") == "3 ticked"
    dark.tap("ticked:here")
    dark.wait(lambda: dark.sees("held_send"), "all answered")
    assert dark.text("held_send").startswith("Send ")
    dark.tap("held_send")
    dark.wait(lambda: dark.window.current == "board", "back at the board")
    assert ("ready", "waiting") in texts(dark.shop, now(dark.shop, order))
    assert desk.evening.catching_up() is None


def test_held_messages_can_be_left_unsaid(dark: Till) -> None:
    order = dark.shop.desk.board()[0].order
    dark.wait(lambda: dark.sees("tick_all"), "the open orders")
    dark.tap("tick_all")
    dark.tap("ticked:here")
    dark.wait(lambda: dark.sees("held_drop"), "all answered")
    dark.tap("held_drop")
    dark.wait(lambda: dark.window.current == "board", "back at the board")
    assert ("ready", "dropped") in texts(dark.shop, order)


def test_the_rail_leads_back_while_something_is_open(dark: Till) -> None:
    dark.tap("rail:counter")
    assert dark.window.current == "counter"
    dark.tap("rail:catch_up")
    assert dark.window.current == "catch_up"
    dark.tap("tick_all")
    dark.tap("ticked:gone")
    dark.wait(lambda: not dark.sees("rail:catch_up"), "nothing to catch up")


def test_without_a_gap_nobody_is_asked(open_till: OpenTill) -> None:
    till = open_till(screen="board")
    till.settle()
    assert till.window.current == "board"
    assert not till.sees("rail:catch_up")


def test_one_key_puts_all_open_tickets_on_paper(open_till: OpenTill, tmp_path: Path) -> None:
    till = open_till(screen="counter")
    slips = tmp_path / "slips"
    till.shop.desk.add_printer(
        name="Kitchen", kind="file", address=str(slips), prints=Prints(slips=False, kitchen=True)
    )
    till.shop.desk.place(pickup(till.shop))
    till.press(Qt.Key.Key_F9)
    till.wait(lambda: bool(till.said), "a word")
    assert till.said[-1].title == "1 slip is printed."
