"""The board's pictures: the evening of the design, a rush of 25, one station, and the drawers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos_app.bootstrap import Shop
from tests.support.board_shop import fill, longest_names, open_evening, rush
from ui.background import Background
from ui.board.screen import BoardScreen
from ui.bridge import Bridge
from ui.notices import Notices
from ui.words import set_language

_PATIENCE_S = 10
Sizes = tuple[tuple[int, int], ...]


def take(
    work: Path, to: Path, shared: Path, language: str, sizes: Sizes, scale: int
) -> Iterator[Path]:
    """Save every picture in `language`; yields the files."""
    set_language(language)
    names = longest_names(shared / "data", 6)
    for what in ("evening", "rush"):
        if what == "evening":
            shop = open_evening(work / what, language)
            orders = fill(shop)
            order_id = next(o.id for o in orders.values() if o.customer.name == "Iryna")
            shop.desk.check_off(order_id, orders_first_line(shop, order_id), True)
        else:
            shop = open_evening(work / what, language, names)
            fill(shop, rush(25, names))
        yield from _of_shop(shop, to, what, language, sizes, scale)
    set_language("en")


def orders_first_line(shop: Shop, order_id: int) -> int:
    card = shop.desk.order(order_id)
    assert card is not None
    return card.order.open_lines[0].id


def _of_shop(
    shop: Shop, to: Path, what: str, language: str, sizes: Sizes, scale: int
) -> Iterator[Path]:
    background = Background()
    bridge = Bridge(shop, background)
    screen = BoardScreen(shop, background, bridge, Notices())
    for size in sizes:
        screen.resize(size[0] - 88, size[1])
        screen.show()
        _settle(background)
        name = f"board-{what}-{size[0]}x{size[1]}-{language}" + (f"@{scale}" if scale > 1 else "")
        yield _save(screen, to / f"{name}.png")
        if what == "evening" and scale == 1:
            yield from _drawers(shop, screen, background, to, name)
    screen.close()
    screen.deleteLater()
    bridge.close()
    background.stop()
    shop.close()


def _drawers(
    shop: Shop, screen: BoardScreen, background: Background, to: Path, name: str
) -> Iterator[Path]:
    order = next(c.order for c in shop.desk.board() if c.order.tags)
    screen.show_details(order.id)
    _settle(background)
    yield _save(screen, to / f"{name}-details.png")
    screen.toggle_bring_back()
    _settle(background)
    yield _save(screen, to / f"{name}-bring-back.png")
    screen.toggle_bring_back()
    screen.header.choose_place(1)
    screen.show_lanes_sentence("No internet since 19:31. The board works; 4 texts wait.")
    _settle(background)
    yield _save(screen, to / f"{name}-grill.png")
    screen.show_lanes_sentence("")
    screen.header.choose_place(0)


def _settle(background: Background) -> None:
    """Let timers fire and the background come back; the pictures are not timed."""
    until = time.monotonic() + _PATIENCE_S
    QTest.qWait(150)
    while background.busy and time.monotonic() < until:
        QTest.qWait(20)
    QTest.qWait(100)


def _save(screen: BoardScreen, file: Path) -> Path:
    QApplication.sendPostedEvents()
    screen.grab().save(str(file))
    return file
