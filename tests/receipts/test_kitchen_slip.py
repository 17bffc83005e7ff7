"""What the kitchen reads, and how large."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from pos_app.domain.workflow import Fulfilment
from pos_app.receipts import kitchen_layouts, paint, to_escpos
from pos_app.receipts.elements import DOTS_PER_MM, Inverse, Layout, Number
from tests.receipts.jobs import read_job
from tests.receipts.orders import MARGHERITA, STATIONS, TIRAMISU, at, order, shop


def test_each_station_gets_its_own_dishes_and_hears_of_the_others() -> None:
    grill, pizza = kitchen_layouts(order(), STATIONS, shop("en"))
    assert (grill[0], pizza[0]) == (1, 2)
    assert pizza[1].texts == (
        "Pizza",
        "A43",
        "Pickup · for 19:35",
        "Iryna K.",
        "2 Margh. L",
        "extra basil",
        "also at: Grill",
        "Placed Nov 23, 19:05",
    )
    assert "1 Tiramisu" in grill[1].texts
    assert "also at: Pizza" in grill[1].texts


def test_kitchen_names_are_those_of_the_shops_language() -> None:
    texts = dict(kitchen_layouts(order(), STATIONS, shop("uk")))[2].texts
    assert "2 Маргар. вел." in texts
    assert "+ базилік" in texts
    assert "також: Гриль" in texts


@pytest.mark.parametrize("language", ["en", "uk"])
def test_no_price_reaches_the_kitchen(language: str) -> None:
    for _, layout in kitchen_layouts(order(), STATIONS, shop(language)):
        words = " ".join(layout.texts)
        assert "₴" not in words
        assert "440" not in words


def test_allergy_table_and_notes_reach_every_station() -> None:
    lines = (replace(MARGHERITA, note="thin"), TIRAMISU)
    taken = order(
        *lines, fulfilment=Fulfilment.DINE_IN, table="4", allergy="nuts", note="all at once"
    )
    for _, layout in kitchen_layouts(taken, STATIONS, shop("en")):
        assert [e.text for e in layout.elements if isinstance(e, Inverse)] == ["ALLERGY: nuts"]
        assert "table 4" in layout.texts
        assert "“all at once”" in layout.texts
    assert "“thin”" in dict(kitchen_layouts(taken, STATIONS, shop("en")))[2].texts


def test_a_station_with_nothing_left_to_make_gets_no_slip() -> None:
    taken = order(MARGHERITA, replace(TIRAMISU, voided_at=at(19, 6)))
    assert [key for key, _ in kitchen_layouts(taken, STATIONS, shop("en"))] == [2]
    assert not any(
        "also at" in t for _, x in kitchen_layouts(taken, STATIONS, shop()) for t in x.texts
    )


def test_dishes_of_a_station_the_menu_has_lost_still_print() -> None:
    taken = order(replace(MARGHERITA, station_id=9), TIRAMISU)
    slips = kitchen_layouts(taken, STATIONS, shop("en"))
    assert [key for key, _ in slips] == [1, 9]
    assert "2 Margh. L" in slips[1][1].texts


def test_a_reprint_for_the_kitchen_begins_with_copy() -> None:
    for _, layout in kitchen_layouts(order(), STATIONS, shop("en"), copy=True):
        assert layout.texts[0] == "COPY"


@pytest.mark.parametrize("width_mm", [58, 80])
@pytest.mark.parametrize("number", ["7", "A43", "111", "A1043", "K1234567"])
def test_the_digits_are_at_least_15_mm_of_ink_on_paper(width_mm: int, number: str) -> None:
    _, whole = kitchen_layouts(order(number=number), STATIONS, shop("en", width_mm))[0]
    alone = tuple(element for element in whole.elements if isinstance(element, Number))
    picture = read_job(to_escpos(Layout("", width_mm, alone))).picture
    ink = picture.point(lambda shade: 255 - shade).getbbox()
    assert ink is not None
    assert (ink[3] - ink[1]) / DOTS_PER_MM >= 15


def test_a_number_too_long_for_one_line_keeps_its_height_and_takes_two() -> None:
    _, whole = kitchen_layouts(order(number="DELIVERY-123456"), STATIONS, shop("en", 58))[0]
    alone = tuple(element for element in whole.elements if isinstance(element, Number))
    picture = _picture(Layout("", 58, alone))
    assert picture.height / DOTS_PER_MM >= 30
    rows = [
        min(picture.crop((0, y, picture.width, y + 1)).tobytes()) for y in range(picture.height)
    ]
    blank = rows.index(255)
    assert blank / DOTS_PER_MM >= 15


def _picture(layout: Layout) -> Image.Image:
    dots = paint.raster(layout)
    return Image.frombytes(
        "1", (dots.width_dots, dots.height_dots), dots.rows, "raw", "1;I"
    ).convert("L")
