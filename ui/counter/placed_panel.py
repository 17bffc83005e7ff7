"""What stands in the cart's place once an order is placed: its number, its QR, its way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from pos_app.clock import SECOND_MS, Clock, Instant
from pos_app.desk.setup import Setup
from pos_app.domain import start_words
from pos_app.domain.order import Order, is_counter_made
from pos_app.domain.workflow import has_ended
from ui.counter.placed_acts import PlacedOrder
from ui.counter.wording import clock_time
from ui.order_words import fulfilment_word, money_of, pay_words
from ui.widgets.parts import button, column, label, row
from ui.widgets.qr_code import QrCode
from ui.words import _

QR_PX, LEAST_QR_PX = 260, 140
TICK_MS = 250


class PlacedPanel(QWidget):
    """Any touch on a dish goes on to the next order; so does its own button."""

    undo_wanted = Signal()
    slip_wanted = Signal()
    next_wanted = Signal()
    page_wanted = Signal()
    served_wanted = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("placed")
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self._clock = clock
        self._until: Instant | None = None
        self._number = label("", "number", "placed_number")
        self._about = label("", "heading", "placed_about", wrap=True)
        self._pay = label("", "to_pay", "placed_pay")
        self._qr = QrCode(QR_PX, least_px=LEAST_QR_PX)
        self._qr.setObjectName("placed_qr")
        self._caption = label("", "second", "placed_page", wrap=True)
        self._page = button(_("Settings…"), "placed_settings", self.page_wanted.emit, role="chip")
        self._undo = button("", "placed_undo", self.undo_wanted.emit)
        self._slip = button(_("Slip"), "placed_slip", self.slip_wanted.emit)
        self._served = button(_("Served now"), "placed_served", self.served_wanted.emit, role="act")
        self._next = button(_("Next order"), "next_order", self.next_wanted.emit, role="place")
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._lay_out()

    def _lay_out(self) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        layout = column(self, margins=(20, 16, 20, 16), gap=8)
        layout.addWidget(label(_("Placed"), "title"))
        for made in (self._number, self._about, self._caption):
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        layout.addWidget(self._number)
        layout.addWidget(self._about)
        layout.addWidget(self._pay, 0, middle)
        layout.addWidget(self._qr, 0, middle)
        layout.addWidget(self._caption)
        layout.addWidget(self._page, 0, middle)
        layout.addStretch(2)
        line = row()
        line.addWidget(self._undo, 1)
        line.addWidget(self._slip, 1)
        layout.addWidget(self._served)
        layout.addLayout(line)
        layout.addWidget(self._next)

    def show_order(self, placed: PlacedOrder, setup: Setup) -> None:
        order = placed.order
        self._number.setText(order.number)
        self._about.setText(
            _("{how} · about {time}").format(
                how=fulfilment_word(order), time=clock_time(order.promised_at, setup.settings)
            )
        )
        self._show_money(order)
        self._served.setVisible(is_counter_made(order) and not has_ended(order.kind))
        url = placed.tracking_url
        self._qr.setVisible(url is not None)
        self._page.setVisible(url is None)
        if url is not None:
            self._qr.show_content(url)
            self._qr.setAccessibleName(url)
            opens_chat = start_words.is_link(url)
            self._caption.setText(
                _("Follow your order in Telegram: scan")
                if opens_chat
                else _("Where is my order? Scan")
            )
        else:
            self._caption.setText(
                _("No QR: nobody can open a tracking page yet. Choose who in Settings.")
            )
        self._until = placed.undo_until
        self._tick()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _show_money(self, order: Order) -> None:
        role = "to_pay" if order.due else "paid"
        self._pay.setProperty("role", role)
        self._pay.style().polish(self._pay)
        text = pay_words(order)
        self._pay.setText(text if order.due else f"{text} · {money_of(order, order.total)}")

    def _tick(self) -> None:
        left_ms = 0 if self._until is None else self._until - self._clock.now()
        left_s = -(-left_ms // SECOND_MS)
        # The button keeps its place when its time is over, so that nothing moves under a finger.
        self._undo.setEnabled(left_s > 0)
        self._undo.setText(
            _("Undo · {seconds} s").format(seconds=left_s) if left_s > 0 else _("Undo is over")
        )
        if left_s <= 0:
            self._timer.stop()
