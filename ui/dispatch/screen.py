"""Who carries what: choose deliveries, tap the courier; he leaves, he is back, he hands in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS
from pos_app.desk.dispatch_desk import CourierRun, Dispatch
from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.domain.workflow import Fulfilment, Kind
from pos_app.errors import OrderbellError
from ui.background import Background
from ui.dispatch.free_list import FreeList
from ui.dispatch.hand_in_sheet import HandInSheet
from ui.dispatch.run_card import Act, Next, RunCard
from ui.notices import Notices
from ui.style import role, sheet
from ui.widgets.parts import column, empty, label, row, scroll
from ui.words import _

GATHER_MS = 60
AGAIN_MS = 30_000
_CARD_PX = 520


class DispatchScreen(QWidget):
    """Free deliveries on the left, one card per courier on the right."""

    def __init__(self, shop: Shop, setup: Setup, background: Background, notices: Notices) -> None:
        super().__init__()
        self.setObjectName("dispatch")
        role(self, "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setStyleSheet(sheet("light"))
        self._desk, self._clock, self._setup = shop.desk, shop.clock, setup
        self._background, self._notices = background, notices
        self._cards: list[RunCard] = []
        self._shown: tuple[object, ...] | None = None
        self.free = FreeList(
            self._show_choice,
            lambda order_id: self._act(
                "try a delivery again", lambda: self._desk.handover.try_again(order_id)
            ),
            lambda order_id: self._act(
                "a delivery came back",
                lambda: self._desk.handover.end(order_id, Kind.RETURNED),
            ),
            self._release,
        )
        self._lay_out()
        self._hand_in = HandInSheet(
            self,
            lambda courier_id, amount: self._act(
                "hand in money", lambda: self._desk.dispatch.hand_in(courier_id, amount)
            ),
        )
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._gather.timeout.connect(self.read)
        # Promises come nearer although nothing happens.
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._read_if_seen)
        self._again.start()

    def _lay_out(self) -> None:
        layout = row(self, margins=(16, 16, 16, 16), gap=16)
        layout.addWidget(self.free, 4)
        right = QWidget()
        role(right, "ground")
        inside = column(right, gap=12)
        self._nobody = label(
            _("No couriers yet. Add them in Settings, Staff, with the role Courier."),
            "second",
            "dispatch_nobody",
            wrap=True,
        )
        inside.addWidget(self._nobody)
        self._runs = row(gap=12)
        self._columns = [column(gap=12), column(gap=12)]
        for one in self._columns:
            self._runs.addLayout(one, 1)
        inside.addLayout(self._runs)
        inside.addStretch(1)
        self._right = scroll(right)
        layout.addWidget(self._right, 6)

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def show_setup(self, setup: Setup) -> None:
        self._setup = setup
        self._read_if_seen()

    def show_cards(self, cards: dict[int, Card]) -> None:
        """Orders changed: read again if a delivery is among them."""
        deliveries = (card.order.fulfilment is Fulfilment.DELIVERY for card in cards.values())
        if self.isVisible() and any(deliveries):
            self._gather.start()

    def read(self) -> None:
        self._background.read("read dispatch", self._desk.dispatch.overview, self._show)

    def _read_if_seen(self) -> None:
        if self.isVisible():
            self._gather.start()

    def _show(self, dispatch: Dispatch) -> None:
        now, settings = self._clock.now(), self._setup.settings
        shown = (dispatch, settings, now // MINUTE_MS)
        if shown == self._shown:
            # Rows that stand still cannot slip away under a finger.
            self._show_choice()
            return
        self._shown = shown
        marked = {order_id for card in self._cards for order_id in card.marked}
        self.free.show_dispatch(dispatch, settings, now)
        for one in self._columns:
            empty(one)
        self._cards = []
        for run in dispatch.runs:
            card = RunCard(run, settings, now, marked)
            card.wanted.connect(self._do)
            card.release_wanted.connect(self._release)
            card.hand_in_wanted.connect(self._ask_amount)
            self._cards.append(card)
        self._stand_in_columns()
        self._nobody.setVisible(not dispatch.runs)
        self._show_choice()

    def _stand_in_columns(self) -> None:
        """As many cards beside each other as can be read."""
        count = max(1, min(len(self._columns), self._right.viewport().width() // _CARD_PX))
        for place, one in enumerate(self._columns):
            while one.count():
                one.takeAt(0)
            self._runs.setStretchFactor(one, 1 if place < count else 0)
        for place, card in enumerate(self._cards):
            self._columns[place % count].addWidget(card)
        for one in self._columns[:count]:
            one.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand_in_columns()

    def _show_choice(self) -> None:
        chosen = self.free.chosen
        for card in self._cards:
            card.show_choice(chosen)

    # What people do

    def _do(self, courier_id: str, wanted: Next) -> None:
        dispatch, ids = self._desk.dispatch, list(wanted.order_ids)
        if wanted.act is Act.TAKES:
            self._act("give to a courier", lambda: dispatch.assign(ids, courier_id))
        elif wanted.act is Act.LEAVES:
            self._act("a courier leaves", lambda: dispatch.leaves(courier_id, ids))
        else:
            failed = list(wanted.failed_ids)
            self._act("a courier is back", lambda: dispatch.is_back(courier_id, ids, failed))

    def _release(self, order_id: int) -> None:
        self._act("release a delivery", lambda: self._desk.dispatch.release(order_id))

    def _ask_amount(self, run: CourierRun) -> None:
        self._hand_in.open_for(run, self._setup.settings.shop.currency)

    def _act(self, name: str, act: Callable[[], object]) -> None:
        self.free.clear_choice()
        self._background.act(name, act, lambda _done: self.read(), self._refused)

    def _refused(self, error: OrderbellError) -> None:
        self._notices.tell_error(error)
        # What led to the refusal has happened elsewhere: it must be seen.
        self.read()
