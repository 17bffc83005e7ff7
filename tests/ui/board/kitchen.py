"""A board with a finger: real shop, real background, a screen that is touched by clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from pos_app.bootstrap import Shop
from pos_app.clock import VirtualClock
from pos_app.domain.workflow import Kind, Phase
from tests.support.board_shop import NOW, open_evening
from ui.background import Background
from ui.board.layout import CardLayout
from ui.board.screen import BoardScreen
from ui.bridge import Bridge
from ui.notices import Notice, Notices


class Kitchen:
    """One window on a shop. `finger_ms` is moved by `rest`; `said` holds the notices."""

    def __init__(self, qtbot: QtBot, shop: Shop, size: tuple[int, int] = (1300, 900)) -> None:
        self.qtbot = qtbot
        self.shop = shop
        self.said: list[Notice] = []
        self._finger_ms = 0
        self.background = Background()
        self.bridge = Bridge(shop, self.background)
        notices = Notices()
        notices.said.connect(self.said.append)
        self.screen = BoardScreen(
            shop, self.background, self.bridge, notices, finger_ms=lambda: self._finger_ms
        )
        self.crashes: list[object] = []
        self.background.crashed.connect(self.crashes.append)
        qtbot.addWidget(self.screen)
        self.screen.resize(*size)
        self.screen.show()
        self.wait(lambda: self.tickets() == len(shop.desk.board()))
        self.calm()

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)
        assert self.crashes == []

    def calm(self) -> None:
        """All that was asked for has come back, and everything is painted."""
        self.wait(lambda: not self.background.busy and not self.screen.is_settling())
        self.screen.grab()
        self.rest()

    def rest(self) -> None:
        """Longer than the 700 ms in which touches are not meant."""
        self._finger_ms += 1000

    def pass_ms(self, milliseconds: int) -> None:
        self._finger_ms += milliseconds

    def tickets(self) -> int:
        return sum(column.model.tickets for column in self.screen.columns.all)

    def phase(self, order_id: int) -> Phase | None:
        return self.screen.columns.phase_of(order_id)

    def card(self, order_id: int) -> CardLayout:
        phase = self.phase(order_id)
        assert phase is not None
        model = self.screen.columns.column(phase).model
        return model.slots[model.rows_of(order_id)[-1]].layout

    def spot(self, order_id: int, inside: QPoint) -> QPoint:
        phase = self.phase(order_id)
        assert phase is not None
        column = self.screen.columns.column(phase)
        index = column.model.index(column.model.rows_of(order_id)[-1])
        column.view.scrollTo(index)
        return column.view.visualRect(index).topLeft() + inside

    def touch(self, phase: Phase, at: QPoint) -> None:
        viewport = self.screen.columns.column(phase).view.viewport()
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)

    def tap_button(self, order_id: int) -> None:
        card, phase = self.card(order_id), self.phase(order_id)
        assert card.button is not None
        assert phase is not None
        self.touch(phase, self.spot(order_id, card.button.center()))

    def tap_line(self, order_id: int, place: int = 0) -> None:
        phase = self.phase(order_id)
        assert phase is not None
        area = self.card(order_id).lines[place].place
        self.touch(phase, self.spot(order_id, area.center()))

    def tap_head(self, order_id: int) -> None:
        phase = self.phase(order_id)
        assert phase is not None
        self.touch(phase, self.spot(order_id, self.card(order_id).head.center()))

    def press(self, name: str) -> None:
        """Click the button called `name`, once it is there."""

        def found() -> list[QPushButton]:
            buttons = self.screen.findChildren(QPushButton, name)
            return [button for button in buttons if button.isVisible()]

        self.wait(lambda: bool(found()))
        QTest.mouseClick(found()[0], Qt.MouseButton.LeftButton)

    def kind(self, order_id: int) -> Kind:
        card = self.shop.desk.order(order_id)
        assert card is not None
        return card.order.kind

    def foot(self, order_id: int) -> list[str]:
        return [note.text for note in self.card(order_id).content.foot]

    def close(self) -> None:
        self.screen.close()
        self.bridge.close()
        self.background.stop()


@contextmanager
def evening(folder: Path) -> Iterator[Shop]:
    """The evening's shop at 19:42, without orders."""
    shop = open_evening(folder / "shop")
    clock = shop.clock
    assert isinstance(clock, VirtualClock)
    clock.set(NOW)
    try:
        yield shop
    finally:
        shop.close()
