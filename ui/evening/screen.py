"""What both have in common: a heading, orders to answer, and a foot that ends it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from pos_app.bootstrap import Shop
from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.errors import OrderbellError
from ui.background import Background
from ui.evening.answer_list import AnswerList
from ui.notices import Notices
from ui.style import role, sheet
from ui.widgets.parts import column, label, row

GATHER_MS = 60


class EveningScreen(QWidget):
    """`ended` says that there is nothing left to do here."""

    ended = Signal()

    def __init__(
        self,
        name: str,
        shop: Shop,
        setup: Setup,
        background: Background,
        notices: Notices,
        answers: list[tuple[str, str]],
        nothing: str,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        role(self, "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setStyleSheet(sheet("light"))
        self._desk, self._clock, self._setup = shop.desk, shop.clock, setup
        self._background, self._notices = background, notices
        layout = column(self, margins=(24, 20, 24, 20), gap=12)
        self.head = row(gap=12)
        words = column(gap=4)
        self.title = label("", "title", f"{name}_title", wrap=True)
        self.about = label("", "second", f"{name}_about", wrap=True)
        words.addWidget(self.title)
        words.addWidget(self.about)
        self.head.addLayout(words, 1)
        layout.addLayout(self.head)
        self.orders = AnswerList(answers, self.answer, nothing)
        layout.addWidget(self.orders, 1)
        self.foot = row(gap=12)
        layout.addLayout(self.foot)
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._gather.timeout.connect(self.read)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def show_setup(self, setup: Setup) -> None:
        self._setup = setup
        if self.isVisible():
            self._gather.start()

    def show_cards(self, cards: dict[int, Card]) -> None:
        """Orders changed, here or elsewhere: read again what is still open."""
        if cards and self.isVisible():
            self._gather.start()

    def read(self) -> None:
        """Read what is still to be answered."""
        raise NotImplementedError

    def answer(self, order_ids: list[int], answer: str) -> None:
        """A person has answered for these orders."""
        raise NotImplementedError

    def act(self, name: str, act: Callable[[], object]) -> None:
        """Do it in the background, then read again whatever came of it."""
        self._background.act(name, act, lambda _done: self.read(), self._refused)

    def _refused(self, error: OrderbellError) -> None:
        self._notices.tell_error(error)
        self.read()
