"""One order in the list: number, guest, state, time and money, in one line that never moves."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from pos_app.config import Settings
from pos_app.desk.reading import Card
from pos_app.domain.workflow import has_ended
from ui.order_words import (
    day_and_time,
    fulfilment_word,
    is_owed,
    kind_word,
    money_of,
    phone_words,
)
from ui.theme import tokens
from ui.widgets.ink import Words, write, write_ends
from ui.words import _

HEIGHT_PX = 64
_NUMBER_PX = 92


class OrderRow(QAbstractButton):
    """Named `order:A43`. Checked while its details are shown."""

    def __init__(self, card: Card, settings: Settings) -> None:
        super().__init__()
        order = card.order
        self.order_id = order.id
        self.setObjectName(f"order:{order.number}")
        self.setCheckable(True)
        self.setFixedHeight(HEIGHT_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._number = order.number
        self._guest = " · ".join(
            part
            for part in (order.customer.name, phone_words(order.customer.phone, settings))
            if part
        ) or fulfilment_word(order)
        self._below = f"{fulfilment_word(order)} · {day_and_time(order.placed_at, settings)}"
        self._state = kind_word(order.kind)
        self._open = not has_ended(order.kind)
        self._money = money_of(order, order.total)
        self._due = _("TO PAY") if is_owed(order) else ""
        spoken = (self._number, self._guest, self._state, self._money)
        self.setAccessibleName(", ".join(part for part in spoken if part))

    def sizeHint(self) -> QSize:
        return QSize(420, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = tokens("light")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(theme.colour("next_act" if self.hasFocus() else "line"))
        down = self.isDown() or self.isChecked()
        painter.setBrush(theme.colour("raised" if down else "surface"))
        painter.drawRoundedRect(box, 12, 12)
        inside = box.adjusted(16, 9, -16, -9)
        bold, plain = QFont.Weight.DemiBold, QFont.Weight.Normal
        centre = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        number = Words(self._number, 22, QFont.Weight.Bold, "text")
        write(painter, theme, inside, number, centre)
        beside = inside.adjusted(_NUMBER_PX, 0, 0, 0)
        guest = Words(self._guest, 15, bold, "text")
        state = Words(self._state, 14, bold, "done" if self._open else "second")
        write_ends(painter, theme, beside, guest, state, Qt.AlignmentFlag.AlignTop)
        money = " ".join(part for part in (self._due, self._money) if part)
        weight, ink = (bold, "to_pay_text") if self._due else (plain, "second")
        below = Words(self._below, 13, plain, "second")
        pay = Words(money, 13, weight, ink)
        write_ends(painter, theme, beside, below, pay, Qt.AlignmentFlag.AlignBottom)
        painter.end()
