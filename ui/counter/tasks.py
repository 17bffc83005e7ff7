"""What others wait for the counter to do: questions of the kitchen, guests who want to cancel."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pos_app.config import Settings
from pos_app.desk.reading import Card
from pos_app.domain.order import Order
from pos_app.domain.workflow import has_ended
from ui.order_words import fulfilment_word, kind_word, phone_words
from ui.style import role
from ui.widgets.parts import button, column, empty, label, row, scroll
from ui.words import _

MOST_HIGH_PX = 260


class Tasks(QWidget):
    """Nothing at all while there is nothing to do. Every signal carries an order's id first."""

    answered = Signal(int, str)
    cancel_wanted = Signal(int)
    cooking_on = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._open: dict[int, Order] = {}
        self._shown: list[Order] = []
        content = QWidget()
        self._rows = column(content, gap=8)
        self._area = scroll(content)
        layout = column(self, margins=(0, 0, 0, 12))
        layout.addWidget(self._area)
        self.hide()

    def change(self, cards: dict[int, Card], settings: Settings) -> None:
        """Orders changed: those with something to do come, the others go."""
        for order_id, card in cards.items():
            if _asks(card.order):
                self._open[order_id] = card.order
            else:
                self._open.pop(order_id, None)
        wanted = sorted(self._open.values(), key=lambda o: (o.asked_at or 0, o.id))
        if [_key(order) for order in wanted] != [_key(order) for order in self._shown]:
            self._show(wanted, settings)

    def _show(self, orders: list[Order], settings: Settings) -> None:
        self._shown = orders
        empty(self._rows)
        for order in orders:
            self._rows.addWidget(self._task(order, settings))
        self._rows.addStretch(1)
        self.setVisible(bool(orders))
        high = self._rows.totalSizeHint().height() + 4
        self._area.setFixedHeight(min(high, MOST_HIGH_PX))

    def _task(self, order: Order, settings: Settings) -> QFrame:
        made = QFrame()
        made.setObjectName(f"task:{order.number}")
        role(made, "card")
        line = row(made, margins=(14, 8, 10, 8), gap=10)
        words = column(gap=0)
        who = " · ".join(
            part
            for part in (
                order.number,
                order.customer.name or fulfilment_word(order),
                phone_words(order.customer.phone, settings),
                kind_word(order.kind),
            )
            if part
        )
        words.addWidget(label(who, "strong", wrap=True))
        line.addLayout(words, 1)
        if order.asked_at is not None:
            asked = _("The kitchen asks: {question}").format(question=order.question)
            words.addWidget(label(asked, "second", f"question:{order.number}", wrap=True))
            reply = QLineEdit()
            reply.setObjectName(f"reply:{order.number}")
            reply.setPlaceholderText(_("Answer for the kitchen"))
            reply.setAccessibleName(_("Answer for the kitchen"))
            line.addWidget(reply, 1)
            send = partial(self._answer, order.id, reply)
            reply.returnPressed.connect(send)
            line.addWidget(button(_("Answered"), f"answered:{order.number}", send, role="act"))
            return made
        words.addWidget(label(_("The guest asks to cancel."), "second", wrap=True))
        line.addWidget(
            button(
                _("Cancel it"),
                f"cancel_asked:{order.number}",
                partial(self.cancel_wanted.emit, order.id),
                role="danger",
            )
        )
        line.addWidget(
            button(
                _("Already cooking"),
                f"cooking_on:{order.number}",
                partial(self.cooking_on.emit, order.id),
            )
        )
        return made

    def _answer(self, order_id: int, reply: QLineEdit) -> None:
        self.answered.emit(order_id, reply.text().strip())


def _asks(order: Order) -> bool:
    if order.asked_at is not None:
        return True
    return order.cancel_asked_at is not None and not has_ended(order.kind)


def _key(order: Order) -> tuple[object, ...]:
    return (order.id, order.asked_at, order.question, order.cancel_asked_at, order.kind)
