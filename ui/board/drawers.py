"""The drawers and what they need read: an order's details, the last twenty, what waits for later.

The sheet *What we take* lies over the same columns; one of them is open at a time.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos_app.bootstrap import Shop
from pos_app.desk.reading import Card, TimelineEntry
from pos_app.desk.setup import Setup
from pos_app.domain.order import Order
from ui.background import Background
from ui.board.answers import if_alive
from ui.board.arrangement import Arrangement
from ui.board.bring_back import BringBack
from ui.board.details import Details
from ui.board.drawer import Drawer
from ui.board.later import Later
from ui.board.pass_acts import PassActs
from ui.board.touch import TouchGuard
from ui.notices import Notices
from ui.taking.sheet import TakingSheet
from ui.theme import Tokens


class Drawers(QObject):
    """`closed` says that a drawer with a button in the header went."""

    closed = Signal()

    def __init__(
        self,
        screen: QWidget,
        columns: QWidget,
        shop: Shop,
        background: Background,
        notices: Notices,
        arrangement: Arrangement,
        acts: PassActs,
        guard: TouchGuard,
        tokens: Tokens,
    ) -> None:
        super().__init__(screen)
        self._desk = shop.desk
        self._clock = shop.clock
        self._background = background
        self._arrangement = arrangement
        self._setup: Setup | None = None
        self.details = Details(tokens, screen, acts, guard)
        self.bring_back = BringBack(tokens, screen)
        self.later = Later(tokens, screen)
        self.taking = TakingSheet(columns, shop, background, notices, "dark")
        for drawer in (self.details, self.bring_back, self.later):
            arrangement.add_drawer(drawer)
            drawer.closed.connect(self.closed)
        self.bring_back.bring_back_wanted.connect(acts.bring_back)
        self.later.fire_wanted.connect(acts.fire)

    def take_setup(self, setup: Setup) -> None:
        self._setup = setup
        self.taking.show_setup(setup)

    def refresh(self, later: list[Order]) -> None:
        """Something changed: read again what is open."""
        if self.details.order_id is not None:
            self.show_details(self.details.order_id)
        if self.bring_back.isVisible():
            self._read_recallable()
        if self.later.isVisible():
            self._show_later(later)

    def shut(self) -> None:
        for drawer in (self.details, self.bring_back, self.later):
            drawer.shut()
        self.taking.close_sheet()

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
            self._open(self.details)

    def toggle_bring_back(self) -> bool:
        """Open or close the last twenty; whether they are open now."""
        return self._toggle(self.bring_back, self._read_recallable)

    def toggle_later(self, orders: list[Order]) -> bool:
        """Open or close what waits for later; whether it is open now."""
        return self._toggle(self.later, lambda: self._show_later(orders))

    def toggle_taking(self) -> None:
        """Open or close the sheet behind *Tell guests*."""
        if self.taking.isVisible():
            self.taking.close_sheet()
        elif self._setup is not None:
            self.shut()
            self.taking.open_for(self._setup)

    def _toggle(self, drawer: Drawer, fill: Callable[[], None]) -> bool:
        if drawer.isVisible():
            drawer.shut()
            return False
        fill()
        self._open(drawer)
        return True

    def _open(self, drawer: Drawer) -> None:
        self.taking.close_sheet()
        self._arrangement.open(drawer)

    def _show_later(self, orders: list[Order]) -> None:
        if self._setup is not None:
            self.later.show_orders(orders, self._setup)

    def _read_recallable(self) -> None:
        self._background.read(
            "read what can be brought back",
            self._desk.recallable,
            if_alive(self, self._show_recallable),
        )

    def _show_recallable(self, cards: list[Card]) -> None:
        if self._setup is not None:
            self.bring_back.show_cards(cards, self._setup.settings.shop.zone)
