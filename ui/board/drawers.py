"""The drawers and what they need read: an order's details, the last twenty, what waits for later.

The sheet *What we take* lies over the same columns; one of them is open at a time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos_app.bootstrap import Shop
from pos_app.desk.reading import Card, TimelineEntry
from pos_app.desk.setup import Setup
from pos_app.domain.order import Order
from ui.background import Background
from ui.board.answers import if_alive
from ui.board.arrangement import Arrangement
from ui.board.pass_acts import PassActs
from ui.board.touch import TouchGuard
from ui.notices import Notices
from ui.theme import Tokens

if TYPE_CHECKING:
    from ui.board.bring_back import BringBack
    from ui.board.details import Details
    from ui.board.drawer import Drawer
    from ui.board.later import Later
    from ui.taking.sheet import TakingSheet

DrawerT = TypeVar("DrawerT", bound="Drawer")


class Drawers(QObject):
    """Each is made when it is first opened.

    `closed` says that a drawer with a button in the header went; `part_wanted` is that of details.
    """

    closed = Signal()
    part_wanted = Signal(object, object)

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
        self._screen, self._columns, self._shop = screen, columns, shop
        self._desk = shop.desk
        self._clock = shop.clock
        self._background, self._notices = background, notices
        self._arrangement, self._acts = arrangement, acts
        self._guard, self._tokens = guard, tokens
        self._setup: Setup | None = None
        self._made: list[Drawer] = []
        self._taking: TakingSheet | None = None

    # One by one

    @cached_property
    def details(self) -> Details:
        from ui.board.details import Details

        made = self._taken_in(Details(self._tokens, self._screen, self._acts, self._guard))
        made.part_wanted.connect(self.part_wanted)
        return made

    @cached_property
    def bring_back(self) -> BringBack:
        from ui.board.bring_back import BringBack

        made = self._taken_in(BringBack(self._tokens, self._screen))
        made.bring_back_wanted.connect(self._acts.bring_back)
        return made

    @cached_property
    def later(self) -> Later:
        from ui.board.later import Later

        made = self._taken_in(Later(self._tokens, self._screen))
        made.fire_wanted.connect(self._acts.fire)
        return made

    @property
    def taking(self) -> TakingSheet:
        if self._taking is None:
            from ui.taking.sheet import TakingSheet

            self._taking = TakingSheet(
                self._columns, self._shop, self._background, self._notices, "dark"
            )
        return self._taking

    def _taken_in(self, drawer: DrawerT) -> DrawerT:
        self._made.append(drawer)
        self._arrangement.add_drawer(drawer)
        drawer.closed.connect(self.closed)
        return drawer

    # All that are made

    def is_open(self, name: str) -> bool:
        """Whether `details`, `bring_back` or `later` is in sight."""
        return name in self.__dict__ and bool(getattr(self, name).isVisible())

    def take_setup(self, setup: Setup) -> None:
        self._setup = setup
        if self._taking is not None:
            self._taking.show_setup(setup)

    def refresh(self, later: list[Order]) -> None:
        """Something changed: read again what is open."""
        # Also while another screen of the window hides it.
        if "details" in self.__dict__ and self.details.order_id is not None:
            self.show_details(self.details.order_id)
        if self.is_open("bring_back"):
            self._read_recallable()
        if self.is_open("later"):
            self._show_later(later)

    def shut(self) -> None:
        for drawer in self._made:
            drawer.shut()
        self._close_taking()

    def _close_taking(self) -> None:
        if self._taking is not None:
            self._taking.close_sheet()

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
        if self._taking is not None and self._taking.isVisible():
            self._taking.close_sheet()
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
        self._close_taking()
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
