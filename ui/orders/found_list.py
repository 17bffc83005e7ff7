"""The orders that were found: read page by page, the newest first, never an older answer last."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.bootstrap import Shop
from pos_app.config import Settings
from pos_app.desk.reading import Card
from ui.background import Background
from ui.orders.order_row import OrderRow
from ui.widgets.parts import button, column, empty
from ui.words import _

PAGE = 60


class FoundList(QWidget):
    """Rows of orders with *Show older* beneath while there may be more.

    `opened` names the order that was tapped; `shown` says how many rows stand there for a text.
    """

    opened = Signal(int)
    shown = Signal(str, int)

    def __init__(self, shop: Shop, background: Background) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._shop, self._background = shop, background
        self._words = ""
        self._questions = 0
        self._wanted = PAGE
        self._rows: list[OrderRow] = []
        self._chosen: int | None = None
        layout = column(self)
        self._lines: QVBoxLayout = column()
        layout.addLayout(self._lines)
        self._older = button(_("Show older orders"), "orders_older", self.read_older, role="quiet")
        self._older.hide()
        layout.addWidget(self._older)
        layout.addStretch(1)

    def read(self, words: str, settings: Settings) -> None:
        """Find `words` anew; what was paged down to with the same words is read whole again."""
        again = words == self._words
        self._wanted = max(PAGE, self._wanted) if again else PAGE
        self._words, self._settings = words, settings
        self._ask(self._wanted, None)

    def read_older(self) -> None:
        """The next page beneath what stands there."""
        if self._rows:
            self._older.setEnabled(False)
            # News that comes meanwhile reads this page as well, in place of it.
            self._wanted = len(self._rows) + PAGE
            self._ask(PAGE, self._rows[-1].order_id)

    def choose(self, order_id: int | None) -> None:
        """Mark the row of the order whose details are shown."""
        self._chosen = order_id
        for row in self._rows:
            row.setChecked(row.order_id == order_id)

    def open_first(self) -> None:
        if self._rows:
            self.opened.emit(self._rows[0].order_id)

    def _ask(self, limit: int, before: int | None) -> None:
        self._questions += 1
        question, words = self._questions, self._words
        self._background.read(
            "search orders",
            lambda: self._shop.desk.search_list(words, limit, before=before),
            lambda cards: self._show(question, cards, limit, is_next=before is not None),
        )

    def _show(self, question: int, cards: list[Card], limit: int, *, is_next: bool) -> None:
        if question != self._questions:
            return
        if not is_next:
            empty(self._lines)
            self._rows = []
        for card in cards:
            row = OrderRow(card, self._settings)
            row.clicked.connect(lambda *_args, found=card.order.id: self.opened.emit(found))
            self._lines.addWidget(row)
            self._rows.append(row)
        self._older.setVisible(len(cards) == limit)
        self._older.setEnabled(True)
        self.choose(self._chosen)
        self.shown.emit(self._words, len(self._rows))
