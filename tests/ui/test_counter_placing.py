"""Placing at the counter: few taps, nothing preselected, number and QR at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from pos_app.bootstrap import add_channel
from pos_app.config import WayOut
from pos_app.domain.order import Order
from pos_app.domain.workflow import Fulfilment, Kind
from tests.support.bot_api import TOKEN
from tests.support.window import Till


def newest(till: Till) -> Order:
    return till.shop.desk.search("", 1)[0].order


def place(till: Till) -> Order:
    till.tap("place")
    till.wait(lambda: till.sees("placed"), "the placed panel")
    return newest(till)


def test_two_dishes_for_pickup_take_six_taps_and_the_digits(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("tile:Pepperoni")
    till.tap("phone")
    before_digits = till.taps
    for digit in "0671234567":
        till.tap(f"key:{digit}")
    digits = till.taps - before_digits
    till.tap("order_texts")
    till.tap("pay:cash")
    order = place(till)
    assert (digits, till.taps - digits) == (10, 6)
    assert order.fulfilment is Fulfilment.PICKUP
    assert order.customer.phone == "+380671234567"
    assert order.customer.order_texts
    assert order.total == (220 + 265) * 100
    assert order.due == 0


def test_nothing_is_preselected_that_costs_money(till: Till) -> None:
    assert till.text("place") == "Tap a dish to begin"
    till.tap("tile:Margherita")
    assert till.text("place") == "Choose payment to place"
    assert not till.find("place").isEnabled()
    till.tap("pay:card")
    assert till.text("place") == "Place"
    assert till.find("place").isEnabled()


def test_the_qr_on_the_screen_leads_to_the_page(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("pay:unpaid")
    order = place(till)
    picture = till.find("placed_qr").grab().toImage()
    picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    raw = bytes(picture.constBits())
    image = Image.frombytes("L", (picture.bytesPerLine(), picture.height()), raw)
    found = zxingcpp.read_barcodes(image)
    assert [code.text for code in found] == [till.shop.desk.tracking_url(order.id)]
    assert till.text("placed_number") == order.number


def test_without_a_page_the_panel_says_what_to_choose(open_till: Callable[..., Till]) -> None:
    till = open_till()
    till.tap("tile:Margherita")
    till.tap("pay:card")
    place(till)
    assert not till.sees("placed_qr")
    assert "Settings" in till.text("placed_page")
    till.tap("placed_settings")
    assert till.window.current == "settings"
    assert till.sees("page_state")


def test_undo_takes_a_placed_order_back(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("pay:cash")
    order = place(till)
    till.tap("placed_undo")
    till.wait(lambda: newest(till).kind is Kind.CANCELLED, "undone")
    till.wait(lambda: not till.sees("placed"), "the cart is back")
    assert order.number in till.text("notice")


def test_the_next_dish_begins_the_next_order(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("pay:cash")
    place(till)
    till.tap("tile:Pepperoni")
    assert not till.sees("placed")
    assert till.text("total").startswith("265")


def test_a_delivery_needs_a_street_and_says_so_at_the_field(till: Till) -> None:
    till.tap("fulfilment:delivery")
    till.tap("tile:Margherita")
    till.tap("pay:unpaid")
    assert till.text("street_error") == "A delivery needs a street"
    assert not till.find("place").isEnabled()
    till.enter_into("street", "Shevchenka 5")
    assert not till.sees("street_error")
    till.tap("address")
    till.enter_into("address_floor", "7")
    till.tap("address_done")
    order = place(till)
    assert order.address is not None
    assert (order.address.street, order.address.floor) == ("Shevchenka 5", "7")
    assert order.due == order.total


def test_an_unpaid_delivery_remembers_the_note_to_bring_change_for(till: Till) -> None:
    till.tap("fulfilment:delivery")
    till.enter_into("street", "Shevchenka 5")
    till.tap("tile:Margherita")
    till.tap("pay:unpaid")
    till.tap("cash:1000")
    assert "780" in till.text("change")
    assert place(till).change_from == 1000_00


def test_cash_shows_the_change_and_any_amount_can_be_typed(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("pay:cash")
    till.tap("cash:500")
    assert "280" in till.text("change")
    till.tap("cash:other")
    for key in "300":
        till.tap(f"key:{key}")
    till.tap("cash_done")
    assert "80" in till.text("change")
    assert place(till).change_from is None


def test_a_table_goes_with_dine_in(till: Till) -> None:
    till.tap("fulfilment:dine_in")
    till.enter_into("table", "6")
    till.tap("tile:Margherita")
    till.tap("pay:unpaid")
    assert place(till).table == "6"


def test_a_later_order_keeps_the_chosen_quarter_hour(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("later")
    times = [
        w
        for w in till.window.findChildren(type(till.find("later")))
        if w.objectName().startswith("time:") and w.objectName() != "time:now"
    ]
    chosen = times[3].objectName()
    till.tap(chosen)
    till.tap("pay:card")
    order = place(till)
    assert order.promised_at % (15 * 60_000) == 0
    assert chosen.removeprefix("time:") in till.text("placed_about")


def test_allergy_note_and_tag_are_kept(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("allergy")
    till.type("nuts")
    till.tap("allergy_done")
    till.tap("note")
    till.type("ring twice")
    till.tap("tag:VIP")
    till.tap("note_done")
    till.tap("pay:card")
    assert till.text("allergy_shown") == "ALLERGY: nuts"
    order = place(till)
    assert (order.allergy, order.note, order.tags) == ("nuts", "ring twice", ("VIP",))


def test_a_repeated_guest_is_recalled_and_can_have_the_same_again(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("tile:Pepperoni")
    till.enter_into("phone", "067 123 45 67")
    till.enter_into("guest_name", "Iryna")
    till.tap("pay:card")
    place(till)
    till.tap("next_order")
    till.enter_into("phone", "0671234567")
    till.wait(lambda: till.sees("known_guest"), "recalled")
    assert till.text("guest_name") == "Iryna"
    assert till.text("known_guest").startswith("1 order · last: Margherita")
    assert not getattr(till.find("order_texts"), "isChecked")()  # noqa: B009
    till.tap("same_again")
    till.tap("pay:card")
    assert [line.names["en"] for line in place(till).lines] == ["Margherita", "Pepperoni"]


def test_a_wrong_number_is_told_and_cannot_be_placed(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("pay:card")
    till.enter_into("phone", "0671234")
    assert not till.sees("phone_error")
    assert till.text("place") == "Correct the phone to place"
    till.press(Qt.Key.Key_Return)
    assert till.sees("phone_error")
    till.enter_into("phone", "8067123456789")
    assert till.text("phone_error") == "This is not a valid phone number"
    till.enter_into("phone", "0671234567")
    assert not till.sees("phone_error")
    assert till.find("place").isEnabled()


def test_a_dish_that_sold_out_meanwhile_is_refused_in_words(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("pay:card")
    dish = next(d for d in till.shop.desk.setup().menu.dishes if d.names["en"] == "Margherita")
    with till.shop.desk.act() as act:
        act.connection.exec_driver_sql(f"UPDATE dishes SET sold_out = 1 WHERE id = {dish.id}")
        act.connection.exec_driver_sql("UPDATE store SET config_revision = config_revision + 1")
    till.tap("place")
    till.wait(lambda: bool(till.said), "a notice")
    assert till.refused() == ["Margherita is sold out"]
    assert till.sees("line:1"), "what was entered stays"


@pytest.mark.parametrize("way", ["cash", "card"])
def test_what_is_paid_at_the_counter_is_recorded_as_such(till: Till, way: str) -> None:
    till.tap("tile:Margherita")
    till.tap(f"pay:{way}")
    assert place(till).payment_type == way


def test_without_a_page_the_code_opens_the_shops_bot_and_says_so(
    open_till: Callable[..., Till],
) -> None:
    till = open_till()
    bot = WayOut("bot", "", "telegram", {"bot": "trattoria_bot"})
    add_channel(till.shop, bot, TOKEN)
    till.tap("tile:Margherita")
    till.tap("pay:card")
    order = place(till)
    assert till.sees("placed_qr")
    assert till.text("placed_page") == "Follow your order in Telegram: scan"
    assert till.shop.desk.tracking_url(order.id) == till.find("placed_qr").accessibleName()
    till.tap("rail:settings")
    till.tap("section:page")
    assert "the slip’s code opens @trattoria_bot" in till.text("page_state")
    till.tap("page_close")
    till.wait(lambda: any("opens your bot" in one.title for one in till.said), "what closing means")
