"""The pass: status columns of tickets, and beside them what to make and what can be undone.

The screen only asks and shows. Everything it asks runs in the background, what changed comes
back through the bridge, and only the tickets concerned move.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pos_app.bootstrap import Shop
from pos_app.clock import SECOND_MS
from pos_app.desk.reading import Card, TimelineEntry, Undoable
from pos_app.desk.setup import Setup
from pos_app.domain.order import Order
from ui.background import Background
from ui.board.acts import Acts
from ui.board.bring_back import BringBack
from ui.board.columns import Columns
from ui.board.content import Content
from ui.board.details import Details
from ui.board.drawer import Drawer
from ui.board.header import Header
from ui.board.icons import icon
from ui.board.look import style_sheet
from ui.board.measures import font
from ui.board.shelf import Shelf
from ui.board.to_make import ToMakePanel
from ui.board.touch import FingerClock, TouchGuard, monotonic_ms
from ui.board.undo import UndoPanel
from ui.bridge import Bridge
from ui.notices import Notices
from ui.theme import measure, palette, tokens
from ui.words import _

_SIDE_PX = 288
_DRAWER_PX = 440
_NARROW_PX = 1500
_SETTLE_MS = 40
_KEYS_OF_STATIONS = range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)


class BoardScreen(QWidget):
    """`details_wanted` carries the id of an order whose head was tapped.

    `finger_ms` is the clock of the touch rules (700 ms).
    """

    details_wanted = Signal(int)

    def __init__(
        self,
        shop: Shop,
        background: Background,
        bridge: Bridge,
        notices: Notices,
        *,
        finger_ms: FingerClock = monotonic_ms,
    ) -> None:
        super().__init__()
        self._desk = shop.desk
        self._clock = shop.clock
        self._background = background
        self._shelf: Shelf | None = None
        self._came_while_reading: dict[int, Card] | None = None
        theme = tokens("dark")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setPalette(palette(theme))
        self.setFont(font(16))
        self.setStyleSheet(style_sheet(theme, measure()))
        self.header = Header(theme)
        self.columns = Columns(shop.clock, theme, TouchGuard(finger_ms))
        self.undo = UndoPanel(theme)
        self.to_make = ToMakePanel(theme)
        self.acts = Acts(shop, background, notices)
        self.acts.setParent(self)
        self._to_make_button = QPushButton(icon("list", theme.text), "")
        self._to_make_button.setObjectName("to_make_button")
        self._to_make_button.setCheckable(True)
        self._to_make_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._build()
        self.details = Details(theme, self)
        self.bring_back = BringBack(theme, self)
        self._wire(bridge)
        self._tick = QTimer(self)
        self._tick.setInterval(SECOND_MS)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._refresh_beside)
        self.reload()

    # Arrangement

    def _build(self) -> None:
        self._side = QWidget()
        self._side.setFixedWidth(_SIDE_PX)
        self._side_box = QVBoxLayout(self._side)
        self._side_box.setContentsMargins(0, 0, 0, 0)
        self._side_box.setSpacing(12)
        self._bottom = QWidget()
        self._bottom_box = QHBoxLayout(self._bottom)
        self._bottom_box.setContentsMargins(0, 0, 0, 0)
        self._bottom_box.setSpacing(12)
        middle = QHBoxLayout()
        middle.setContentsMargins(16, 0, 16, 0)
        middle.setSpacing(16)
        middle.addWidget(self.columns, 1)
        middle.addWidget(self._side)
        self._bottom_margin = QVBoxLayout()
        self._bottom_margin.setContentsMargins(16, 8, 16, 10)
        self._bottom_margin.addWidget(self._bottom)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addLayout(middle, 1)
        box.addLayout(self._bottom_margin)
        self._narrow: bool | None = None
        self._fit()

    def _fit(self) -> None:
        """A small screen keeps its width for tickets: undo lies below, to make comes on demand."""
        narrow = self.width() < _NARROW_PX
        if narrow is not self._narrow:
            self._narrow = narrow
            self._to_make_button.setChecked(False)
            self.undo.lie_down(narrow)
            if narrow:
                self._bottom_box.addWidget(self.undo, 1)
                self._bottom_box.addWidget(self._to_make_button)
            else:
                self._side_box.addWidget(self.undo)
                self._side_box.insertWidget(0, self.to_make, 1)
            self.to_make.setVisible(not narrow)
            self._to_make_button.setVisible(narrow)
            self._side.setVisible(not narrow)
            self._bottom.setVisible(narrow)
        if narrow and self.to_make.parent() is not self:
            self.to_make.setParent(self)
            self.to_make.setVisible(self._to_make_button.isChecked())

    def _place_drawers(self) -> None:
        top = self.columns.mapTo(self, self.columns.rect().topLeft()).y()
        right = self.width() - 16 - (0 if self._narrow else _SIDE_PX + 16)
        height = self.columns.height()
        width = min(_DRAWER_PX, self.width() // 2)
        for drawer in (self.details, self.bring_back):
            drawer.setGeometry(right - width, top, width, height)
        if self._narrow:
            self.to_make.setGeometry(right - 340, top, 340, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._place_drawers()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place_drawers()
        focus = self.focusWidget()
        if focus is None or not focus.isVisible():
            self.columns.focus_first()

    def _open(self, drawer: Drawer) -> None:
        for other in (self.details, self.bring_back):
            if other is not drawer:
                other.shut()
        self._place_drawers()
        drawer.show()
        drawer.raise_()

    # What is shown

    def _wire(self, bridge: Bridge) -> None:
        bridge.cards_changed.connect(self._on_cards)
        bridge.setup_changed.connect(self._on_setup)
        self.columns.act_wanted.connect(self._bump)
        self.columns.line_wanted.connect(self.acts.check_off)
        self.columns.head_wanted.connect(self.show_details)
        self.acts.settled.connect(self.columns.put_down)
        self.acts.bumped.connect(self._show_bumped)
        self.undo.undo_wanted.connect(self._undo)
        self.header.station_chosen.connect(self._choose_station)
        self.header.tell_guests_moved.connect(self.acts.move_tell_guests)
        self.header.bring_back_wanted.connect(self.toggle_bring_back)
        self.bring_back.closed.connect(lambda: self.header.bring_back.setChecked(False))
        for drawer in (self.bring_back, self.details):
            drawer.bring_back_wanted.connect(self.acts.bring_back)
        self.details.cancel_wanted.connect(self.acts.cancel)
        self.details.pay_wanted.connect(self.acts.pay)
        self.details.reprint_wanted.connect(self.acts.reprint)
        self._to_make_button.toggled.connect(self._show_to_make)

    def reload(self) -> None:
        """Read every open order again."""
        self._came_while_reading = {}
        self._background.read(
            "read the board", lambda: (self._desk.setup(), self._desk.board()), self._show_all
        )

    def _show_all(self, read: tuple[Setup, list[Card]]) -> None:
        setup, cards = read
        shelf = Shelf(setup)
        if self._shelf is not None:
            shelf.station_id = self._shelf.station_id
        shelf.replace_all(cards)
        # What changed while the whole board was being read is newer than that reading.
        shelf.change(self._came_while_reading or {})
        self._came_while_reading = None
        self._shelf = shelf
        self._show_setup(setup)
        self.columns.show_shelf(shelf)
        self._refresh_beside()

    def _on_cards(self, cards: dict[int, Card]) -> None:
        if self._came_while_reading is not None:
            self._came_while_reading |= cards
        if self._shelf is None:
            return
        self.columns.change(self._shelf.change(cards))
        if not self._settle.isActive():
            self._settle.start()

    def _on_setup(self) -> None:
        self._background.read("read the set-up", self._desk.setup, self._take_setup)

    def _take_setup(self, setup: Setup) -> None:
        if self._shelf is None:
            return
        before = self._shelf.setup
        same = (before.menu, before.settings.shop, before.settings.limits, before.texts_on) == (
            setup.menu,
            setup.settings.shop,
            setup.settings.limits,
            setup.texts_on,
        )
        if same:
            self._shelf.setup = setup
        else:
            self._shelf.choose(setup, self._shelf.station_id)
        self._show_setup(setup)
        if not same:
            self.columns.show_shelf(self._shelf)

    def _show_setup(self, setup: Setup) -> None:
        station_id = self._shelf.station_id if self._shelf is not None else None
        self.header.show_setup(setup, station_id)
        self.header.show_time(self._clock.now())
        self.columns.set_limits(setup.settings.limits)

    def _refresh_beside(self) -> None:
        """What is beside the tickets may come a moment later than they."""
        if self._shelf is not None:
            self.to_make.show_rows(self._shelf.to_make())
            self._to_make_button.setText(_("To make: {count}").format(count=self.to_make.pieces))
        self._background.read("read what can be undone", self._desk.undoable, self._show_undoable)
        if self.details.order_id is not None:
            self.show_details(self.details.order_id)
        if self.bring_back.isVisible():
            self._read_recallable()

    def _show_undoable(self, acts: list[Undoable]) -> None:
        self.undo.show_acts(acts)

    def _on_tick(self) -> None:
        now = self._clock.now()
        self.header.show_time(now)
        self.undo.tick(now)
        if self.isVisible():
            self.columns.tick()

    def show_lanes_sentence(self, text: str) -> None:
        """Say what is down, in one sentence; empty when all is well."""
        self.header.show_wrong(text)

    def set_scale(self, scale: float) -> None:
        """Sizes for this screen, from `measures.scale_for`: 1.0 is 21.5 inches at arm's length."""
        self.columns.set_scale(scale)

    # What people do

    def _bump(self, content: Content) -> None:
        order_id = content.order.id
        if self.columns.take_in_hand(order_id):
            self.acts.bump(content)

    def _show_bumped(self, order: Order) -> None:
        """At once, from what the act left in the store; the guest's text follows by the bridge."""
        known = self._shelf.card(order.id) if self._shelf is not None else None
        if known is not None:
            self._on_cards({order.id: Card(order, known.note)})

    def _undo(self, act: Undoable) -> None:
        self.acts.undo(act)

    def _choose_station(self, station_id: int | None) -> None:
        if self._shelf is not None and station_id != self._shelf.station_id:
            self._shelf.choose(self._shelf.setup, station_id)
            self.columns.show_shelf(self._shelf)
            self._refresh_beside()

    def show_details(self, order_id: int) -> None:
        """Open the side sheet of an order."""
        newly = self.details.order_id != order_id
        self._background.read(
            "read an order",
            lambda: (self._desk.order(order_id), self._desk.timeline(order_id)),
            lambda read: self._show_order(read, newly),
        )

    def _show_order(self, read: tuple[Card | None, list[TimelineEntry]], newly: bool) -> None:
        card, timeline = read
        if card is None or self._shelf is None:
            return
        if not newly and self.details.order_id != card.order.id:
            return
        self.details.show_order(card, timeline, self._shelf.setup, self._clock.now())
        if newly:
            self._open(self.details)
            self.details_wanted.emit(card.order.id)

    def toggle_bring_back(self) -> None:
        """Open or close the last twenty."""
        if self.bring_back.isVisible():
            self.bring_back.shut()
            return
        self.header.bring_back.setChecked(True)
        self._read_recallable()
        self._open(self.bring_back)

    def _read_recallable(self) -> None:
        self._background.read(
            "read what can be brought back", self._desk.recallable, self._show_recallable
        )

    def _show_recallable(self, cards: list[Card]) -> None:
        if self._shelf is not None:
            self.bring_back.show_cards(cards, self._shelf.setup.settings.shop.zone)

    def _show_to_make(self, on: bool) -> None:
        self._place_drawers()
        self.to_make.setVisible(on or not self._narrow)
        self.to_make.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key == Qt.Key.Key_U:
            self.undo.undo_last()
        elif key == Qt.Key.Key_B:
            self.toggle_bring_back()
        elif key == Qt.Key.Key_Escape:
            self.details.shut()
            self.bring_back.shut()
        elif key in _KEYS_OF_STATIONS:
            self.header.choose_place(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.columns.focus_first()
        else:
            event.ignore()
