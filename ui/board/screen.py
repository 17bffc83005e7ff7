"""The pass: status columns of tickets, and beside them what to make and what can be undone.

The screen only asks and shows. Everything it asks runs in the background, what changed comes
back through the bridge, and only the tickets concerned move.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from pos_app.bootstrap import Shop
from pos_app.clock import SECOND_MS
from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.domain.order import Order
from ui.background import Background
from ui.board.acts import Acts
from ui.board.answers import if_alive
from ui.board.arrangement import Arrangement
from ui.board.columns import Columns
from ui.board.content import Content
from ui.board.drawers import Drawers
from ui.board.header import Header
from ui.board.look import style_sheet
from ui.board.measures import font
from ui.board.shelf import Shelf
from ui.board.to_make import ToMakePanel
from ui.board.touch import FingerClock, TouchGuard, monotonic_ms
from ui.board.undo import UndoPanel
from ui.bridge import Bridge
from ui.notices import Notices
from ui.theme import measure, palette, tokens

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
        self._arrangement = Arrangement(
            self, self.header, self.columns, self.undo, self.to_make, theme
        )
        self.drawers = Drawers(self, shop, background, self._arrangement, self.acts, theme)
        self._arrangement.fit()
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

    # What is shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrangement.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrangement.place_drawers()
        focus = self.focusWidget()
        if focus is None or not focus.isVisible():
            self.columns.all[0].view.setFocus()

    def _wire(self, bridge: Bridge) -> None:
        bridge.cards_changed.connect(self._on_cards)
        bridge.setup_changed.connect(self._on_setup)
        self.columns.act_wanted.connect(self._bump)
        self.columns.line_wanted.connect(self.acts.check_off)
        self.columns.head_wanted.connect(self.show_details)
        self.acts.settled.connect(self.columns.put_down)
        self.acts.bumped.connect(self._show_bumped)
        self.undo.undo_wanted.connect(self.acts.undo)
        self.header.station_chosen.connect(self._choose_station)
        self.header.tell_guests_moved.connect(self.acts.move_tell_guests)
        self.header.bring_back_wanted.connect(self.toggle_bring_back)
        self.drawers.closed.connect(lambda: self.header.bring_back.setChecked(False))
        self.drawers.opened.connect(self.details_wanted)

    def reload(self) -> None:
        """Read every open order again."""
        self._came_while_reading = {}
        self._background.read(
            "read the board",
            lambda: (self._desk.setup(), self._desk.board()),
            if_alive(self, self._show_all),
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
        self._background.read("read the set-up", self._desk.setup, if_alive(self, self._take_setup))

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
        self.drawers.take_setup(setup)
        self.header.show_time(self._clock.now())
        self.columns.set_limits(setup.settings.limits)

    def _refresh_beside(self) -> None:
        """What is beside the tickets may come a moment later than they."""
        if self._shelf is not None:
            self.to_make.show_rows(self._shelf.to_make())
            self._arrangement.show_pieces(self.to_make.pieces)
        self._background.read(
            "read what can be undone", self._desk.undoable, if_alive(self, self.undo.show_acts)
        )
        self.drawers.refresh()

    def _on_tick(self) -> None:
        now = self._clock.now()
        self.header.show_time(now)
        self.undo.tick(now)
        if self.isVisible():
            self.columns.tick()

    def is_settling(self) -> bool:
        """Whether what stands beside the tickets is still to follow."""
        return self._settle.isActive()

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

    def _choose_station(self, station_id: int | None) -> None:
        if self._shelf is not None and station_id != self._shelf.station_id:
            self._shelf.choose(self._shelf.setup, station_id)
            self.columns.show_shelf(self._shelf)
            self._refresh_beside()

    def show_details(self, order_id: int) -> None:
        """Open the side sheet of an order."""
        self.drawers.show_details(order_id)

    def toggle_bring_back(self) -> None:
        """Open or close the last twenty."""
        self.header.bring_back.setChecked(self.drawers.toggle_bring_back())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key == Qt.Key.Key_U:
            self.undo.undo_last()
        elif key == Qt.Key.Key_B:
            self.toggle_bring_back()
        elif key == Qt.Key.Key_Escape:
            self.drawers.shut()
        elif key in _KEYS_OF_STATIONS:
            self.header.choose_place(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.columns.focus_first()
        else:
            event.ignore()
