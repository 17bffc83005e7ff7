"""What stands on a kitchen card, that nothing is cut, and that nothing hides silently."""

from __future__ import annotations

import csv
import gzip
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, Instant
from pos_app.domain.menu import KITCHEN_NAME_LENGTH
from pos_app.domain.order import LineDraft, Order
from pos_app.domain.workflow import Fulfilment
from pos_app.replay.dishes import kitchen_name
from pos_app.replay.sales import Pizza
from tests.support.kitchen_shop import LONG_TICKET, Wish, clock_of, dishes, draft, fill, station
from tests.support.sources import ROOT
from tests.ui.kitchen.conftest import OpenCook
from tests.ui.kitchen.cook import Cook
from ui.board.text_sizes import height_of, width_of
from ui.words import set_language

SIZES = [((1366, 768), 15.6), ((1920, 1080), 21.5)]
SALES = ROOT.parent / "shared" / "data" / "pizza-orders-2015-h1.csv.gz"


def place(shop: Shop, wish: Wish, at: str = "Grill") -> Order:
    return shop.desk.place(draft(shop, wish, at, 0)).order


def assert_nothing_is_cut(cook: Cook) -> None:
    for page in range(20):
        cook.grid.show_page(page)
        for cell in cook.grid.shown:
            assert cook.grid.rect().contains(cell.place), cell.card.content.number
            for piece in cell.card.pieces:
                needed = height_of(piece.text, piece.font, piece.place.width())
                assert needed <= piece.place.height(), piece.text
                assert piece.place.right() < cell.card.width, piece.text
                assert piece.place.bottom() <= cell.card.height, piece.text
            button = cell.card.button
            if button is not None:
                word = cell.card.content.act_word
                assert width_of(word, cook.grid.sizes.button) < button.width()


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize(("size", "inches"), SIZES)
@pytest.mark.parametrize("metres", [1.0, 1.5, 2.0])
def test_no_word_is_cut_in_either_language(
    shop: Shop,
    cook: OpenCook,
    language: str,
    size: tuple[int, int],
    inches: float,
    metres: float,
) -> None:
    set_language(language)
    orders = fill(shop, 12)
    shop.desk.kitchen.rush(orders[4].id)
    shop.desk.kitchen.hold(orders[5].id)
    shop.desk.kitchen.ask_counter(orders[5].id, "?")
    shop.desk.add_line(orders[1].id, LineDraft(dishes(shop, "Grill")[0].id, 3))
    shop.desk.kitchen.make_again(orders[0].id, orders[0].lines[0].id, "dropped")
    assert_nothing_is_cut(cook(shop, size=size, inches=inches, metres=metres))


def longest_kitchen_names() -> list[str]:
    """The longest names that the real sales bring, as the kitchen reads them."""
    with gzip.open(SALES, "rt", encoding="utf-8") as file:
        rows = {
            (row["name"], row["size"], row["type"], row["price"]) for row in csv.DictReader(file)
        }
    names = {kitchen_name(Pizza(name, size, kind, price)) for name, size, kind, price in rows}
    return sorted(names, key=len)[-8:]


def test_the_longest_real_names_wrap_and_are_never_cut(shop: Shop, cook: OpenCook) -> None:
    names = [*longest_kitchen_names(), "W" * KITCHEN_NAME_LENGTH, "Щ" * KITCHEN_NAME_LENGTH]
    assert max(len(name) for name in names) == KITCHEN_NAME_LENGTH
    order = place(shop, Wish(((0, 2, 0),)))
    grill = cook(shop, metres=2.0)
    content = grill.card(order).content
    line = content.lines[0]
    long = replace(
        content, lines=tuple(replace(line, line_id=n, dish=name) for n, name in enumerate(names))
    )
    grill.grid.show_contents([long])
    assert_nothing_is_cut(grill)
    shown = [piece.text for cell in grill.grid.shown for piece in cell.card.pieces]
    assert "…" not in "".join(shown)


def test_a_ticket_of_fourteen_lines_goes_on_in_the_next_cells(shop: Shop, cook: OpenCook) -> None:
    lines = tuple((at, 1, at % 2) for at in range(LONG_TICKET))
    order = place(shop, Wish(lines))
    grill = cook(shop, size=(1366, 768), inches=15.6, metres=1.0)
    cells = grill.cells(order)
    assert len(cells) > 1
    assert [(c.card.part, c.card.parts) for c in cells] == [
        (part, len(cells)) for part in range(1, len(cells) + 1)
    ]
    assert sum(len(cell.card.lines) for cell in cells) == LONG_TICKET
    assert [cell.card.button is not None for cell in cells] == [False] * (len(cells) - 1) + [True]
    for part, cell in enumerate(cells, start=1):
        texts = [piece.text for piece in cell.card.pieces]
        assert order.number in texts
        assert any(text.startswith(f"{part}/{len(cells)}") for text in texts)
    assert cells[0].place.left() < cells[1].place.left()


def test_what_does_not_fit_is_counted_and_a_tap_away(shop: Shop, cook: OpenCook) -> None:
    orders = fill(shop, 25)
    grill = cook(shop)
    sign = grill.grid.sign
    assert sign is not None
    shown = grill.numbers()
    ended = [c.card for c in grill.grid.shown if c.card.part == c.card.parts]
    assert sign.title == f"+{25 - len(ended)} more"
    hidden = [order for order in orders if order.number not in shown]
    now = clock_of(shop).now()
    oldest = max(now - grill.order(order).entered_at for order in hidden) // MINUTE_MS
    assert sign.about == f"oldest {oldest} min"
    assert sign.show is not None
    assert sign.show.height() >= 60
    seen = set(shown)
    for _page in range(12):
        sign = grill.grid.sign
        if sign is None or sign.show is None:
            break
        grill.touch(sign.show.center())
        seen |= set(grill.numbers())
    assert seen == {order.number for order in orders}
    last = grill.grid.sign
    assert last is not None
    assert last.title.endswith("before")
    assert last.back is not None
    while grill.grid.page:
        assert grill.grid.sign is not None
        assert grill.grid.sign.back is not None
        grill.touch(grill.grid.sign.back.center())
    assert grill.numbers() == shown


def test_few_tickets_have_no_sign(shop: Shop, cook: OpenCook) -> None:
    fill(shop, 3)
    grill = cook(shop, metres=1.0)
    assert grill.grid.sign is None
    assert len(grill.numbers()) == 3


def test_other_stations_of_an_order_are_named_until_they_are_done(
    shop: Shop, cook: OpenCook
) -> None:
    order = place(shop, Wish(((0, 1, 0),), also="Pizza"))
    grill = cook(shop)
    assert "also at: Pizza" in grill.texts(order)
    pizza = station(shop, "Pizza").id
    shop.desk.bump(order.id, None, pizza)
    shop.desk.bump(order.id, None, pizza)
    grill.calm()
    assert "done at: Pizza" in grill.texts(order)
    assert not any("also at" in text for text in grill.texts(order))


def test_the_head_says_where_it_goes_and_for_when(shop: Shop, cook: OpenCook) -> None:
    table = place(shop, Wish(((0, 1, 0),), Fulfilment.DINE_IN, 18))
    away = place(shop, Wish(((0, 1, 0),), Fulfilment.DELIVERY, 19))
    grill = cook(shop)
    grill.shop.desk.kitchen.fire(table.id)
    grill.shop.desk.kitchen.fire(away.id)
    grill.calm()
    assert "Table 4 · for 20:00" in grill.texts(table)
    assert "Delivery · for 20:01" in grill.texts(away)


def test_no_name_and_no_price_stands_in_the_kitchen(shop: Shop, cook: OpenCook) -> None:
    order = place(shop, Wish(((0, 1, 1),)))
    said = " ".join(cook(shop).texts(order))
    assert "Iryna" not in said
    assert "₴" not in said


def test_later_orders_are_counted_and_enter_by_themselves(shop: Shop, cook: OpenCook) -> None:
    now = place(shop, Wish(((0, 1, 0),)))
    later = place(shop, Wish(((1, 1, 0),), promised_minutes=90))
    enters = shop.desk.order(later.id)
    assert enters is not None
    assert enters.order.enters_at > clock_of(shop).now()
    grill = cook(shop)
    assert grill.numbers() == [now.number]
    assert grill.sees("kitchen_later")
    assert "Later 1 · next" in grill.screen.header.told_later
    clock_of(shop).set(Instant(enters.order.enters_at))
    grill.wait(lambda: later.number in grill.numbers())
    assert not grill.sees("kitchen_later")


def test_what_goes_first_stands_first_and_what_is_held_is_dimmed(
    shop: Shop, cook: OpenCook
) -> None:
    orders = [place(shop, Wish(((at, 1, 0),))) for at in range(3)]
    shop.desk.kitchen.rush(orders[2].id)
    shop.desk.kitchen.hold(orders[1].id)
    grill = cook(shop)
    assert grill.numbers()[0] == orders[2].number
    assert "FIRST" in grill.texts(orders[2])
    assert "HOLD" in grill.texts(orders[1])
    assert grill.card(orders[1]).content.held
    assert grill.act(orders[1]) == "Fire"


def test_a_question_at_the_counter_stands_on_the_card(shop: Shop, cook: OpenCook) -> None:
    order = place(shop, Wish(((0, 1, 0),)))
    grill = cook(shop)
    shop.desk.kitchen.ask_counter(order.id, "No onion?")
    grill.calm()
    assert "?" in grill.texts(order)
    shop.desk.kitchen.answer(order.id)
    grill.calm()
    assert "?" not in grill.texts(order)


def test_a_screen_of_all_stations_shows_each_order_once(shop: Shop, cook: OpenCook) -> None:
    order = place(shop, Wish(((0, 1, 0),), also="Pizza"))
    every = cook(shop, "")
    assert len(every.cells(order)) == 1
    assert len(every.card(order).lines) == 2
    assert not any("also at" in text for text in every.texts(order))


def test_an_empty_kitchen_teaches(shop: Shop, cook: OpenCook) -> None:
    grill = cook(shop)
    assert grill.numbers() == []
    assert "come here by themselves" in grill.grid.empty_words


def test_ten_thousand_repaints_lose_no_none(shop: Shop, cook: OpenCook) -> None:
    """Some Qt bindings lose one reference to None per drawn text; the board would die of it."""
    fill(shop, 2)
    grid = cook(shop, size=(700, 500)).grid
    canvas = QPixmap(grid.size())
    grid.render(canvas, QPoint(0, 0))
    before = sys.getrefcount(None)
    for _ in range(5_000):
        grid.render(canvas, QPoint(0, 0))
    assert abs(sys.getrefcount(None) - before) < 1_000
