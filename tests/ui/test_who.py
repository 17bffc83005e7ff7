"""Who stands at the window: changed by touch, written on what he does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos_app.clock import SECOND_MS, VirtualClock
from pos_app.domain.staff import NOBODY, Role
from tests.support.shops import pickup
from tests.support.window import Till
from tests.ui.standing import PIN, choose, said, switch, with_staff

BIG_PX = 60


@pytest.fixture
def evening(open_till: Callable[..., Till]) -> Till:
    return with_staff(open_till)


def test_without_any_name_nobody_is_asked(till: Till) -> None:
    assert not till.sees("rail:who")
    till.press(Qt.Key.Key_F12)
    for screen in ("settings", "orders", "board", "counter"):
        till.tap(f"rail:{screen}")
        assert till.window.current == screen
    assert not till.sees("who_sheet")


def test_two_taps_change_who_has_no_pin_and_his_events_say_so(evening: Till) -> None:
    evening.taps = 0
    switch(evening, "Taras")
    assert evening.taps == 2
    evening.shop.desk.bump(evening.shop.desk.find("A1"))
    entries = evening.shop.desk.timeline(evening.shop.desk.find("A1"))
    taras = evening.shop.desk.staff_id
    assert [entry.staff_id for entry in entries] == [NOBODY, taras]
    assert not evening.sees("who_sheet")


def test_a_pin_is_typed_with_fingers_and_never_shown(evening: Till) -> None:
    evening.tap("rail:who")
    evening.tap("who:Olha")
    for digit in "222":
        evening.tap(f"key:{digit}")
    assert not evening.find("pin_enter").isEnabled(), "three digits are no PIN"
    evening.tap("key:2")
    assert "2222" not in said(evening.window)
    evening.tap("pin_enter")
    evening.wait(lambda: evening.text("rail:who") == "Olha", "switched")


def test_names_and_keys_are_big(evening: Till) -> None:
    evening.tap("rail:who")
    evening.settle()
    for name in ("Marta", "Olha", "Taras"):
        assert evening.find(f"who:{name}").height() >= BIG_PX
    evening.tap("who:Olha")
    evening.settle()
    for name in ("key:1", "key:0", "key:back", "pin_enter", "pin", "who_back", "who_sheet:close"):
        assert evening.find(name).height() >= BIG_PX, name


def test_a_wrong_pin_says_how_long_to_wait(evening: Till) -> None:
    clock = evening.shop.clock
    assert isinstance(clock, VirtualClock)
    evening.tap("rail:who")
    choose(evening, "Olha", "0000")
    evening.wait(lambda: "Next try in 5 s." in evening.text("pin_error"), "the wait")
    assert "wrong" in evening.text("pin_error")
    for digit in "2222":
        evening.tap(f"key:{digit}")
    assert not evening.find("pin_enter").isEnabled()
    clock.advance(2 * SECOND_MS)
    evening.wait(lambda: "Next try in 3 s." in evening.text("pin_error"), "it counts down")
    clock.advance(3 * SECOND_MS)
    evening.tap("pin_enter")
    evening.wait(lambda: evening.text("rail:who") == "Olha", "the right one works")


def test_another_name_needs_no_waiting(evening: Till) -> None:
    evening.tap("rail:who")
    choose(evening, "Olha", "0000")
    evening.wait(lambda: bool(evening.text("pin_error")), "refused")
    evening.tap("who_back")
    choose(evening, "Taras", "")
    evening.wait(lambda: evening.text("rail:who") == "Taras", "switched")


def test_the_sheet_leaves_the_board_at_work(evening: Till) -> None:
    switch(evening, "Taras")
    assert evening.window.current == "board"
    evening.tap("rail:who")
    assert evening.window.board.isEnabled()
    evening.press(Qt.Key.Key_B)
    evening.wait(evening.window.board.drawers.bring_back.isVisible, "the board's key")
    evening.tap("who_sheet:close")
    assert not evening.sees("who_sheet")


def test_the_timeline_says_who_did_it(evening: Till) -> None:
    switch(evening, "Olha", "2222")
    order = evening.shop.desk.place(pickup(evening.shop)).order
    switch(evening, "Taras")
    evening.shop.desk.bump(order.id)
    taras = evening.shop.desk.staff_id
    switch(evening, "Marta", PIN)
    evening.shop.desk.staff.change(taras, name="Taras B.", role=Role.KITCHEN, phone="")
    evening.shop.desk.staff_id, here = "os:ann", evening.shop.desk.staff_id
    evening.shop.desk.bump(order.id)
    evening.shop.desk.staff_id = here
    evening.tap("rail:orders")
    evening.tap(f"order:{order.number}")
    evening.wait(lambda: "Preparing → Ready · os:ann" in said(evening.window), "the history")
    seen = said(evening.window)
    assert "Placed · Olha" in seen
    assert "New → Preparing · Taras B." in seen, "by the name of today"
    evening.tap("order:A1")
    evening.settle()
    placed = [line for line in said(evening.window).splitlines() if line.endswith("Placed")]
    assert len(placed) == 1, "nobody had said who he is"


def test_nothing_of_the_sheet_is_left(evening: Till) -> None:
    for _ in range(3):
        evening.tap("rail:who")
        evening.tap("who:Olha")
        evening.tap("who_sheet:close")
    evening.settle()
    evening.wait(lambda: not evening.window.findChildren(QWidget, "who_sheet"), "gone")
