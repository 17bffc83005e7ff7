"""Who the guest is, where he sits or lives: the part of the cart about people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pos_app.desk.consenting import wording
from pos_app.domain.consent import ConsentKind
from pos_app.domain.workflow import Fulfilment
from ui.counter.basket import Basket
from ui.style import mark
from ui.widgets.parts import button, column, label, row
from ui.widgets.tick import Tick
from ui.words import _, language

Change = Callable[[Callable[[Basket], Basket]], None]


class WherePart(QWidget):
    """Table for dine-in, street for a delivery, nothing for a pickup."""

    address_wanted = Signal()

    def __init__(self, change: Change) -> None:
        super().__init__()
        self.table = QLineEdit()
        self.table.setObjectName("table")
        self.table.setPlaceholderText(_("Table"))
        self.table.textEdited.connect(lambda text: change(lambda b: replace(b, table=text)))
        self.street = QLineEdit()
        self.street.setObjectName("street")
        self.street.setPlaceholderText(_("Street and house"))
        self.street.textEdited.connect(
            lambda text: change(lambda b: replace(b, address=replace(b.address, street=text)))
        )
        self._more = button(_("More…"), "address", self.address_wanted.emit, role="chip")
        self._error = label("", "error", "street_error", wrap=True)
        self._rest = label("", "small", "address_shown", wrap=True)
        layout = column(self, margins=(20, 6, 20, 0), gap=2)
        line = row()
        line.addWidget(self.table, 1)
        line.addWidget(self.street, 1)
        line.addWidget(self._more)
        layout.addLayout(line)
        layout.addWidget(self._rest)
        layout.addWidget(self._error)

    def show_basket(self, basket: Basket, street_error: str) -> None:
        delivery = basket.fulfilment is Fulfilment.DELIVERY
        self.setVisible(basket.fulfilment is not Fulfilment.PICKUP)
        self.table.setVisible(basket.fulfilment is Fulfilment.DINE_IN)
        self.street.setVisible(delivery)
        self._more.setVisible(delivery)
        _follow(self.table, basket.table)
        _follow(self.street, basket.address.street)
        rest = address_rest(basket)
        self._rest.setText(rest)
        self._rest.setVisible(delivery and bool(rest))
        self._error.setText(street_error)
        self._error.setVisible(delivery and bool(street_error))
        mark(self.street, "wrong", delivery and bool(street_error))


class GuestPart(QFrame):
    """Phone and name; a known guest is recalled; the tick for texts once there is a number."""

    phone_wanted = Signal()
    phone_left = Signal()
    again_wanted = Signal()

    def __init__(self, change: Change) -> None:
        super().__init__()
        self.setProperty("role", "soft")
        self.phone = QLineEdit()
        self.phone.setObjectName("phone")
        self.phone.setPlaceholderText(_("Phone"))
        self.phone.textChanged.connect(lambda text: change(lambda b: _phoned(b, text)))
        self.phone.editingFinished.connect(self.phone_left)
        self.phone.installEventFilter(self)
        self.name = QLineEdit()
        self.name.setObjectName("guest_name")
        self.name.setPlaceholderText(_("Name"))
        self.name.textEdited.connect(lambda text: change(lambda b: replace(b, name=text)))
        self._error = label("", "error", "phone_error", wrap=True)
        self._known = label("", "small", "known_guest", wrap=True)
        self.texts = Tick(wording(ConsentKind.ORDER_TEXTS, language()), "order_texts")
        self.texts.toggled.connect(lambda on: change(lambda b: replace(b, order_texts=on)))
        self._again = button(_("Same again"), "same_again", self.again_wanted.emit)
        layout = column(self, margins=(8, 8, 8, 6), gap=2)
        fields = row(gap=8)
        fields.addWidget(self.phone, 1)
        fields.addWidget(self.name, 1)
        layout.addLayout(fields)
        layout.addWidget(self._error)
        layout.addWidget(self._known)
        foot = row()
        foot.addWidget(self.texts, 1)
        foot.addWidget(self._again)
        layout.addLayout(foot)

    def show_basket(self, basket: Basket, known: str, error: str, *, has_last: bool) -> None:
        """`known`: what is known about the guest; `error`: what is wrong with the number."""
        _follow(self.phone, basket.phone)
        _follow(self.name, basket.name)
        self._error.setText(error)
        self._error.setVisible(bool(error))
        mark(self.phone, "wrong", bool(error))
        self._known.setText(known)
        self._known.setVisible(bool(known))
        self._again.setVisible(has_last)
        self.texts.setVisible(bool(basket.phone))
        if self.texts.isChecked() != basket.order_texts:
            self.texts.setChecked(basket.order_texts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.phone and event.type() == QEvent.Type.MouseButtonPress:
            self.phone_wanted.emit()
        return super().eventFilter(watched, event)


def _phoned(basket: Basket, phone: str) -> Basket:
    # What was ticked for one number is no consent for another.
    ticked = basket.order_texts and bool(phone)
    return replace(basket, phone=phone, order_texts=ticked, offers=None)


def address_rest(basket: Basket) -> str:
    """Entrance, floor, code and note in one line."""
    address = basket.address
    parts = [
        _("entrance {text}").format(text=address.entrance) if address.entrance else "",
        _("floor {text}").format(text=address.floor) if address.floor else "",
        _("code {text}").format(text=address.door_code) if address.door_code else "",
        address.note,
    ]
    return " · ".join(part for part in parts if part)


def _follow(field: QLineEdit, text: str) -> None:
    if field.text() != text:
        field.setText(text)
