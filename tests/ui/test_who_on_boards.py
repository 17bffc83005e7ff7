"""Windows that show one profile of the board: each has its own name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from pos_app.bootstrap import Shop
from pos_app.domain.screens import Profile, usual_screen
from pos_app.domain.staff import NOBODY, Role
from tests.support.shops import pickup
from tests.support.window import Till
from ui import rights
from ui.board.screen import BoardScreen
from ui.kitchen.screen import KitchenScreen
from ui.profiles import ProfileWindow

PIN = "4711"
Open = Callable[..., ProfileWindow]


@pytest.fixture
def open_profile(till: Till) -> Iterator[Open]:
    """`open_profile(shop, profile, beside=True)`: a window of the till's own program."""
    opened: list[ProfileWindow] = []

    def show(shop: Shop, profile: Profile, *, beside: bool) -> ProfileWindow:
        screen = usual_screen(profile, shop.desk.setup().menu)
        window = ProfileWindow(
            shop,
            shop.desk.setup(),
            till.background,
            till.notices,
            till.world,
            profile.value,
            screen,
            beside=beside,
        )
        window.show()
        opened.append(window)
        till.settle()
        return window

    yield show
    till.settle()
    for window in opened:
        window.close()
        window.deleteLater()


def staff(till: Till) -> None:
    for name, role, pin in (("Taras", Role.KITCHEN, ""), ("Marta", Role.MANAGER, PIN)):
        till.shop.desk.staff.add(name, role, pin)
    till.settle()


def press(till: Till, window: QWidget, name: str) -> None:
    def found() -> list[QPushButton]:
        return [b for b in window.findChildren(QPushButton, name) if b.isVisible()]

    till.wait(lambda: bool(found()), name)
    QTest.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def who(window: ProfileWindow) -> QPushButton:
    assert isinstance(window.content, KitchenScreen | BoardScreen)
    return window.content.header.who


def test_without_any_name_a_board_asks_nobody(till: Till, open_profile: Open) -> None:
    window = open_profile(till.shop, Profile.KITCHEN, beside=False)
    assert not who(window).isVisible()


@pytest.mark.parametrize("profile", [Profile.KITCHEN, Profile.PASS])
def test_two_windows_of_one_program_have_their_own_names(
    till: Till, open_profile: Open, profile: Profile
) -> None:
    staff(till)
    own = replace(till.shop, desk=till.shop.desk.apart())
    window = open_profile(own, profile, beside=True)
    press(till, window, "who")
    press(till, window, "who:Taras")
    till.wait(lambda: who(window).text() == " Taras", "the cook's name")
    assert till.shop.desk.staff_id == NOBODY
    order = till.shop.desk.place(pickup(till.shop)).order
    own.desk.bump(order.id)
    by = [entry.staff_id for entry in till.shop.desk.timeline(order.id)]
    assert by == [NOBODY, own.desk.staff_id]
    assert who(window).height() >= 48


def test_the_second_window_does_not_decide_what_the_first_may_see(
    till: Till, open_profile: Open
) -> None:
    staff(till)
    till.tap("rail:who")
    till.tap("who:Marta")
    for digit in PIN:
        till.tap(f"key:{digit}")
    till.tap("pin_enter")
    till.wait(lambda: till.text("rail:who") == "Marta", "Marta stands here")
    own = replace(till.shop, desk=till.shop.desk.apart())
    window = open_profile(own, Profile.KITCHEN, beside=True)
    press(till, window, "who")
    press(till, window, "who:Taras")
    till.wait(lambda: who(window).text() == " Taras", "the cook's name")
    assert rights.sees_money()
    window.close()
    assert rights.sees_money()


def test_a_pass_of_its_own_shows_no_price_to_a_cook(till: Till, open_profile: Open) -> None:
    staff(till)
    till.shop.desk.place(pickup(till.shop))
    own = replace(till.shop, desk=till.shop.desk.apart())
    window = open_profile(own, Profile.PASS, beside=False)

    def cards() -> str:
        assert isinstance(window.content, BoardScreen)
        slots = [slot for column in window.content.columns.all for slot in column.model.slots]
        return " ".join(slot.layout.content.spoken for slot in slots)

    till.wait(lambda: "TO PAY" in cards(), "the card")
    assert "₴" not in cards()
    press(till, window, "who")
    press(till, window, "who:Marta")
    for digit in PIN:
        press(till, window, f"key:{digit}")
    press(till, window, "pin_enter")
    till.wait(lambda: "₴" in cards(), "the manager sees the price")
    press(till, window, "who")
    press(till, window, "who:Taras")
    till.wait(lambda: "TO PAY" in cards() and "₴" not in cards(), "the cook does not")
