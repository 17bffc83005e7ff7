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
from pos_app.domain.screens import Sounds
from pos_app.domain.workflow import PHASES, Kind
from ui.background import Background
from ui.board.answers import if_alive
from ui.board.arrangement import Arrangement
from ui.board.columns import Columns
from ui.board.content import KITCHEN, Act, Content
from ui.board.drawers import Drawers
from ui.board.header import Header
from ui.board.look import style_sheet
from ui.board.measures import font
from ui.board.pass_acts import PassActs, asks_payment
from ui.board.questions import Questions
from ui.board.shelf import Shelf
from ui.board.to_make import ToMakePanel
from ui.board.touch import FingerClock, TouchGuard, monotonic_ms
from ui.board.undo import UndoPanel
from ui.board.wording import later_words
from ui.bridge import Bridge
from ui.duties.banner import Duties
from ui.notices import Notices
from ui.sounds.player import Player
from ui.sounds.sounder import Sounder
from ui.theme import measure, palette, tokens

_SETTLE_MS = 40
_KEYS_OF_STATIONS = range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)


class BoardScreen(QWidget):
    """`shelf_read` carries all cards by order id, each time that everything was read.

    `finger_ms` is the clock of the touch rules (700 ms); without a `player` it is silent.
    """

    shelf_read = Signal(object)

    def __init__(
        self,
        shop: Shop,
        background: Background,
        bridge: Bridge,
        notices: Notices,
        *,
        finger_ms: FingerClock = monotonic_ms,
        player: Player | None = None,
        sounds: Sounds | None = None,
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
        guard = TouchGuard(finger_ms)
        self.columns = Columns(shop.clock, theme, guard)
        self.undo = UndoPanel(theme)
        self.to_make = ToMakePanel(theme)
        self.duties = Duties(shop, background, "dark", player, sounds)
        self.acts = PassActs(shop, background, notices)
        self.acts.setParent(self)
        self._arrangement = Arrangement(
            self, self.header, self.columns, self.undo, self.to_make, self.duties, theme
        )
        self.drawers = Drawers(
            self,
            self.columns,
            shop,
            background,
            notices,
            self._arrangement,
            self.acts,
            guard,
            theme,
        )
        self.questions = Questions(shop, background, self.columns, self.acts, guard)
        self._arrangement.fit()
        self.sounder = Sounder(player or Player(self), shop.clock, sounds, parent=self)
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
        bridge.cards_changed.connect(self.duties.look_again)
        bridge.setup_changed.connect(self.duties.look_again)
        self.columns.act_wanted.connect(self._act)
        self.columns.line_wanted.connect(self.acts.check_off)
        self.columns.head_wanted.connect(self.show_details)
        self.acts.settled.connect(self.columns.put_down)
        self.acts.bumped.connect(self._show_bumped)
        self.undo.undo_wanted.connect(self.acts.undo)
        self.header.station_chosen.connect(self._choose_station)
        self.header.tell_guests_moved.connect(self.acts.move_tell_guests)
        self.header.bring_back_wanted.connect(self.toggle_bring_back)
        self.header.later_wanted.connect(self.toggle_later)
        self.header.taking_wanted.connect(self.drawers.toggle_taking)
        self.drawers.closed.connect(self._show_open_drawer)
        self.drawers.part_wanted.connect(self._hand_over_part)
        self.sounder.watch(self)
        self.header.sound.follow(self.sounder)

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
        shelf = Shelf(setup, self._clock)
        if self._shelf is not None:
            shelf.station_id = self._shelf.station_id
        shelf.replace_all(cards)
        # What changed while the whole board was being read is newer than that reading.
        came, self._came_while_reading = self._came_while_reading or {}, None
        shelf.change(came)
        self._shelf = shelf
        self._show_setup(setup)
        self.columns.show_shelf(shelf)
        self._refresh_beside()
        shown = {card.order.id: card for card in cards} | came
        self.sounder.shelf_changed(shown)
        self.shelf_read.emit(shown)

    def _on_cards(self, cards: dict[int, Card]) -> None:
        if self._came_while_reading is not None:
            self._came_while_reading |= cards
        if self._shelf is None:
            return
        self.columns.change(self._shelf.change(cards))
        self.questions.follow(cards)
        self.sounder.shelf_changed(cards)
        if not self._settle.isActive():
            self._settle.start()

    def _on_setup(self) -> None:
        self._background.read("read the set-up", self._desk.setup, if_alive(self, self._take_setup))

    def _take_setup(self, setup: Setup) -> None:
        if self._shelf is None:
            return
        same = _for_cards(self._shelf.setup) == _for_cards(setup)
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
        self.questions.zone = setup.settings.shop.zone
        self.header.show_time(self._clock.now())
        self.columns.set_limits(setup.settings.limits)
        self._ring_for(setup, station_id)

    def _ring_for(self, setup: Setup, station_id: int | None) -> None:
        stations = None if station_id is None else frozenset((station_id,))
        self.sounder.choose(station_ids=stations, limits=setup.settings.limits)

    def _refresh_beside(self) -> None:
        """What is beside the tickets may come a moment later than they."""
        later: list[Order] = []
        if self._shelf is not None:
            self.to_make.show_rows(self._shelf.to_make())
            self._arrangement.show_pieces(self.to_make.pieces)
            later = self._shelf.later()
            zone = self._shelf.setup.settings.shop.zone
            self.header.show_later(later_words(later, zone))
        self._background.read(
            "read what can be undone", self._desk.undoable, if_alive(self, self.undo.show_acts)
        )
        self.drawers.refresh(later)

    def _on_tick(self) -> None:
        now = self._clock.now()
        self.header.show_time(now)
        self.undo.tick(now)
        self._let_in()
        if self.isVisible():
            self.columns.tick()
        self.sounder.tick()

    def _let_in(self) -> None:
        """Time alone lets a later order enter."""
        entered = self._shelf.let_in() if self._shelf is not None else set()
        if entered:
            self.columns.change(entered)
            self._settle.start()

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

    def _act(self, content: Content) -> None:
        order, act = content.order, content.button.act if content.button is not None else None
        if act in (Act.HAND_OVER, Act.SERVE_NOW) and asks_payment(order):
            self.questions.ask_payment(order, lambda payment: self._do(content, payment))
            self.columns.put_down(order.id)
        else:
            self._do(content)

    def _do(self, content: Content, payment: str | None = None) -> None:
        if self.columns.take_in_hand(content.order.id):
            self.acts.do(content, payment)

    def _hand_over_part(self, order: Order, line_ids: list[int]) -> None:
        """With its last dish an order is handed over, and may have to be paid."""
        staying = {line.id for line in order.open_lines if line.handed_over_at is None}
        if staying <= set(line_ids) and order.kind is Kind.READY and asks_payment(order):
            self.questions.ask_payment(
                order, lambda payment: self.acts.hand_over_lines(order.id, line_ids, payment)
            )
        else:
            self.acts.hand_over_lines(order.id, line_ids, None)

    def _show_bumped(self, order: Order) -> None:
        """At once, from what the act left in the store; the guest's text follows by the bridge."""
        known = self._shelf.card(order.id) if self._shelf is not None else None
        if known is None:
            return
        self._on_cards({order.id: Card(order, known.note)})
        if known.order.kind is Kind.READY and PHASES[order.kind] in KITCHEN:
            self.questions.ask_correction(order)

    def _choose_station(self, station_id: int | None) -> None:
        if self._shelf is not None and station_id != self._shelf.station_id:
            self._shelf.choose(self._shelf.setup, station_id)
            self.columns.show_shelf(self._shelf)
            self._refresh_beside()
            self._ring_for(self._shelf.setup, station_id)

    def show_details(self, order_id: int) -> None:
        """Open the side sheet of an order."""
        self.drawers.show_details(order_id)

    def toggle_bring_back(self) -> None:
        """Open or close the last twenty."""
        self.drawers.toggle_bring_back()
        self._show_open_drawer()

    def toggle_later(self) -> None:
        """Open or close what waits for later."""
        self.drawers.toggle_later(self._shelf.later() if self._shelf is not None else [])
        self._show_open_drawer()

    def _show_open_drawer(self) -> None:
        """A button in the header stays down while its drawer is open."""
        self.header.bring_back.setChecked(self.drawers.is_open("bring_back"))
        self.header.later.setChecked(self.drawers.is_open("later"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key == Qt.Key.Key_U:
            self.undo.undo_last()
        elif key == Qt.Key.Key_B:
            self.toggle_bring_back()
        elif key == Qt.Key.Key_L:
            self.toggle_later()
        elif key == Qt.Key.Key_Escape:
            self.drawers.shut()
        elif key in _KEYS_OF_STATIONS:
            self.header.choose_place(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.columns.focus_first()
        else:
            event.ignore()


def _for_cards(setup: Setup) -> tuple[object, ...]:
    """What cards are worded and sized from."""
    settings = setup.settings
    return (setup.menu, settings.shop, settings.limits, setup.texts_on, setup.staff)
