"""The guest display: numbers come, are highlighted, and leave by themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, SECOND_MS
from pos_app.domain.order import Order
from pos_app.domain.workflow import Fulfilment, Kind
from pos_app.fonts import load_fonts
from tests.support.board_shop import NOW
from tests.support.kitchen_shop import Wish, clock_of, draft, open_kitchen
from ui.background import Background
from ui.bridge import Bridge
from ui.guest.screen import PAGE_MS, READY_ARC, GuestScreen
from ui.legibility import arc_minutes, font_px, pixel_mm
from ui.words import set_language

PIXEL_MM = pixel_mm(32, 1920, 1080)


class Display:
    """One display on a shop whose clock the test moves."""

    def __init__(self, qtbot: QtBot, shop: Shop, size: tuple[int, int] = (1920, 1080)) -> None:
        self.qtbot, self.shop = qtbot, shop
        self.background = Background()
        self.bridge = Bridge(shop, self.background)
        self.screen = GuestScreen(
            shop,
            shop.desk.setup(),
            self.background,
            self.bridge,
            pixel_mm=PIXEL_MM,
            distance_m=3.0,
        )
        qtbot.addWidget(self.screen)
        self.screen.resize(*size)
        self.screen.show()
        self.calm()

    def calm(self) -> None:
        self.qtbot.waitUntil(
            lambda: not self.background.busy and not self.bridge.busy, timeout=10_000
        )

    @property
    def cooking(self) -> list[str]:
        return [entry.number for entry in self.screen.cooking.entries]

    @property
    def ready(self) -> list[tuple[str, bool]]:
        return [(entry.number, entry.fresh) for entry in self.screen.ready.entries]

    def wait_ready(self, wanted: list[tuple[str, bool]]) -> None:
        """Longer than a second: time alone changes what stands there."""
        self.qtbot.waitUntil(lambda: self.ready == wanted, timeout=10_000)

    @property
    def is_idle(self) -> bool:
        return self.screen.idle.isVisible()

    def close(self) -> None:
        self.screen.close()
        self.bridge.close()
        self.background.stop()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    opened = open_kitchen(tmp_path / "shop", "uk")
    clock_of(opened).set(NOW)
    yield opened
    opened.close()


@pytest.fixture
def display(qtbot: QtBot, shop: Shop) -> Iterator[Display]:
    load_fonts()
    set_language("uk")
    opened = Display(qtbot, shop)
    yield opened
    opened.close()
    set_language("en")


def place(shop: Shop, fulfilment: Fulfilment = Fulfilment.PICKUP) -> Order:
    wish = Wish(((0, 1, 0),), fulfilment)
    return shop.desk.place(draft(shop, wish, "Grill", 0)).order


def make_ready(shop: Shop, order: Order) -> None:
    while shop.desk.bump(order.id).order.kind is not Kind.READY:
        pass


def test_an_idle_display_shows_the_shop_s_name(display: Display) -> None:
    assert display.is_idle
    assert display.screen.idle.text() == "Pasta Nova"


def test_numbers_go_from_cooking_to_ready_and_away(shop: Shop, display: Display) -> None:
    first, second = place(shop), place(shop, Fulfilment.DINE_IN)
    display.calm()
    assert display.cooking == [first.number, second.number]
    assert not display.is_idle
    make_ready(shop, first)
    display.calm()
    assert display.cooking == [second.number]
    assert display.ready == [(first.number, True)]
    clock_of(shop).advance(21 * SECOND_MS)
    make_ready(shop, second)
    display.calm()
    assert display.ready == [(second.number, True), (first.number, False)]
    shop.desk.bump(first.id)
    shop.desk.bump(second.id)
    display.calm()
    assert display.is_idle


def test_a_highlight_ends_after_twenty_seconds(shop: Shop, display: Display) -> None:
    order = place(shop)
    make_ready(shop, order)
    display.calm()
    clock_of(shop).advance(20 * SECOND_MS - 1)
    display.screen.reload()
    display.calm()
    assert display.ready == [(order.number, True)]
    clock_of(shop).advance(1)
    display.wait_ready([(order.number, False)])


def test_what_nobody_fetches_leaves_after_fifteen_minutes(shop: Shop, display: Display) -> None:
    order = place(shop)
    make_ready(shop, order)
    display.calm()
    clock_of(shop).advance(15 * MINUTE_MS - 1)
    display.screen.reload()
    display.calm()
    assert display.ready == [(order.number, False)]
    clock_of(shop).advance(1)
    display.wait_ready([])
    assert display.is_idle
    assert shop.desk.order(order.id) is not None


def test_deliveries_and_later_orders_are_not_for_those_who_stand_here(
    shop: Shop, display: Display
) -> None:
    place(shop, Fulfilment.DELIVERY)
    wish = Wish(((0, 1, 0),), promised_minutes=120)
    shop.desk.place(draft(shop, wish, "Grill", 0))
    display.calm()
    assert display.is_idle


def test_both_words_stand_over_each_list(display: Display) -> None:
    assert display.screen.cooking.words == ("Готуємо", "Cooking")
    assert display.screen.ready.words == ("Готово", "Ready")


def test_more_than_fit_turn_every_eight_seconds(shop: Shop, display: Display) -> None:
    numbers = [place(shop).number for _ in range(40)]
    display.calm()
    panel = display.screen.cooking
    assert PAGE_MS == 8_000
    assert panel.pages > 1
    seen: list[str] = []
    for _page in range(panel.pages):
        seen += [entry.number for entry in panel.shown]
        display.screen.turn_pages()
    assert seen == numbers
    assert panel.page == 0


def test_a_new_ready_number_is_shown_at_once_on_whatever_page(shop: Shop, display: Display) -> None:
    for _ in range(30):
        make_ready(shop, place(shop))
    display.calm()
    display.screen.turn_pages()
    assert display.screen.ready.page == 1
    newest = place(shop)
    clock_of(shop).advance(SECOND_MS)
    make_ready(shop, newest)
    display.calm()
    assert display.screen.ready.page == 0
    assert display.screen.ready.shown[0].number == newest.number


def test_numbers_are_huge_from_three_metres(display: Display) -> None:
    assert arc_minutes(display.screen.ready.number_px, PIXEL_MM, 3.0) >= 50
    assert arc_minutes(display.screen.cooking.number_px, PIXEL_MM, 3.0) >= 30


def test_a_small_display_still_shows_whole_numbers(qtbot: QtBot, shop: Shop) -> None:
    load_fonts()
    small = Display(qtbot, shop, (800, 480))
    make_ready(shop, place(shop))
    small.calm()
    assert small.screen.ready.fits >= 1
    assert small.screen.ready.number_px < font_px(READY_ARC, 3.0, PIXEL_MM)
    small.close()


def test_repaints_lose_no_none(shop: Shop, display: Display) -> None:
    make_ready(shop, place(shop))
    display.calm()
    panel = display.screen.ready
    canvas = QPixmap(panel.size())
    panel.render(canvas, QPoint(0, 0))
    before = sys.getrefcount(None)
    for _ in range(2_000):
        panel.render(canvas, QPoint(0, 0))
    assert abs(sys.getrefcount(None) - before) < 500
