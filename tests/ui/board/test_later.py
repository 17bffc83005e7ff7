"""Orders for later: a strip in the header until the kitchen has to begin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, Instant, VirtualClock
from pos_app.config import Stop
from pos_app.domain.workflow import Phase
from tests.support.clipping import clipped
from tests.ui.board.kitchen import Kitchen, place
from ui.words import set_language

OpenBoard = Callable[..., Kitchen]


def for_later(shop: Shop, minutes: int, *dishes: str) -> int:
    promised = Instant(shop.clock.now() + minutes * MINUTE_MS)
    return place(shop, *dishes, promised_at=promised)


def test_a_later_order_waits_in_the_strip(shop: Shop, open_board: OpenBoard) -> None:
    now = place(shop)
    later = for_later(shop, 60)
    for_later(shop, 90)
    board = open_board(shop)
    assert board.phase(now) is Phase.NEW
    assert board.phase(later) is None
    assert board.screen.header.later.text() == "Later (2), next 20:30"


def test_without_later_orders_there_is_no_strip(shop: Shop, open_board: OpenBoard) -> None:
    place(shop)
    board = open_board(shop)
    assert not board.screen.header.later.isVisible()
    for_later(shop, 60)
    board.wait(board.screen.header.later.isVisible)


def test_the_strip_says_who_what_and_when(shop: Shop, open_board: OpenBoard) -> None:
    for_later(shop, 60, "burger", "fries")
    board = open_board(shop)
    board.press("later")
    board.wait(board.screen.drawers.later.isVisible)
    said = board.words(board.screen.drawers.later)
    assert "A1 · Olena" in said
    assert "Pickup · for 20:42 · enters at 20:30" in said
    assert "1 Burger, medium, 1 Fries" in said
    assert board.screen.header.later.isChecked()
    QTest.keyClick(board.screen, Qt.Key.Key_Escape)
    assert not board.screen.header.later.isChecked()


def test_fire_now_lets_it_enter(shop: Shop, open_board: OpenBoard) -> None:
    order_id = for_later(shop, 60)
    board = open_board(shop)
    board.press("later")
    board.press("fire:A1")
    board.wait(lambda: board.phase(order_id) is Phase.NEW)
    board.wait(lambda: not board.screen.header.later.isVisible())


def test_it_enters_by_itself_when_its_time_comes(shop: Shop, open_board: OpenBoard) -> None:
    order_id = for_later(shop, 60)
    board = open_board(shop)
    clock = shop.clock
    assert isinstance(clock, VirtualClock)
    clock.advance(47 * MINUTE_MS)
    board.wait(lambda: board.screen.header.told != "" and board.phase(order_id) is None)
    clock.advance(1 * MINUTE_MS)
    board.wait(lambda: board.phase(order_id) is Phase.NEW)
    board.wait(lambda: not board.screen.header.later.isVisible())


def test_a_station_counts_its_own(shop: Shop, open_board: OpenBoard) -> None:
    for_later(shop, 60, "burger")
    for_later(shop, 90, "margherita")
    board = open_board(shop)
    board.press("station:1")
    board.wait(lambda: board.screen.header.later.text() == "Later (1), next 20:30")


def test_what_is_stopped_is_said_until_it_ends(shop: Shop, open_board: OpenBoard) -> None:
    board = open_board(shop)
    assert not board.has("stopped")
    until = Instant(shop.clock.now() + 48 * MINUTE_MS)
    shop.desk.evening.stop(Stop(deliveries_until=until))
    board.wait(lambda: board.has("stopped"))
    assert board.button("stopped").text() == "Deliveries are stopped until 20:30"
    clock = shop.clock
    assert isinstance(clock, VirtualClock)
    clock.advance(48 * MINUTE_MS)
    board.wait(lambda: not board.has("stopped"))


def test_the_words_open_what_we_take(shop: Shop, open_board: OpenBoard) -> None:
    board = open_board(shop)
    board.press("tell_guests_text")
    board.wait(board.screen.drawers.taking.isVisible)
    board.press("stop:deliveries:30")
    board.wait(lambda: board.has("stopped"))
    board.press("bring_back")
    board.wait(board.screen.drawers.bring_back.isVisible)
    assert not board.screen.drawers.taking.isVisible()


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("is_stopped", [False, True])
def test_the_header_fits_a_small_screen_whatever_it_has_to_say(
    shop: Shop, open_board: OpenBoard, language: str, is_stopped: bool
) -> None:
    for_later(shop, 60)
    if is_stopped:
        until = Instant(shop.clock.now() + 48 * MINUTE_MS)
        shop.desk.evening.stop(Stop(deliveries_until=until))
    set_language(language)
    try:
        board = open_board(shop, (1278, 768))
        board.wait(lambda: board.has("later") and board.has("stopped") is is_stopped)
        board.calm()
        assert clipped(board.screen.header) == []
    finally:
        set_language("en")
