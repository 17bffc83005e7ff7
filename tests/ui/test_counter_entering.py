"""Entering at the counter: lines, modifiers, keys, search, what others change meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt

from pos_app.changes import MenuChanged
from tests.support.window import Till
from ui.counter.basket import cash_chips


def test_modifiers_and_quantity_change_the_price(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("line:1")
    till.tap("quantity:plus")
    till.tap("modifier:extra mozzarella")
    assert till.text("total").startswith("530")
    till.tap("modifier:medium")
    assert till.text("total").startswith("440")
    till.tap("modifier:large")
    assert till.text("total").startswith("530")
    till.tap("line_done")
    assert not till.sees("line_sheet")


def test_the_number_pad_types_over_the_quantity(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("line:1")
    till.tap("key:1")
    till.tap("key:2")
    assert till.text("quantity") == "12"
    till.tap("line_remove")
    assert not till.sees("line:1")


def test_a_tile_shows_how_many_are_in_the_order(till: Till) -> None:
    for _ in range(3):
        till.tap("tile:Margherita")
    assert getattr(till.find("tile:Margherita"), "count") == 3  # noqa: B009


def test_esc_clears_and_undo_brings_it_back(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("line:1")
    till.press(Qt.Key.Key_Escape)
    assert till.sees("line:1"), "the first Esc only closes the sheet"
    till.press(Qt.Key.Key_Escape)
    assert not till.sees("line:1")
    till.tap("undo_clear")
    assert till.sees("line:1")


def test_typing_searches_and_enter_adds(till: Till) -> None:
    till.type("tira")
    assert till.text("search") == "tira"
    assert till.sees("tile:Tiramisu")
    assert not till.sees("tile:Margherita")
    till.press(Qt.Key.Key_Return)
    assert till.sees("line:1")
    assert till.text("search") == ""


def test_enter_places_when_nothing_is_missing(till: Till) -> None:
    till.tap("tile:Margherita")
    till.press(Qt.Key.Key_Return)
    assert not till.background.busy
    till.tap("pay:card")
    till.press(Qt.Key.Key_Return)
    till.wait(lambda: till.sees("placed"), "placed")
    till.press(Qt.Key.Key_Return)
    assert not till.sees("placed")


def test_a_scanned_barcode_adds_its_dish(till: Till) -> None:
    with till.shop.desk.act() as act:
        act.connection.exec_driver_sql(
            "UPDATE dishes SET barcode = '4820000000017' WHERE names LIKE '%Tiramisu%'"
        )
        act.connection.exec_driver_sql("UPDATE store SET config_revision = config_revision + 1")
    till.shop.feed.publish(MenuChanged())
    till.settle()
    till.settle()
    till.type("4820000000017")
    till.press(Qt.Key.Key_Return)
    assert till.sees("line:1")


def test_a_number_in_the_search_finds_an_order(till: Till) -> None:
    till.tap("tile:Margherita")
    till.enter_into("phone", "0671234567")
    till.tap("pay:card")
    till.tap("place")
    till.wait(lambda: till.sees("placed"), "placed")
    till.tap("next_order")
    till.type("123456")
    till.tap("found:A1")
    assert till.window.current == "orders"
    till.wait(lambda: till.sees("details_number"), "details")
    assert till.text("details_number") == "A1"


def test_a_sold_out_dish_cannot_be_tapped(till: Till) -> None:
    dish = next(d for d in till.shop.desk.setup().menu.dishes if d.names["en"] == "Truffle")
    till.shop.desk.mark_sold_out(dish.id, True)
    till.settle()
    till.wait(lambda: till.sees("tile:Truffle"), "the tiles are back")
    assert not till.find("tile:Truffle").isEnabled()


def test_told_minutes_follow_the_board(till: Till) -> None:
    assert till.text("tell_guests") == "tell guests: 20 min"
    till.shop.desk.move_tell_guests(5)
    till.wait(lambda: till.text("tell_guests") == "tell guests: 25 min", "the header follows")
    till.tap("fulfilment:delivery")
    assert till.text("tell_guests") == "tell guests: 55 min"


def test_practice_says_so_on_every_screen(open_till: Callable[..., Till]) -> None:
    till = open_till(practice=True)
    for screen in ("counter", "board", "orders", "settings"):
        till.tap(f"rail:{screen}")
        assert till.text("practice_banner") == "PRACTICE — nothing is sent"


def test_a_real_shop_has_no_practice_banner(till: Till) -> None:
    assert not till.sees("practice_banner")


def test_keys_lead_to_every_screen(till: Till) -> None:
    for key, screen in (
        (Qt.Key.Key_F2, "board"),
        (Qt.Key.Key_F3, "orders"),
        (Qt.Key.Key_F4, "settings"),
        (Qt.Key.Key_F1, "counter"),
    ):
        till.press(key)
        till.wait(partial(_stands, till, screen), screen)


def _stands(till: Till, screen: str) -> bool:
    return till.window.current == screen


def test_the_slip_is_shown_as_it_is_printed(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("pay:card")
    till.tap("place")
    till.tap("placed_slip")
    till.wait(lambda: till.find("slip_picture").property("pixmap").width() > 200, "painted")


def test_notes_that_guests_give_are_offered() -> None:
    assert cash_chips(585_00, "UAH") == [600_00, 1000_00]
    assert cash_chips(1240_00, "UAH") == [1500_00, 2000_00, 5000_00]
    assert cash_chips(0, "UAH") == []
