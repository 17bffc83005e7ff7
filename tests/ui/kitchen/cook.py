"""A cook before a real screen on a real shop; the finger's clock moves only when told."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pos_app.bootstrap import Shop
from pos_app.domain.order import Order, Ticket
from tests.support.kitchen_shop import station
from ui.background import Background
from ui.bridge import Bridge
from ui.kitchen.card import Card
from ui.kitchen.flow import Cell
from ui.kitchen.screen import KitchenScreen
from ui.kitchen.sizes import sizes_for
from ui.notices import Notice, Notices

FULL_HD = (1920, 1080)


class Cook:
    """One screen for one station, or with an empty name for all of them."""

    def __init__(
        self,
        qtbot: QtBot,
        shop: Shop,
        at: str = "Grill",
        *,
        size: tuple[int, int] = FULL_HD,
        inches: float = 21.5,
        metres: float = 1.5,
    ) -> None:
        self.qtbot, self.shop = qtbot, shop
        self.said: list[Notice] = []
        self.crashes: list[object] = []
        self._finger_ms = 0
        self.background = Background()
        self.background.crashed.connect(self.crashes.append)
        self.bridge = Bridge(shop, self.background)
        notices = Notices()
        notices.said.connect(self.said.append)
        self.station_id = station(shop, at).id if at else None
        self.screen = KitchenScreen(
            shop,
            shop.desk.setup(),
            self.background,
            self.bridge,
            notices,
            sizes_for(inches, *size, metres),
            station_uid=station(shop, at).uid if at else "",
            finger_ms=lambda: self._finger_ms,
        )
        qtbot.addWidget(self.screen)
        self.screen.resize(*size)
        self.screen.show()
        self.grid = self.screen.grid
        self.calm()

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=30_000)
        assert self.crashes == []

    def calm(self) -> None:
        """All that was asked for has come back, and everything is painted."""
        self.wait(lambda: not self.background.busy and not self.bridge.busy)
        self.wait(lambda: not self.screen.is_settling() and not self.background.busy)
        self.screen.grab()
        self.rest()

    def rest(self) -> None:
        """Longer than the 700 ms in which touches are not meant."""
        self._finger_ms += 1000

    def pass_ms(self, milliseconds: int) -> None:
        self._finger_ms += milliseconds

    # Eyes

    def numbers(self) -> list[str]:
        """The tickets of this page, in the order in which they stand."""
        return list(dict.fromkeys(cell.card.content.number for cell in self.grid.shown))

    def cells(self, order: Order) -> list[Cell]:
        return [c for c in self.grid.shown if c.card.content.order.id == order.id]

    def card(self, order: Order) -> Card:
        """Its last cell, which has the button."""
        return self.cells(order)[-1].card

    def texts(self, order: Order) -> list[str]:
        return [piece.text for cell in self.cells(order) for piece in cell.card.pieces]

    def act(self, order: Order) -> str:
        return self.card(order).content.act_word

    def order(self, order: Order) -> Order:
        """As the store has it now."""
        card = self.shop.desk.order(order.id)
        assert card is not None
        return card.order

    def ticket(self, order: Order) -> Ticket:
        return next(t for t in self.order(order).tickets if t.station_id == self.station_id)

    def sees(self, name: str) -> bool:
        return any(w.isVisible() for w in self.screen.findChildren(QWidget, name))

    # Hands

    def touch(self, at: QPoint) -> None:
        QTest.mouseClick(self.grid, Qt.MouseButton.LeftButton, pos=at)

    def spot(self, order: Order, place: QRect | None) -> QPoint:
        assert place is not None
        return self.cells(order)[-1].place.topLeft() + place.center()

    def tap(self, order: Order) -> None:
        """Touch the card's button."""
        self.touch(self.spot(order, self.card(order).button))

    def tap_and_wait(self, order: Order) -> None:
        self.tap(order)
        self.calm()

    def tap_line(self, order: Order, place: int = 0) -> None:
        cell = self.cells(order)[0]
        self.touch(cell.place.topLeft() + cell.card.lines[place].place.center())

    def open_panel(self, order: Order) -> None:
        self.touch(self.spot(order, self.card(order).more))

    def press(self, name: str) -> None:
        """Click the button called `name`, once it is there."""

        def found() -> list[QPushButton]:
            buttons = self.screen.findChildren(QPushButton, name)
            return [button for button in buttons if button.isVisible()]

        self.wait(lambda: bool(found()))
        QTest.mouseClick(found()[0], Qt.MouseButton.LeftButton)

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.grid, key)

    def close(self) -> None:
        self.screen.close()
        self.bridge.close()
        self.background.stop()
