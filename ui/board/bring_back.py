"""The last twenty that were bumped, to bring one back minutes after a wrong tap."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pos_app.clock import local
from pos_app.desk.reading import Card
from pos_app.desk.undoing import BACK
from pos_app.domain.order import Order
from pos_app.domain.workflow import PHASES
from ui.board import wording
from ui.board.drawer import Drawer
from ui.board.status_words import status
from ui.theme import Tokens
from ui.words import _


class BringBack(Drawer):
    """`bring_back_wanted` carries an order's id."""

    bring_back_wanted = Signal(int)

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(tokens, parent)
        self.setObjectName("bring_back_drawer")

    def show_cards(self, cards: list[Card], zone: str) -> None:
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 10, 0)
        box.setSpacing(8)
        if not cards:
            empty = QLabel(_("What was bumped in the last day can be brought back here."))
            empty.setWordWrap(True)
            empty.setProperty("kind", "quiet")
            box.addWidget(empty)
        for card in cards:
            box.addLayout(self._row(card.order, zone))
        box.addStretch(1)
        self.set_body(_("Bring back"), body)

    def _row(self, order: Order, zone: str) -> QHBoxLayout:
        number = QLabel(order.number)
        number.setProperty("kind", "heading")
        since = f"{local(order.entered_at, zone):%H:%M}"
        who = " · ".join(
            part for part in (order.customer.name or order.table, status(order.kind), since) if part
        )
        about = QLabel(who)
        about.setProperty("kind", "quiet")
        about.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(number)
        words.addWidget(about)
        to = wording.column_title(PHASES[BACK[order.kind]])
        button = QPushButton(_("to {status}").format(status=to))
        button.setObjectName(f"bring_back:{order.number}")
        button.setProperty("kind", "raised")
        button.setAccessibleName(
            _("Bring {number} back to {status}").format(number=order.number, status=to)
        )
        button.clicked.connect(lambda _on=False: self.bring_back_wanted.emit(order.id))
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(button)
        return row
