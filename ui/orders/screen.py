"""Orders found again: newest first, by whatever somebody remembers of one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos_app.bootstrap import Shop
from pos_app.desk.explaining import Explained
from pos_app.desk.reading import Card, TimelineEntry
from pos_app.desk.setup import Setup
from pos_app.domain.consent import Consent
from pos_app.domain.order import Order
from pos_app.errors import OrderbellError
from ui import message_words
from ui.background import Background
from ui.notices import Notices
from ui.orders.details import Details
from ui.orders.found_list import FoundList
from ui.orders.further_acts import FurtherAct
from ui.orders.guest_acts import GuestActs
from ui.reprint import reprint
from ui.style import sheet
from ui.unfinished import Unfinished
from ui.widgets.parts import button, column, label, row, scroll
from ui.widgets.search_field import SearchField
from ui.words import _, sentences, told

PAUSE_MS = 120
LIST_PX = 560


_Read = tuple[Card | None, list[TimelineEntry], list[Consent], tuple[Explained, ...]]


class OrdersScreen(QWidget):
    """The list on the left, one order on the right."""

    close_day_wanted = Signal()

    def __init__(
        self,
        shop: Shop,
        setup: Setup,
        background: Background,
        notices: Notices,
        unfinished: Unfinished,
    ) -> None:
        super().__init__()
        self.setObjectName("orders")
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setStyleSheet(sheet("light"))
        self._shop, self._setup = shop, setup
        self._background, self._notices = background, notices
        self._order_id: int | None = None
        self._order: Order | None = None
        self._guests = GuestActs(shop, background, notices)
        self.search = SearchField("orders_search", _("Number, phone, name, dish or date"))
        self.found = FoundList(shop, background)
        self.found.opened.connect(self.open_order)
        self.found.shown.connect(self._show_count)
        self.setFocusProxy(self.search)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.search_again)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.search.returnPressed.connect(self.found.open_first)
        self.details = Details(unfinished)
        self.details.reprint_wanted.connect(self._reprint)
        self.details.recall_wanted.connect(lambda: self._act("recall", shop.desk.recall))
        self.details.pay_wanted.connect(
            lambda way: self._act("record a payment", lambda order_id: shop.desk.pay(order_id, way))
        )
        self.details.cancel_wanted.connect(
            lambda why: self._act("cancel", lambda order_id: shop.desk.cancel(order_id, why))
        )
        self.details.further_wanted.connect(self._act_further)
        self.details.writing.write_wanted.connect(self._write)
        self.details.guest.forget_wanted.connect(self._forget_guest)
        self.details.guest.save_wanted.connect(self._save_guest)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = row(self, margins=(16, 16, 16, 16), gap=16)
        left = QWidget()
        left.setMaximumWidth(LIST_PX)
        lines = column(left, gap=12)
        lines.addWidget(self.search)
        self._nothing = label(_("No order is found."), "second", "orders_empty", wrap=True)
        self._nothing.hide()
        lines.addWidget(self._nothing)
        lines.addWidget(scroll(self.found), 1)
        lines.addWidget(
            button(_("Close the day…"), "close_day_open", self.close_day_wanted.emit, role="quiet")
        )
        layout.addWidget(left, 3)
        layout.addWidget(self.details, 4)

    def show_setup(self, setup: Setup) -> None:
        self._setup = setup

    def show_cards(self, cards: dict[int, Card]) -> None:
        """Orders changed: read again what is in sight."""
        if not self.isVisible():
            return
        self._pause.start()
        if self._order_id in cards:
            self._read_details()

    def search_again(self) -> None:
        self.found.read(self.search.text(), self._setup.settings)

    def open_order(self, order_id: int) -> None:
        self._order_id = order_id
        self.found.choose(order_id)
        self._read_details()

    def _show_count(self, words: str, count: int) -> None:
        self._nothing.setText(
            _("No order is found for “{words}”.").format(words=words.strip())
            if words.strip()
            else _("No order yet. Place the first one at the counter.")
        )
        self._nothing.setVisible(not count)

    def _read_details(self) -> None:
        order_id = self._order_id
        if order_id is None:
            return

        def read() -> _Read:
            desk = self._shop.desk
            card = desk.order(order_id)
            guest = card.order.people_id if card is not None else None
            consents = desk.consents(guest) if guest is not None else []
            explained = desk.rules.explain(order_id) if card is not None else ()
            return card, desk.timeline(order_id), consents, explained

        def show(found: _Read) -> None:
            card, history, consents, explained = found
            if card is not None and order_id == self._order_id:
                self._order = card.order
                self.details.show_order(card, history, self._setup, consents, explained)

        self._background.read("read an order", read, show)

    def _act(self, name: str, act: Callable[[int], object]) -> None:
        order_id = self._order_id
        if order_id is not None:
            self._background.act(name, lambda: act(order_id), lambda _done: self._read_details())

    def _write(self, words: str) -> None:
        order_id, writing = self._order_id, self.details.writing
        if order_id is None:
            return

        def done(state: str) -> None:
            writing.sent(order_id)
            self._notices.say(message_words.begun_now(state))
            self._read_details()

        def refused(error: OrderbellError) -> None:
            said = told(error)
            writing.refuse(sentences(said.title, said.message, said.hint))

        desk = self._shop.desk
        self._background.act(
            "write to a guest", lambda: desk.messages.write(order_id, words), done, refused
        )

    def _act_further(self, act: FurtherAct, way: str) -> None:
        self._act(act.name, lambda _order_id: act.work(self._shop.desk, way))

    def _forget_guest(self) -> None:
        if self._order is not None and self._order.id == self._order_id:
            self._guests.forget(self._order, self._forgotten)

    def _forgotten(self) -> None:
        """No name of his stands in the list any more, nor in the order, nor a word to him."""
        self.details.writing.forget_all()
        self.search_again()
        self._read_details()

    def _save_guest(self, path: Path) -> None:
        def refuse(error: OrderbellError) -> None:
            said = told(error)
            self.details.guest.refuse(sentences(said.title, said.message, said.hint))

        if self._order is not None and self._order.id == self._order_id:
            self._guests.save(self._order, path, self.details.guest.shut, refuse)

    def _reprint(self) -> None:
        if self._order_id is not None:
            reprint(self._shop, self._background, self._notices, self._order_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.search.clear()
        else:
            super().keyPressEvent(event)
