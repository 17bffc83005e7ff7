"""A board with a finger: real shop, real background, a screen that is touched by clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pos_app.bootstrap import Shop
from pos_app.clock import VirtualClock
from pos_app.domain.board import is_later
from pos_app.domain.order import Customer, Draft
from pos_app.domain.workflow import Fulfilment, Kind, Phase
from tests.support.board_shop import NOW, line, open_evening
from ui.background import Background
from ui.board.layout import CardLayout
from ui.board.screen import BoardScreen
from ui.bridge import Bridge
from ui.notices import Notice, Notices


class Kitchen:
    """One window on a shop. `finger_ms` is moved by `rest`; `said` holds the notices."""

    left = Qt.MouseButton.LeftButton

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
        now = shop.clock.now()
        here = [card for card in shop.desk.board() if not is_later(card.order, now)]
        self.wait(lambda: self.tickets() == len(here))
        self.calm()

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=30_000)
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

    def place(self, order_id: int) -> QPoint:
        """Where the card stands in its column's view, without looking for it."""
        phase = self.phase(order_id)
        assert phase is not None
        column = self.screen.columns.column(phase)
        return column.view.visualRect(
            column.model.index(column.model.rows_of(order_id)[0])
        ).topLeft()

    def spot(self, order_id: int, inside: QPoint) -> QPoint:
        phase = self.phase(order_id)
        assert phase is not None
        column = self.screen.columns.column(phase)
        index = column.model.index(column.model.rows_of(order_id)[-1])
        column.view.scrollTo(index)
        return column.view.visualRect(index).topLeft() + inside

    def touch(self, phase: Phase, at: QPoint) -> None:
        viewport = self.screen.columns.column(phase).view.viewport()
        QTest.mouseClick(viewport, self.left, pos=at)

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
        """Click the button called `name`, once it is there and has been seen."""
        self.wait(lambda: self.has(name))
        self.rest()
        QTest.mouseClick(self.button(name), self.left)

    def has(self, name: str) -> bool:
        """Whether a button of this name can be seen."""
        return bool(self._buttons(name))

    def button(self, name: str) -> QPushButton:
        return self._buttons(name)[0]

    def _buttons(self, name: str) -> list[QPushButton]:
        return [b for b in self.screen.findChildren(QPushButton, name) if b.isVisible()]

    def type(self, name: str, text: str) -> None:
        """Type over what stands in a field."""
        self.wait(lambda: any(f.isVisible() for f in self.screen.findChildren(QLineEdit, name)))
        field = self.screen.findChild(QLineEdit, name)
        assert field is not None
        field.setText(text)

    @staticmethod
    def words(part: QWidget) -> list[str]:
        """Every text on it that can be seen."""
        found = [w for w in part.findChildren(QWidget) if w.isVisible()]
        return [w.text() for w in found if isinstance(w, QLabel | QAbstractButton)]

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


def place(
    shop: Shop,
    *dishes: str,
    name: str = "Olena",
    phone: str = "+380671110047",
    fulfilment: Fulfilment = Fulfilment.PICKUP,
    **more: object,
) -> int:
    """The id of an order of `dishes`, placed now; `more` are fields of its draft."""
    lines = tuple(line(shop, dish) for dish in dishes or ("margherita",))
    draft = Draft(fulfilment, lines, customer=Customer(name, phone, "uk", order_texts=True))
    return shop.desk.place(replace(draft, **more)).order.id  # type: ignore[arg-type]


def stands(board: Kitchen, order_id: int, phase: Phase | None) -> bool:
    """Whether the order is in that column; None: on no column."""
    return board.phase(order_id) is phase


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
