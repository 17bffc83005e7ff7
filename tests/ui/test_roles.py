"""What each role sees and may open; and the settings that make roles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter

from pos_app.clock import VirtualClock
from pos_app.domain.staff import NOBODY, SCREENS, Role
from tests.support.shops import EVENING, pickup
from tests.support.window import Till
from tests.ui.standing import PIN, choose, hire, said, switch, with_staff
from ui.orders.order_row import OrderRow


@pytest.fixture
def evening(open_till: Callable[..., Till]) -> Till:
    return with_staff(open_till)


def test_the_kitchen_sees_board_and_orders_and_no_price_anywhere(evening: Till) -> None:
    switch(evening, "Olha", "2222")
    for screen in ("board", "orders"):
        evening.tap(f"rail:{screen}")
        evening.settle()
        assert "₴" in said(evening.window), f"the cashier sees prices on {screen}"
    switch(evening, "Taras")
    shown = [name for name in SCREENS if evening.sees(f"rail:{name}")]
    assert sorted(shown) == ["board", "orders", "settings"]
    order_id = evening.shop.desk.find("A1")
    evening.shop.desk.pay(order_id, "cash")
    evening.shop.desk.place(pickup(evening.shop, "Margherita"))
    evening.settle()
    evening.window.board.show_details(order_id)
    evening.settle()
    for screen in ("board", "orders"):
        evening.tap(f"rail:{screen}")
        if screen == "orders":
            evening.tap("order:A1")
        evening.settle()
        seen = said(evening.window)
        assert "A1" in seen
        for amount in ("₴", "220", "145", "365"):
            assert amount not in seen, f"{amount} on {screen}"
        assert "PAID" in seen
    assert not evening.sees("act:pay:cash")


def test_no_price_is_painted_for_the_kitchen(
    evening: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cards and rows are painted, so every text that reaches a painter is looked at."""
    painted: list[str] = []
    draw = QPainter.drawText

    def drawn(painter: QPainter, *words: object) -> object:
        painted.extend(word for word in words if isinstance(word, str))
        return draw(painter, *words)  # type: ignore[call-overload]

    monkeypatch.setattr(QPainter, "drawText", drawn)
    switch(evening, "Taras")
    evening.tap("rail:orders")
    evening.wait(lambda: bool(evening.window.findChildren(OrderRow)), "rows")
    evening.settle()
    evening.window.grab()
    assert "A1" in painted
    assert not [text for text in painted if "₴" in text]
    switch(evening, "Marta", PIN)
    evening.tap("rail:orders")
    evening.settle()
    painted.clear()
    evening.window.grab()
    assert [text for text in painted if "₴" in text], "and this test would find one"


def test_a_courier_finds_nothing_but_dispatch(evening: Till) -> None:
    switch(evening, "Oleh")
    assert evening.window.current == "dispatch"
    shown = [name for name in SCREENS if evening.sees(f"rail:{name}")]
    assert sorted(shown) == ["dispatch", "settings"]
    evening.tap("rail:settings")
    assert evening.window.current == "dispatch"
    assert evening.sees("who_sheet")


def test_a_cashier_opens_everything_but_settings_and_auto_messages(evening: Till) -> None:
    switch(evening, "Olha", "2222")
    assert not evening.sees("rail:automations"), "rules are the manager's"
    evening.press(Qt.Key.Key_F7)
    assert evening.sees("who_sheet")
    assert not evening.sees("who:Olha")
    evening.tap("who_sheet:close")
    for screen in ("orders", "board", "counter"):
        evening.tap(f"rail:{screen}")
        assert evening.window.current == screen
    evening.tap("rail:settings")
    assert evening.window.current == "counter"
    assert evening.sees("who_sheet")
    assert not evening.sees("who:Olha"), "only those who may"
    evening.tap("who_sheet:close")
    assert evening.window.current == "counter"


def test_settings_open_with_a_managers_pin(evening: Till) -> None:
    switch(evening, "Olha", "2222")
    evening.press(Qt.Key.Key_F4)
    evening.wait(lambda: evening.sees("who_why"), "asked")
    choose(evening, "Marta", PIN)
    evening.wait(lambda: evening.window.current == "settings", "open")
    assert evening.text("rail:who") == "Marta"
    switch(evening, "Olha", "2222")
    assert evening.window.current != "settings"


def test_a_window_without_a_name_is_asked_at_the_counter_only(
    open_till: Callable[..., Till], evening: Till
) -> None:
    other = open_till(data=evening.shop.data, screen="counter", clock=VirtualClock(EVENING))
    other.wait(lambda: other.sees("who_sheet"), "the counter asks")
    assert other.window.current == "board", "the kitchen is never kept waiting"
    other.settle()
    assert "₴" not in said(other.window)
    choose(other, "Olha", "2222")
    other.wait(lambda: other.window.current == "counter", "the counter opens")
    assert evening.shop.desk.staff_id == NOBODY, "each window has its own name"


def test_leaving_takes_the_name_and_the_rights(evening: Till) -> None:
    switch(evening, "Marta", PIN)
    evening.tap("rail:settings")
    evening.tap("rail:who")
    evening.tap("who_leave")
    evening.wait(lambda: evening.text("rail:who") == "Who?", "nobody")
    assert evening.shop.desk.staff_id == NOBODY
    assert evening.window.current == "board"


def test_who_works_here_no_longer_stands_nowhere(evening: Till) -> None:
    switch(evening, "Taras")
    taras = evening.shop.desk.staff_id
    evening.shop.desk.staff.remove(taras)
    evening.wait(lambda: evening.text("rail:who") == "Who?", "nobody")
    assert evening.shop.desk.staff_id == NOBODY


def test_the_order_being_entered_lives_through_a_switch(evening: Till) -> None:
    switch(evening, "Olha", "2222")
    evening.tap("rail:counter")
    evening.tap("tile:Margherita")
    switch(evening, "Taras")
    switch(evening, "Olha", "2222")
    evening.tap("rail:counter")
    assert evening.sees("line:1")


def test_until_a_manager_has_a_pin_everybody_may_everything(till: Till) -> None:
    hire(till, "Marta", Role.MANAGER)
    hire(till, "Olha", Role.CASHIER)
    till.settle()
    switch(till, "Olha")
    till.tap("rail:settings")
    till.tap("section:staff")
    assert till.window.current == "settings"
    assert "everybody may do everything" in till.text("staff_rule")


def test_the_first_manager_s_pin_keeps_him_in_the_settings(till: Till) -> None:
    till.tap("rail:settings")
    till.tap("section:staff")
    till.tap("staff_new")
    till.enter_into("staff_name", "Marta")
    till.tap("staff_role:manager")
    till.enter_into("staff_pin", PIN)
    till.tap("staff_save")
    till.wait(lambda: till.sees("rail:who") and till.text("rail:who") == "Marta", "he stands here")
    till.settle()
    assert till.window.current == "settings"
    assert "Roles hold" in till.text("staff_rule")
    assert not till.sees("who_sheet")


def test_names_are_changed_in_the_settings(till: Till) -> None:
    till.tap("rail:settings")
    till.tap("section:staff")
    till.tap("staff_new")
    till.tap("staff_save")
    till.wait(lambda: till.sees("staff_name_error"), "a name is needed")
    till.enter_into("staff_name", "Olha")
    till.enter_into("staff_pin", "123")
    till.tap("staff_save")
    till.wait(lambda: till.sees("staff_pin_error"), "too short")
    till.enter_into("staff_pin", "2222")
    till.tap("staff_save")
    till.wait(lambda: till.sees("staff:Olha"), "listed")
    till.tap("staff_change:Olha")
    till.enter_into("staff_name", "Olha K.")
    till.tap("staff_role:kitchen")
    till.tap("staff_save")
    till.wait(lambda: till.sees("staff:Olha K."), "renamed")
    (olha,) = till.shop.desk.staff.everyone()
    assert (olha.role, olha.has_pin) == (Role.KITCHEN, True)
    till.tap("staff_change:Olha K.")
    till.tap("staff_pin_off")
    till.wait(lambda: not till.shop.desk.staff.everyone()[0].has_pin, "no PIN")
    till.tap("staff_change:Olha K.")
    till.tap("staff_remove")
    till.wait(lambda: not till.shop.desk.staff.everyone(), "gone")
