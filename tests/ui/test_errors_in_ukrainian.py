"""A cashier who works in Ukrainian reads every refusal in Ukrainian."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from pos_app import paths
from pos_app.bootstrap import open_shop
from pos_app.config import ShopSettings
from pos_app.domain.workflow import Phase
from pos_app.errors import OrderbellError
from tests.support.shops import pickup
from tests.support.window import Till
from ui.app import Program
from ui.settings.first_start import FirstStart
from ui.settings.places import Guess
from ui.trouble import TroubleWindow
from ui.words import set_language

SHOP = ShopSettings(name="Вареничка", country="UA", language="uk")


@pytest.fixture
def ukrainian(open_till: Callable[..., Till]) -> Callable[[str], Till]:
    """Opens a till whose shop speaks Ukrainian, on one screen."""
    return lambda screen: open_till(shop=SHOP, screen=screen)


def test_a_refused_bump(ukrainian: Callable[[str], Till]) -> None:
    till = ukrainian("board")
    placed = till.shop.desk.place(pickup(till.shop)).order
    board = till.window.board
    till.wait(lambda: board.columns.phase_of(placed.id) is Phase.NEW, "the ticket")
    till.tap(f"station:{placed.tickets[0].station_id}")
    till.settle()
    _elsewhere(till, placed.id)
    QTest.keyClick(board, Qt.Key.Key_Down)

    def bumped() -> bool:
        """A ticket that has just come takes no act yet."""
        QTest.keyClick(board.columns.column(Phase.NEW).view, Qt.Key.Key_Space)
        till.settle()
        return bool(till.refused())

    till.wait(bumped, "a notice")
    assert till.text("notice") == f"Замовлення {placed.number} уже не на кухні"


def _elsewhere(till: Till, order_id: int) -> None:
    """Another till cancels the order; this window has not heard of it yet."""
    other = open_shop(till.shop.data, clock=till.shop.clock)
    try:
        other.desk.cancel(order_id, "Гість передумав")
    finally:
        other.close()


def test_a_dish_that_sold_out_meanwhile(ukrainian: Callable[[str], Till]) -> None:
    till = ukrainian("counter")
    till.tap("tile:Margherita")
    till.tap("pay:card")
    dish = next(d for d in till.shop.desk.setup().menu.dishes if d.names["en"] == "Margherita")
    other = open_shop(till.shop.data, clock=till.shop.clock)
    try:
        other.desk.mark_sold_out(dish.id, True)
    finally:
        other.close()
    till.tap("place")
    till.wait(lambda: bool(till.refused()), "a notice")
    assert till.text("notice") == f"{dish.names['uk']} у стоп-листі"


def test_an_invalid_phone_at_the_counter_and_in_the_settings(
    ukrainian: Callable[[str], Till],
) -> None:
    till = ukrainian("counter")
    till.tap("tile:Margherita")
    till.enter_into("phone", "8067123456789")
    assert till.text("phone_error") == "Такого номера телефону не буває"
    till.tap("rail:settings")
    till.enter_into("shop_phone", "12")
    till.tap("shop_save")
    till.wait(lambda: till.sees("shop_phone_error"), "the error at its field")
    example = "Наприклад, 050 123 4567."
    assert till.text("shop_phone_error") == f"«12» — такого номера телефону не буває. {example}"
    till.enter_into("shop_phone", "{0}%s")
    till.tap("shop_save")
    till.wait(
        lambda: till.text("shop_phone_error") == "«{0}%s» — не номер телефону. " + example,
        "what was typed, as it was typed",
    )


def test_whole_minutes_are_asked_for_at_their_field(ukrainian: Callable[[str], Till]) -> None:
    till = ukrainian("settings")
    till.tap("section:limits")
    till.enter_into("limit_new", "0")
    till.tap("limits_save")
    till.wait(lambda: till.sees("limit_new_error"), "the error at its field")
    assert till.text("limit_new_error") == "Від 1 до 240 хвилин"


def test_the_first_start_and_a_damaged_store(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guessed = Guess("uk", "UA", "Europe/Kyiv", "UAH")
    first = FirstStart(guessed, [])
    first.refuse(OrderbellError("The disk is full", "Nothing was saved."))
    said = first.findChild(QLabel, "first_start_error")
    assert isinstance(said, QLabel)
    assert said.text() == "Диск заповнений. Нічого не збережено."
    set_language("en")
    monkeypatch.setattr("ui.settings.places.guess", lambda: guessed)
    (tmp_path / "shop").mkdir()
    paths.store_file(tmp_path / "shop").write_bytes(b"no database at all" * 100)
    program = Program(tmp_path / "shop")
    try:
        program.begin()
        assert isinstance(program.window, TroubleWindow)
        title = program.window.findChild(QLabel, "trouble_title")
        assert isinstance(title, QLabel)
        assert title.text() == "Файл бази даних пошкоджено"
    finally:
        program.end()
        first.deleteLater()
        set_language("en")
