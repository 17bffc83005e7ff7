"""The stub on the bag and the slip that rides with it."""

from __future__ import annotations

import io
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from pos_app.domain.workflow import Kind
from pos_app.receipts import Layout, delivery_layout, slip_layout, stub_layout, to_escpos, to_png
from pos_app.receipts.elements import NO_BREAK, Inverse, Number, Qr
from tests.receipts.jobs import read_job
from tests.receipts.orders import HOSTED_URL, TOKEN, delivery, order, shop

COURIER_URL = f"HTTPS://T.EXAMPLE.UA/D/{TOKEN}#q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA"
PAID = order().total


def alarms(layout: Layout) -> list[str]:
    found = [element.text for element in layout.elements if isinstance(element, Inverse)]
    return [text.replace(NO_BREAK, " ") for text in found]


def test_the_stub_tells_whose_bag_it_is_and_what_belongs_in_it() -> None:
    layout = stub_layout(order(allergy="nuts"), shop("en"))
    assert layout.texts == (
        "A43",
        "Pickup · for 19:35",
        "Iryna K.",
        "ALLERGY: nuts",
        "2 Margh. L, extra basil",
        "1 Tiramisu",
        "2 lines",
        "TO PAY 585 ₴",
        "change from 1000",
    )
    assert alarms(layout) == ["ALLERGY: nuts"]


def test_a_paid_bag_says_so_and_a_reprinted_stub_is_a_copy() -> None:
    layout = stub_layout(order(paid=PAID), shop("en"), copy=True)
    assert layout.texts[0] == "COPY"
    assert layout.texts[-1] == "PAID"


def test_the_courier_reads_where_whom_and_how_much() -> None:
    layout = delivery_layout(delivery(allergy="nuts"), shop("en"), COURIER_URL)
    said = layout.texts
    assert said[:4] == ("A43", "Delivery · for 19:35", "TO PAY 585 ₴", "change from 1000")
    assert "вул. Велика Васильківська 72" in said
    assert "entrance 3 · floor 14 · code 72К2580" in said
    assert "“дзвонити двічі”" in said
    assert said.index("Iryna K.") < said.index("+380671234567")
    assert "2 Margh. L, extra basil" in said
    assert alarms(layout) == ["TO PAY 585 ₴", "ALLERGY: nuts"]
    assert [e.content for e in layout.elements if isinstance(e, Qr)] == [COURIER_URL]
    assert next(e for e in layout.elements if isinstance(e, Number)).digit_height_mm >= 15


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_couriers_slip_is_no_fiscal_receipt_either(language: str) -> None:
    wanted = {"en": "ORDER · not a VAT receipt", "uk": "ЗАМОВЛЕННЯ A43 · не є фіскальним чеком"}
    assert wanted[language] in delivery_layout(delivery(), shop(language)).texts


def test_nothing_to_collect_is_plain_and_no_code_without_a_page() -> None:
    layout = delivery_layout(delivery(paid=PAID), shop("en"), None)
    assert "PAID" in layout.texts
    assert alarms(layout) == []
    assert not any(isinstance(element, Qr) for element in layout.elements)


@pytest.mark.parametrize("width_mm", [58, 80])
def test_the_couriers_code_reads_from_picture_and_print_head(width_mm: int) -> None:
    layout = delivery_layout(delivery(), shop("uk", width_mm), COURIER_URL)
    painted = Image.open(io.BytesIO(to_png(layout))).convert("L")
    burnt = read_job(to_escpos(layout)).picture
    for picture in (painted, burnt):
        [code] = zxingcpp.read_barcodes(picture)
        assert code.text == COURIER_URL


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "TO PAY 585 ₴ · change from 1000"),
        ({"paid": PAID}, "PAID"),
        ({"paid": PAID, "refunded": PAID}, "REFUNDED 585 ₴"),
        ({"paid": PAID, "refunded": 145_00}, "PAID · REFUNDED 145 ₴"),
        ({"kind": Kind.CANCELLED}, "CANCELLED"),
        (
            {"kind": Kind.CANCELLED, "paid": PAID, "refunded": PAID},
            "CANCELLED · REFUNDED 585 ₴",
        ),
    ],
)
def test_the_guests_slip_says_how_the_money_stands(changes: dict[str, Any], words: str) -> None:
    assert words in slip_layout(order(**changes), shop("en"), HOSTED_URL).texts


def test_a_platforms_name_stands_beside_the_guests() -> None:
    assert "Iryna K. · Glovo" in slip_layout(order(partner="Glovo"), shop("en")).texts
