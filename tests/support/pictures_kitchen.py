"""Scenes of kitchen, bar and guest display, as far away as their readers stand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS
from pos_app.domain.order import LineDraft, Order
from pos_app.domain.workflow import Kind
from tests.support.kitchen_shop import clock_of, dishes, fill, open_kitchen, station
from tests.support.pictures_stage import COOK, DOWN, Room, Scene, Scenes, drop
from ui.board.alarms import tickets_of
from ui.guest.screen import GuestScreen
from ui.kitchen.screen import KitchenScreen
from ui.kitchen.sizes import Sizes, sizes_for
from ui.legibility import pixel_mm
from ui.words import set_language

# A small till's screen, and the usual one on a wall.
INCHES = {1366: 15.6, 1920: 21.5}


def sizes_at(metres: float, size: QSize) -> Sizes:
    inches = INCHES.get(size.width(), 21.5)
    return sizes_for(inches, size.width(), size.height(), metres)


def kitchen_screen(room: Room, station_name: str, sizes: Sizes) -> KitchenScreen:
    """One station, or all of them where no name is given."""
    return KitchenScreen(
        room.shop,
        room.shop.desk.setup(),
        room.background,
        room.bridge,
        room.notices,
        sizes,
        station_uid=station(room.shop, station_name).uid if station_name else "",
    )


def busy(shop: Shop) -> None:
    """25 tickets on the grill: one of 14 lines, one changed, one first, one held, one asked."""
    orders = fill(shop, 25)
    desk = shop.desk
    desk.check_off(orders[0].id, orders[0].lines[0].id, True)
    desk.kitchen.rush(orders[4].id)
    desk.kitchen.hold(orders[5].id)
    desk.kitchen.ask_counter(orders[6].id, "?")
    desk.add_line(orders[1].id, LineDraft(dishes(shop, "Grill")[6].id, 1))
    for order in fill(shop, 3):
        _call_ready(shop, order)


def _call_ready(shop: Shop, order: Order) -> None:
    at = station(shop, "Grill").id
    shop.desk.kitchen.see(order.id, at)
    while tickets_of(shop.desk.bump(order.id, None, at).order, at)[0].kind is not Kind.READY:
        pass


def kitchen(work: Path, language: str) -> Scenes:
    """The grill at a metre, at one and a half, at two; its panel; all stations; an empty one."""
    set_language(language)
    room = Room(open_kitchen(work / "shop", language))
    try:
        busy(room.shop)
        for metres in (1.0, 1.5, 2.0):
            screen = kitchen_screen(room, "Grill", sizes_at(metres, QSize(1366, 768)))
            screen.header.show_who(COOK, asked=True)
            yield _scene(room, f"kitchen-{metres:g}m", screen, metres)
            if metres == 1.5:
                yield from _drawers(room, screen, language)
            drop(screen)
        for name, station_name in (("kitchen-all", ""), ("kitchen-empty", "Bar")):
            screen = kitchen_screen(room, station_name, sizes_at(1.5, QSize(1366, 768)))
            yield _scene(room, name, screen, 1.5)
            drop(screen)
    finally:
        room.close()


def _scene(room: Room, name: str, screen: KitchenScreen, metres: float) -> Scene:
    return room.scene(name, screen, lambda size: screen.set_sizes(sizes_at(metres, size)))


def _drawers(room: Room, screen: KitchenScreen, language: str) -> Scenes:
    """A new size shuts what is open, so each opens when the size is there."""

    def fitted(name: str, after: object) -> Scene:
        def fit(size: QSize) -> None:
            screen.panel.shut()
            screen.recall.shut()
            screen.set_sizes(sizes_at(1.5, size))
            assert callable(after)
            after()

        return room.scene(name, screen, fit)

    def panel() -> None:
        screen.grid.more_wanted.emit(screen.grid.shown[0].card.content)

    def step(part: str) -> None:
        panel()
        button = screen.panel.findChild(object, part)  # type: ignore[type-var]
        button.click()  # type: ignore[attr-defined]

    yield fitted("kitchen-panel", panel)
    yield fitted("kitchen-ask", lambda: step("panel_ask"))
    yield fitted("kitchen-again", lambda: step("panel_again"))

    def recall() -> None:
        screen.toggle_recall()
        screen.show_lanes_sentence(DOWN[language])

    yield fitted("kitchen-recall", recall)
    screen.show_lanes_sentence("")
    yield fitted("kitchen-page-2", lambda: screen.grid.show_page(1))
    screen.grid.show_page(0)


def bar(work: Path, language: str) -> Scenes:
    """Fourteen tickets of drinks."""
    set_language(language)
    room = Room(open_kitchen(work / "shop", language))
    try:
        fill(room.shop, 14, "Bar")
        screen = kitchen_screen(room, "Bar", sizes_at(1.0, QSize(1366, 768)))
        yield _scene(room, "bar", screen, 1.0)
        drop(screen)
    finally:
        room.close()


def guest(work: Path, language: str) -> Scenes:
    """The display for guests: idle, and with 25 orders."""
    set_language(language)
    room = Room(open_kitchen(work / "shop", language))
    try:
        yield from _guest(room, "guest-idle")
        fill(room.shop, 25)
        desk = room.shop.desk
        for place, card in enumerate(desk.board()[:9]):
            clock_of(room.shop).advance(MINUTE_MS // (place + 1))
            desk.kitchen.see(card.order.id)
            while desk.bump(card.order.id).order.kind is not Kind.READY:
                pass
        yield from _guest(room, "guest")
    finally:
        room.close()


def _guest(room: Room, name: str) -> Scenes:
    # Its numbers are as large as on the larger of the two screens.
    screen = GuestScreen(
        room.shop,
        room.shop.desk.setup(),
        room.background,
        room.bridge,
        pixel_mm=pixel_mm(32, 1920, 1080),
        distance_m=3,
    )
    yield room.scene(name, screen, lambda _size: None)
    drop(screen)
