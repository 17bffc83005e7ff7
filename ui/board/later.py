"""Orders for later: they wait here until the kitchen has to begin, or somebody fires them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pos_app.clock import local
from pos_app.desk.setup import Setup
from pos_app.domain.order import Order
from pos_app.language import pick
from ui.board import wording
from ui.board.drawer import Drawer
from ui.theme import Tokens
from ui.words import _, language


class Later(Drawer):
    """`fire_wanted` carries an order's id."""

    fire_wanted = Signal(int)

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(tokens, parent)
        self.setObjectName("later_drawer")

    def show_orders(self, orders: list[Order], setup: Setup) -> None:
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 10, 0)
        box.setSpacing(10)
        if not orders:
            box.addWidget(_words(_("Nothing waits for later."), "quiet"))
        for order in orders:
            box.addLayout(self._row(order, setup))
            rule = QFrame()
            rule.setProperty("kind", "rule")
            box.addWidget(rule)
        box.addStretch(1)
        self.set_body(_("Later"), body)

    def _row(self, order: Order, setup: Setup) -> QHBoxLayout:
        zone = setup.settings.shop.zone
        title = " · ".join(part for part in (order.number, order.customer.name) if part)
        enters = _("enters at {time}").format(time=f"{local(order.enters_at, zone):%H:%M}")
        dishes = ", ".join(
            f"{line.quantity} {pick(line.names, language())}" for line in order.open_lines
        )
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(_words(title, "heading"))
        words.addWidget(_words(f"{wording.under(order, setup)} · {enters}", "strong"))
        words.addWidget(_words(dishes, "quiet"))
        button = QPushButton(_("Fire now"))
        button.setObjectName(f"fire:{order.number}")
        button.setProperty("kind", "raised")
        button.setProperty("large", True)
        button.setAccessibleName(_("Fire {number} now").format(number=order.number))
        button.clicked.connect(lambda _on=False: self.fire_wanted.emit(order.id))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addLayout(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row


def _words(text: str, kind: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("kind", kind)
    label.setWordWrap(True)
    return label
