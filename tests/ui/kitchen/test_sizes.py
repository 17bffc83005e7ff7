"""What is read from afar is large enough: measured on the widgets that stand there."""

from __future__ import annotations

import pytest

from pos_app.bootstrap import Shop
from tests.support.kitchen_shop import fill
from tests.ui.kitchen.conftest import OpenCook
from ui.kitchen.sizes import sizes_for
from ui.legibility import arc_minutes, pixel_mm

SCREENS = [
    (21.5, 1920, 1080, 1.0),
    (21.5, 1920, 1080, 1.5),
    (21.5, 1920, 1080, 2.0),
    (15.6, 1366, 768, 1.5),
    (24.0, 2560, 1440, 2.0),
    (32.0, 1920, 1080, 3.0),
]


@pytest.mark.parametrize(("metres", "dish_px"), [(1.0, 26), (1.5, 39), (2.0, 52)])
def test_a_dish_on_full_hd_is_as_large_as_the_design_says(metres: float, dish_px: int) -> None:
    assert sizes_for(21.5, 1920, 1080, metres).dish.pixelSize() == dish_px


@pytest.mark.parametrize(("inches", "wide", "high", "metres"), SCREENS)
def test_every_text_of_every_card_is_legible(
    shop: Shop, cook: OpenCook, inches: float, wide: int, high: int, metres: float
) -> None:
    orders = fill(shop, 8)
    shop.desk.kitchen.rush(orders[0].id)
    shop.desk.kitchen.change_note(orders[1].id, "cut in four")
    grill = cook(shop, size=(wide, high), inches=inches, metres=metres)
    pixel = pixel_mm(inches, wide, high)
    seen = {
        piece.text: arc_minutes(piece.font.pixelSize(), pixel, metres)
        for cell in grill.grid.shown
        for piece in cell.card.pieces
    }
    assert min(seen.values()) >= 12
    for cell in grill.grid.shown:
        content = cell.card.content
        assert seen[content.number] >= 20
        for line in content.lines:
            for text in (line.quantity, line.dish, line.modifiers):
                assert not text or text not in seen or seen[text] >= 16
    faces = grill.grid.sizes
    for face in (faces.quantity, faces.dish, faces.modifier, faces.alarm, faces.button):
        assert arc_minutes(face.pixelSize(), pixel, metres) >= 16
    for face in (faces.clock, faces.under, faces.chip, faces.note):
        assert arc_minutes(face.pixelSize(), pixel, metres) >= 12


def test_who_stands_nearer_sees_more_columns(shop: Shop, cook: OpenCook) -> None:
    fill(shop, 25)
    columns = [cook(shop, metres=metres).grid.room().columns for metres in (1.0, 1.5, 2.0)]
    assert columns == [6, 4, 3]


def test_another_distance_is_followed_at_once(shop: Shop, cook: OpenCook) -> None:
    orders = fill(shop, 6)
    grill = cook(shop, metres=1.0)
    grill.screen.set_sizes(sizes_for(21.5, 1920, 1080, 2.0))
    sizes = {piece.font.pixelSize() for piece in grill.card(orders[0]).pieces}
    assert 52 in sizes
    assert 26 not in sizes


@pytest.mark.parametrize("metres", [0.5, 1.0, 1.5, 2.0])
def test_targets_are_as_large_as_wet_fingers_need(
    shop: Shop, cook: OpenCook, metres: float
) -> None:
    fill(shop, 12)
    grill = cook(shop, size=(1366, 768), inches=15.6, metres=metres)
    for cell in grill.grid.shown:
        card = cell.card
        for button in (card.button, card.more):
            assert button is None or min(button.width(), button.height()) >= 60
        assert card.head.height() >= 48
        assert all(line.place.height() >= 48 for line in card.lines)
    header = grill.screen.header
    for target in (header.bring_back, *header.undo.findChildren(type(header.bring_back))):
        assert target.height() >= 48
