"""The kitchen's screen: one grid for one station, or for all, and what cooks need beside it.

The screen only asks and shows. Everything it asks runs in the background, what changed comes
back through the bridge.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.bootstrap import Shop
from pos_app.clock import SECOND_MS
from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.domain.order import Order
from pos_app.domain.screens import Sounds
from pos_app.language import pick
from ui.background import Background
from ui.board.answers import if_alive
from ui.board.drawer import Drawer
from ui.board.measures import font
from ui.board.touch import FingerClock, TouchGuard, monotonic_ms
from ui.bridge import Bridge
from ui.kitchen.acts import KitchenActs
from ui.kitchen.content import Content
from ui.kitchen.grid import Grid
from ui.kitchen.header import Header
from ui.kitchen.look import style_sheet
from ui.kitchen.panel import CardPanel
from ui.kitchen.recall import Recall
from ui.kitchen.shelf import Shelf
from ui.kitchen.sizes import EDGE_PX, Sizes
from ui.notices import Notices
from ui.sounds.player import Player
from ui.sounds.sounder import Sounder
from ui.theme import measure, palette, tokens
from ui.words import _, language

_SETTLE_MS = 40
_FIRST_PAGE_AFTER_MS = 30_000
_DRAWER_PX = 520
_NUMBERS = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)
_ACT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_STEPS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class KitchenScreen(QWidget):
    """`station_uid` empty shows all stations. `finger_ms` is the clock of the touch rules.

    Without a `player` it is silent.
    """

    def __init__(
        self,
        shop: Shop,
        setup: Setup,
        background: Background,
        bridge: Bridge,
        notices: Notices,
        sizes: Sizes,
        *,
        station_uid: str = "",
        finger_ms: FingerClock = monotonic_ms,
        player: Player | None = None,
        sounds: Sounds | None = None,
    ) -> None:
        super().__init__()
        self._desk, self._clock, self._background = shop.desk, shop.clock, background
        self._station_uid = station_uid
        self._shelf = Shelf(setup, self._station_id(setup))
        self._came_while_reading: dict[int, Card] | None = None
        theme = tokens("dark")
        self.setObjectName("kitchen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setPalette(palette(theme))
        self.setFont(font(16))
        self.setStyleSheet(style_sheet(theme, measure()))
        self.header = Header(theme, practice=setup.identity.practice)
        self.grid = Grid(shop.clock, theme, TouchGuard(finger_ms), sizes)
        self.panel = CardPanel(theme, self)
        self.recall = Recall(theme, self)
        self.acts = KitchenActs(shop, background, notices)
        self.acts.setParent(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addWidget(self.grid, 1)
        self.sounder = Sounder(player or Player(self), shop.clock, sounds, parent=self)
        self._wire(bridge, notices)
        self._start_timers()
        self.header.set_sizes(sizes)
        self._show_setup(setup)
        self.reload()

    def _start_timers(self) -> None:
        self._tick = QTimer(self)
        self._tick.setInterval(SECOND_MS)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._refresh_beside)
        # Whoever looked at the second page has gone: the oldest tickets must be seen again.
        self._home = QTimer(self)
        self._home.setSingleShot(True)
        self._home.setInterval(_FIRST_PAGE_AFTER_MS)
        self._home.timeout.connect(lambda: self.grid.show_page(0))

    def _wire(self, bridge: Bridge, notices: Notices) -> None:
        bridge.cards_changed.connect(self._on_cards)
        bridge.setup_changed.connect(self._on_setup)
        notices.said.connect(self.header.say)
        self.grid.act_wanted.connect(self._act)
        self.grid.line_wanted.connect(self.acts.check_off)
        self.grid.more_wanted.connect(self._open_panel)
        self.grid.paged.connect(self._on_page)
        self.acts.settled.connect(self.grid.put_down)
        self.acts.bumped.connect(self._show_changed)
        self.header.undo.undo_wanted.connect(self.acts.undo)
        self.header.bring_back_wanted.connect(self.toggle_recall)
        self.recall.closed.connect(lambda: self.header.bring_back.setChecked(False))
        self.recall.bring_back_wanted.connect(self._bring_back)
        self.sounder.watch(self)
        self.header.sound.follow(self.sounder)
        self.panel.ask_wanted.connect(self.acts.ask_counter)
        self.panel.again_wanted.connect(self.acts.make_again)
        self.panel.rush_wanted.connect(lambda order_id, on: self.acts.rush(order_id, on=on))
        self.panel.hold_wanted.connect(lambda order_id, on: self.acts.hold(order_id, on=on))
        self.panel.minutes_wanted.connect(self.acts.give_minutes)
        self.panel.sold_out_wanted.connect(
            lambda dish_id, name, gone: self.acts.sell_out(dish_id, name, sold_out=gone)
        )

    # What is shown

    def set_sizes(self, sizes: Sizes) -> None:
        self.header.set_sizes(sizes)
        self.grid.set_sizes(sizes)

    def choose_station(self, setup: Setup, station_uid: str) -> None:
        """Show another station, or with an empty uid all of them."""
        self._station_uid = station_uid
        self._shelf.choose(setup, self._station_id(setup))
        self._show_setup(setup)
        self._show_tickets()
        self._refresh_beside()

    def _station_id(self, setup: Setup) -> int | None:
        """A station that is gone from the menu leaves its screen with all of them."""
        stations = setup.menu.stations
        return next((s.id for s in stations if s.uid == self._station_uid), None)

    def reload(self) -> None:
        """Read every open order again."""
        self._came_while_reading = {}
        self._background.read(
            "read the kitchen",
            lambda: (self._desk.setup(), self._desk.board()),
            if_alive(self, self._show_all),
        )

    def _show_all(self, read: tuple[Setup, list[Card]]) -> None:
        setup, cards = read
        self._shelf.choose(setup, self._station_id(setup))
        self._shelf.replace_all(cards)
        # What changed while everything was being read is newer than that reading.
        came, self._came_while_reading = self._came_while_reading or {}, None
        self._shelf.change(came)
        self._show_setup(setup)
        self._show_tickets()
        self._refresh_beside()
        self.sounder.shelf_changed({card.order.id: card for card in cards} | came)

    def _on_cards(self, cards: dict[int, Card]) -> None:
        if self._came_while_reading is not None:
            self._came_while_reading |= cards
        else:
            self.sounder.shelf_changed(cards)
        self._shelf.change(cards)
        self._show_tickets()
        if not self._settle.isActive():
            self._settle.start()

    def _show_changed(self, order: Order) -> None:
        """At once, from what the act left in the store."""
        self._on_cards({order.id: Card(order, None)})

    def _show_tickets(self) -> None:
        self.grid.show_contents(self._shelf.contents(self._clock.now()))

    def _on_setup(self) -> None:
        self._background.read("read the set-up", self._desk.setup, if_alive(self, self._take_setup))

    def _take_setup(self, setup: Setup) -> None:
        self._shelf.choose(setup, self._station_id(setup))
        self._show_setup(setup)
        self._show_tickets()

    def _show_setup(self, setup: Setup) -> None:
        station = next((s for s in setup.menu.stations if s.uid == self._station_uid), None)
        name = pick(station.names, language()) if station is not None else ""
        self.header.show_zone(setup.settings.shop.zone)
        self.header.show_title(name or _("Kitchen"))
        self.header.show_time(self._clock.now())
        self.grid.limits = setup.settings.limits
        self.grid.empty_words = _("Nothing to cook. New orders come here by themselves.")
        self.panel.take_setup(setup)
        stations = None if station is None else frozenset((station.id,))
        self.sounder.choose(station_ids=stations, limits=setup.settings.limits)

    def _refresh_beside(self) -> None:
        """What is beside the tickets may come a moment later than they."""
        now = self._clock.now()
        self.header.show_work(len(self._shelf.contents(now)), self._shelf.later(now))
        station_id = self._shelf.station_id
        self._background.read(
            "read what can be undone",
            lambda: self._desk.undoable(station_id),
            if_alive(self, lambda acts: self.header.undo.show_acts(acts, self._clock.now())),
        )
        if self.recall.isVisible():
            self._show_recall()

    def _on_tick(self) -> None:
        now = self._clock.now()
        self.header.show_time(now)
        self.header.undo.tick(now)
        # Time alone lets a later order enter.
        self._show_tickets()
        self.header.show_work(len(self._shelf.contents(now)), self._shelf.later(now))
        if self.isVisible():
            self.grid.tick()
        self.sounder.tick()

    def is_settling(self) -> bool:
        """Whether what stands beside the tickets is still to follow."""
        return self._settle.isActive()

    def show_lanes_sentence(self, text: str) -> None:
        """Say what is down, in one sentence; empty when all is well."""
        self.header.show_wrong(text)

    # What people do

    def _act(self, content: Content) -> None:
        if self.grid.take_in_hand(content.order.id):
            self.acts.do(content)

    def _open_panel(self, content: Content) -> None:
        order = self._shelf.order(content.order.id)
        if order is None:
            return
        self.recall.shut()
        self.panel.show_order(order, self._shelf.setup, self._shelf.station_id)
        at_right = self._card_left(order.id) > self.width() // 2
        self._open(self.panel, at_right=not at_right)

    def _card_left(self, order_id: int) -> int:
        places = (c.place for c in self.grid.shown if c.card.content.order.id == order_id)
        return max((place.center().x() for place in places), default=0)

    def _bring_back(self, order_id: int) -> None:
        self.acts.recall(order_id, self._shelf.station_id)

    def toggle_recall(self) -> None:
        """Open or close what is done."""
        if self.recall.isVisible():
            self.recall.shut()
            return
        self.panel.shut()
        self._show_recall()
        self.header.bring_back.setChecked(True)
        self._open(self.recall, at_right=True)

    def _show_recall(self) -> None:
        shelf = self._shelf
        self.recall.show_orders(shelf.done(), shelf.station_id, shelf.setup.settings.shop.zone)

    def _open(self, drawer: Drawer, *, at_right: bool) -> None:
        """Over the grid, on the side away from the card that it is about."""
        top = self.grid.geometry().top()
        width = min(_DRAWER_PX, self.width() // 2)
        left = self.width() - EDGE_PX - width if at_right else EDGE_PX
        drawer.setGeometry(left, top, width, self.grid.height() - EDGE_PX)
        drawer.show()
        drawer.raise_()

    def _on_page(self, page: int) -> None:
        if page:
            self._home.start()
        else:
            self._home.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.shut()
        self.recall.shut()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grid.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in _NUMBERS:
            self.grid.choose(key - Qt.Key.Key_1)
        elif key in _ACT_KEYS and not event.isAutoRepeat():
            self.grid.act_on_chosen()
        elif key in _STEPS:
            self.grid.step(*_STEPS[key])
        elif key == Qt.Key.Key_U:
            self.header.undo.undo_last()
        elif key == Qt.Key.Key_B:
            self.toggle_recall()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.grid.show_page(self.grid.page + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_Escape:
            self.panel.shut()
            self.recall.shut()
        else:
            event.ignore()
