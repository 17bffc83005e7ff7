"""The counter's tasks with the desk behind them: read once, kept up to date, done by one touch."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pos_app.bootstrap import Shop
from pos_app.config import Settings
from pos_app.desk.reading import Card
from ui.background import Background
from ui.counter.tasks import Tasks
from ui.duties.banner import Duties
from ui.widgets.parts import column
from ui.words import _


class Todo(QObject):
    """`box` holds the widgets `tasks`, and `duties`, which rules have opened."""

    def __init__(self, shop: Shop, background: Background, settings: Settings) -> None:
        super().__init__()
        self.tasks = Tasks()
        self.duties = Duties(shop, background, "light")
        self.box = QWidget()
        rows = column(self.box, margins=(16, 0, 16, 0))
        rows.addWidget(self.duties)
        rows.addWidget(self.tasks)
        self._settings = settings
        desk = shop.desk
        self.tasks.answered.connect(
            lambda order_id, reply: background.act(
                "answer the kitchen", lambda: desk.kitchen.answer(order_id, reply)
            )
        )
        self.tasks.cancel_wanted.connect(
            lambda order_id: background.act(
                "cancel as asked", lambda: desk.cancel(order_id, _("The guest asked to cancel"))
            )
        )
        self.tasks.cooking_on.connect(
            lambda order_id: background.act(
                "decline to cancel", lambda: desk.decline_cancel(order_id)
            )
        )
        # Questions about orders that have ended stand on no board.
        background.read("read tasks", lambda: desk.board() + desk.handover.asked(), self._show_all)

    def _show_all(self, cards: list[Card]) -> None:
        self.show_cards({card.order.id: card for card in cards}, self._settings)

    def show_cards(self, cards: dict[int, Card], settings: Settings) -> None:
        """Orders changed."""
        self._settings = settings
        self.duties.look_again()
        self.tasks.change(cards, settings)
