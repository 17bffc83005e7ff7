"""The drawers and what they need read: one order's details, and the last twenty to bring back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos_app.bootstrap import Shop
from pos_app.desk.reading import Card, TimelineEntry
from pos_app.desk.setup import Setup
from ui.background import Background
from ui.board.acts import Acts
from ui.board.answers import if_alive
from ui.board.arrangement import Arrangement
from ui.board.bring_back import BringBack
from ui.board.details import Details
from ui.theme import Tokens


class Drawers(QObject):
    """`opened` carries the id of the order whose details came up; `closed` follows bring back."""

    opened = Signal(int)
    closed = Signal()

    def __init__(
        self,
        screen: QWidget,
        shop: Shop,
        background: Background,
        arrangement: Arrangement,
        acts: Acts,
        tokens: Tokens,
    ) -> None:
        super().__init__(screen)
        self._desk = shop.desk
        self._clock = shop.clock
        self._background = background
        self._arrangement = arrangement
        self._setup: Setup | None = None
        self.details = Details(tokens, screen)
        self.bring_back = BringBack(tokens, screen)
        for drawer in (self.details, self.bring_back):
            arrangement.add_drawer(drawer)
            drawer.bring_back_wanted.connect(acts.bring_back)
        self.bring_back.closed.connect(self.closed)
        self.details.cancel_wanted.connect(acts.cancel)
        self.details.pay_wanted.connect(acts.pay)
        self.details.reprint_wanted.connect(acts.reprint)

    def take_setup(self, setup: Setup) -> None:
        self._setup = setup

    def refresh(self) -> None:
        """Something changed: read again what is open."""
        if self.details.order_id is not None:
            self.show_details(self.details.order_id)
        if self.bring_back.isVisible():
            self._read_recallable()

    def shut(self) -> None:
        self.details.shut()
        self.bring_back.shut()

    def show_details(self, order_id: int) -> None:
        """Open the side sheet of an order, or read it again when it is open."""
        newly = self.details.order_id != order_id
        self._background.read(
            "read an order",
            lambda: (self._desk.order(order_id), self._desk.timeline(order_id)),
            if_alive(self, lambda read: self._show_order(read, newly)),
        )

    def _show_order(self, read: tuple[Card | None, list[TimelineEntry]], newly: bool) -> None:
        card, timeline = read
        if card is None or self._setup is None:
            return
        if not newly and self.details.order_id != card.order.id:
            return
        self.details.show_order(card, timeline, self._setup, self._clock.now())
        if newly:
            self._arrangement.open(self.details)
            self.opened.emit(card.order.id)

    def toggle_bring_back(self) -> bool:
        """Open or close the last twenty; whether they are open now."""
        if self.bring_back.isVisible():
            self.bring_back.shut()
            return False
        self._read_recallable()
        self._arrangement.open(self.bring_back)
        return True

    def _read_recallable(self) -> None:
        self._background.read(
            "read what can be brought back",
            self._desk.recallable,
            if_alive(self, self._show_recallable),
        )

    def _show_recallable(self, cards: list[Card]) -> None:
        if self._setup is not None:
            self.bring_back.show_cards(cards, self._setup.settings.shop.zone)
