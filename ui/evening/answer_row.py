"""One open order with the answers that a person gives by one tap."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QSizePolicy

from pos_app.config import Settings
from pos_app.desk.reading import Card
from pos_app.language import pick
from ui.order_words import fulfilment_word, kind_word, pay_words, time_word
from ui.style import role
from ui.widgets.parts import TouchButton, button, column, label, row
from ui.words import language

NUMBER_PX = 84
ANSWER_PX = 150


class AnswerRow(QFrame):
    """Named `answer:A43`; a button per `(answer, words)` is `answer:A43:gone`."""

    def __init__(
        self,
        card: Card,
        settings: Settings,
        answers: list[tuple[str, str]],
        answered: Callable[[list[int], str], object],
    ) -> None:
        super().__init__()
        order = card.order
        self.card = card
        self.setObjectName(f"answer:{order.number}")
        role(self, "card")
        line = row(self, margins=(14, 8, 8, 8), gap=10)
        self.tick = QCheckBox(order.number)
        self.tick.setObjectName(f"tick:{order.number}")
        self.tick.setMinimumWidth(NUMBER_PX)
        self.tick.setStyleSheet("font-size: 20px; font-weight: 700;")
        line.addWidget(self.tick)
        words = column(gap=0)
        who = order.customer.name or fulfilment_word(order)
        parts = (who, kind_word(order.kind), time_word(order, settings))
        words.addWidget(label(" · ".join(parts), "strong", wrap=True))
        dishes = ", ".join(
            f"{one.quantity} {pick(one.names, language())}" for one in order.open_lines
        )
        words.addWidget(label(dishes, "second", wrap=True))
        line.addLayout(words, 1)
        money = label(pay_words(order), "to_pay" if order.due else "paid")
        line.addWidget(money, 0, Qt.AlignmentFlag.AlignVCenter)
        for answer, text in answers:
            name = f"answer:{order.number}:{answer}"
            line.addWidget(answer_button(text, name, partial(answered, [order.id], answer)))


def answer_button(text: str, name: str, act: Callable[[], object]) -> TouchButton:
    """The same answers stand below each other, whatever language they are in."""
    made = button(text, name, act)
    made.setMinimumWidth(ANSWER_PX)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made
