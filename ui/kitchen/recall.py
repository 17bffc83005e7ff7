"""What this station has called ready, to bring one back minutes after a wrong tap."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pos_app.clock import local
from pos_app.domain.order import Order
from pos_app.language import pick
from ui.board.alarms import tickets_of
from ui.board.drawer import Drawer
from ui.kitchen import words
from ui.theme import Tokens, measure
from ui.words import _, language

_MOST_DISHES = 3


class Recall(Drawer):
    """`bring_back_wanted` carries an order's id."""

    bring_back_wanted = Signal(int)

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(tokens, parent)
        self.setObjectName("recall_drawer")

    def show_orders(self, orders: list[Order], station_id: int | None, zone: str) -> None:
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 10, 0)
        box.setSpacing(10)
        if not orders:
            empty = QLabel(_("What is called ready here can be brought back from here."))
            empty.setWordWrap(True)
            empty.setProperty("kind", "quiet")
            box.addWidget(empty)
        for order in orders:
            box.addLayout(self._row(order, station_id, zone))
        box.addStretch(1)
        self.set_body(_("Bring back"), body)

    def _row(self, order: Order, station_id: int | None, zone: str) -> QHBoxLayout:
        number = QLabel(order.number)
        number.setProperty("kind", "heading")
        about = QLabel(_about(order, station_id, zone))
        about.setProperty("kind", "quiet")
        about.setWordWrap(True)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(number)
        texts.addWidget(about)
        button = QPushButton(_("Bring back"))
        button.setObjectName(f"recall:{order.number}")
        button.setProperty("kind", "raised")
        button.setMinimumHeight(measure().board_button_px)
        button.setAccessibleName(_("Bring {number} back").format(number=order.number))
        button.clicked.connect(lambda _on=False: self.bring_back_wanted.emit(order.id))
        row = QHBoxLayout()
        row.addLayout(texts, 1)
        row.addWidget(button)
        return row


def _about(order: Order, station_id: int | None, zone: str) -> str:
    tickets = tickets_of(order, station_id)
    stations = {ticket.station_id for ticket in tickets}
    since = f"{local(max(ticket.entered_at for ticket in tickets), zone):%H:%M}"
    dishes = [
        f"{line.quantity} {pick(line.kitchen, language())}"
        for line in order.open_lines
        if line.station_id in stations
    ]
    listed = ", ".join(dishes[:_MOST_DISHES])
    if len(dishes) > _MOST_DISHES:
        listed += f" +{len(dishes) - _MOST_DISHES}"
    return f"{since} · {words.place(order)} · {listed}"
