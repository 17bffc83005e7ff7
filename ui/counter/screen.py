"""The counter: menu on the left, the order on the right, sheets between them, nothing modal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStackedWidget, QWidget

from pos_app.bootstrap import Shop
from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.domain.menu import Dish
from pos_app.errors import BadInput, OrderbellError
from ui.background import Background
from ui.counter.acquaintances import Known, again, filled, known_words
from ui.counter.basket import Basket, Missing
from ui.counter.cart import Around, Cart
from ui.counter.guest_lookup import GuestLookup
from ui.counter.keys import is_typing
from ui.counter.menu_panel import MenuPanel
from ui.counter.placed_acts import PlacedOrder, place, serve_now, undo_place
from ui.counter.placed_panel import PlacedPanel
from ui.counter.sheets import Sheets
from ui.counter.todo import Todo
from ui.notices import Notices
from ui.reprint import reprint
from ui.style import sheet
from ui.widgets.parts import column, frame, row
from ui.words import _

if TYPE_CHECKING:
    from ui.taking.sheet import TakingSheet

CART_PX = 412
WIDE_CART_PX = 460
WIDE_FROM_PX = 1600
CLOCK_MS = 5_000


class CounterScreen(QWidget):
    """Holds the basket; every part shows it and asks for changes.

    `order_wanted` carries the id of an order to be looked at, `settings_wanted` the name of
    a section of the settings.
    """

    order_wanted = Signal(int)
    settings_wanted = Signal(str)

    def __init__(
        self,
        shop: Shop,
        setup: Setup,
        background: Background,
        notices: Notices,
        basket: Basket = Basket(),
    ) -> None:
        super().__init__()
        self.setObjectName("counter")
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setStyleSheet(sheet("light"))
        self._shop, self._background, self._notices = shop, background, notices
        self._setup = setup
        self.basket = basket
        self._before_clear: Basket | None = None
        self._busy = False
        self._placed: PlacedOrder | None = None
        self._guest = GuestLookup(shop, background, self._recalled)
        self._menu = MenuPanel(setup)
        self._cart = Cart(self._change)
        self._todo = Todo(shop, background, setup.settings)
        self._todo.setParent(self)
        self._panel = PlacedPanel(shop.clock)
        self._right = QStackedWidget()
        printing, phone = partial(reprint, shop, background, notices), self._cart.guest.phone
        self._sheets = Sheets(self._menu, self._change, phone, background, printing)
        self._lay_out()
        self._connect()
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_MS)
        self._clock.timeout.connect(
            lambda: self._cart.show_clock(self.basket, self._setup, shop.clock.now())
        )
        self._clock.start()
        self._check_phone(left=True)

    def _lay_out(self) -> None:
        layout = row(self, gap=0)
        left = column(gap=0)
        left.addWidget(self._menu, 1)
        left.addWidget(self._todo.box)
        layout.addLayout(left, 1)
        edge = frame("rule")
        edge.setFixedWidth(1)
        layout.addWidget(edge)
        self._right.addWidget(self._cart)
        self._right.addWidget(self._panel)
        self._right.setFixedWidth(CART_PX)
        layout.addWidget(self._right)

    def _connect(self) -> None:
        menu, cart, panel, sheets = self._menu, self._cart, self._panel, self._sheets
        menu.dish_tapped.connect(self._add)
        menu.orders_asked.connect(self._ask_orders)
        menu.order_wanted.connect(self.order_wanted)
        menu.entered.connect(self._enter)
        menu.menu_wanted.connect(lambda: self.settings_wanted.emit("menu"))
        cart.lines.line_wanted.connect(
            lambda index: sheets.open_line(index, self.basket, self._setup)
        )
        cart.lines.undo_wanted.connect(self._undo_clear)
        cart.where.address_wanted.connect(lambda: sheets.open_address(self.basket))
        for field in (cart.where.table, cart.where.street, cart.guest.phone, cart.guest.name):
            field.returnPressed.connect(self._enter)
        cart.guest.phone_wanted.connect(sheets.open_phone)
        cart.guest.phone_left.connect(lambda: self._check_phone(left=True))
        cart.guest.again_wanted.connect(self._same_again)
        cart.later_wanted.connect(
            self._opening(
                lambda: sheets.open_time(self.basket, self._setup, self._shop.clock.now())
            )
        )
        cart.allergy_wanted.connect(self._opening(lambda: sheets.open_allergy(self.basket)))
        cart.note_wanted.connect(self._opening(lambda: sheets.open_note(self.basket)))
        cart.taking_wanted.connect(lambda: self._taking.open_for(self._setup))
        cart.pay.place_wanted.connect(self.place)
        cart.pay.other_wanted.connect(lambda: sheets.open_cash(self._setup))
        panel.next_wanted.connect(self._next_order)
        panel.undo_wanted.connect(self._undo_place)
        panel.slip_wanted.connect(self._show_slip)
        panel.page_wanted.connect(lambda: self.settings_wanted.emit("page"))
        panel.served_wanted.connect(self._serve)

    def _opening(self, opening: Callable[[], None]) -> Callable[[], None]:
        """`opening`, and then the chips as the basket has them, not as the finger left them."""

        def opened() -> None:
            opening()
            self._render()

        return opened

    @cached_property
    def _taking(self) -> TakingSheet:
        from ui.taking.sheet import TakingSheet

        return TakingSheet(self._menu, self._shop, self._background, self._notices)

    # What others tell us

    def show_setup(self, setup: Setup) -> None:
        """The menu, the minutes or the page changed."""
        self._setup = setup
        self._todo.duties.look_again()
        self._menu.show_setup(setup)
        if "_taking" in self.__dict__:
            self._taking.show_setup(setup)
        self._render()

    def show_cards(self, cards: dict[int, Card]) -> None:
        """Orders changed somewhere: a placed one that has moved on can no longer be undone."""
        self._todo.show_cards(cards, self._setup.settings)
        placed = self._placed
        card = cards.get(placed.order.id) if placed is not None else None
        if placed and card and card.order.entry != placed.order.entry:
            self._placed = replace(placed, undo_until=None)
            self._panel.show_order(self._placed, self._setup)

    # The basket

    def _change(self, edit: Callable[[Basket], Basket]) -> None:
        before = self.basket
        self.basket = edit(before)
        if self.basket == before:
            return
        if not self.basket.is_untouched:
            self._before_clear = None
            self._leave_placed()
        if self.basket.phone != before.phone:
            self._check_phone(left=False)
        else:
            self._render()

    def _add(self, dish: Dish) -> None:
        self._sheets.close_line()
        self._change(lambda basket: basket.plus(dish))

    def _same_again(self) -> None:
        known = self._guest.known
        if known is None or known.last is None:
            return
        last, before = known.last, len(self.basket.lines)
        self._change(lambda basket: again(basket, last, self._setup.menu))
        if len(self.basket.lines) - before < len(last.open_lines):
            self._notices.say(_("Some dishes of the last order are not on sale now."))

    def clear(self) -> None:
        """Begin anew; what stood there can be brought back until the next dish."""
        self._sheets.close_all()
        if not self.basket.is_untouched:
            self._before_clear = self.basket
            self._start_anew()

    def _undo_clear(self) -> None:
        if (kept := self._before_clear) is not None:
            self._change(lambda _basket: kept)

    def _start_anew(self) -> None:
        self.basket = Basket()
        self._guest.forget()
        self._menu.clear_search()
        self._render()

    def _render(self) -> None:
        no_street = self.basket.missing() is Missing.STREET and self.basket.payment is not None
        known = self._guest.known
        around = Around(
            known=known_words(known, self._setup) if known else "",
            has_last=known is not None and known.last is not None,
            phone_error=self._guest.error,
            street_error=_("A delivery needs a street") if no_street else "",
            cleared=self._before_clear is not None,
            busy=self._busy,
        )
        self._cart.show_basket(self.basket, self._setup, around, self._shop.clock.now())
        self._menu.show_basket(self.basket)
        self._sheets.show_basket(self.basket)

    # The guest

    def _check_phone(self, *, left: bool) -> None:
        country = self._setup.settings.shop.country
        usable = self._guest.check(self.basket.phone, country, left=left)
        self.basket = replace(self.basket, phone_is_wrong=not usable)
        self._render()

    def _recalled(self, known: Known) -> None:
        self.basket = filled(self.basket, known)
        self._render()

    def _ask_orders(self, words: str) -> None:
        self._background.read(
            "find orders",
            lambda: self._shop.desk.search(words, 4),
            lambda cards: self._menu.show_orders(words, cards),
        )

    # Placing

    def place(self) -> None:
        """Ask the desk; the screen stays as it is until the desk has answered."""
        if self.basket.missing() is not None or self._busy:
            return
        self._sheets.close_all()
        self._busy = True
        self._render()
        draft = self.basket.draft(self._guest.phone)
        self._background.act(
            "place an order", lambda: place(self._shop, draft), self._on_placed, self._on_refused
        )

    def _on_placed(self, placed: PlacedOrder) -> None:
        self._busy = False
        self._placed = placed
        self._start_anew()
        self._panel.show_order(placed, self._setup)
        self._right.setCurrentWidget(self._panel)
        self.setFocus()

    def _on_refused(self, error: OrderbellError) -> None:
        self._busy = False
        self._render()
        if isinstance(error, BadInput) and error.field == "address.street":
            self._cart.where.street.setFocus()
        self._notices.tell_error(error)

    def _undo_place(self) -> None:
        if self._placed is not None:
            undo_place(self._shop, self._background, self._notices, self._placed, self._next_order)

    def _serve(self) -> None:
        if self._placed is not None:
            serve_now(self._shop, self._background, self._notices, self._placed, self._next_order)

    def _next_order(self) -> None:
        self._leave_placed()
        self.setFocus()

    def _leave_placed(self) -> None:
        if self._placed is not None:
            self._placed = None
            self._panel.stop()
            self._sheets.close_all()
            self._right.setCurrentWidget(self._cart)

    def _show_slip(self) -> None:
        if self._placed is not None:
            self._sheets.open_slip(self._placed, self._setup)

    # Keys

    def _enter(self) -> None:
        if self._placed is not None:
            self._next_order()
            return
        missing = self.basket.missing()
        if missing is Missing.STREET:
            self._cart.where.street.setFocus()
        elif missing is Missing.PHONE:
            self._check_phone(left=True)
            self._cart.guest.phone.setFocus()
        else:
            self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._escape()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif is_typing(event) and not isinstance(self.focusWidget(), QLineEdit | QPlainTextEdit):
            self._menu.search.setFocus()
            self._menu.search.insert(event.text())
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        if self._sheets.close_all():
            return
        if self._menu.search.text():
            self._menu.clear_search()
        else:
            self.clear()
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(WIDE_CART_PX if self.width() >= WIDE_FROM_PX else CART_PX)
