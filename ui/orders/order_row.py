"""One order in the list: number, guest, state, time and money, in one line that never moves."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from pos_app.config import Settings
from pos_app.desk.reading import Card
from pos_app.domain.workflow import has_ended
from ui.order_words import (
    day_and_time,
    fulfilment_word,
    kind_word,
    money_of,
    phone_words,
)
from ui.theme import tokens
from ui.words import _

HEIGHT_PX = 64


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
        self._due = _("TO PAY") if order.due and self._open else ""
        self.setAccessibleName(f"{self._number}, {self._guest}, {self._state}, {self._money}")

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
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        self._write(painter, inside, self._number, 22, QFont.Weight.Bold, "text", left)
        middle = inside.adjusted(92, 0, -150, 0)
        top, low = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        self._write(painter, middle, self._guest, 15, QFont.Weight.DemiBold, "text", left, top)
        self._write(painter, middle, self._below, 13, QFont.Weight.Normal, "second", left, low)
        ink = "done" if self._open else "second"
        self._write(painter, inside, self._state, 14, QFont.Weight.DemiBold, ink, right, top)
        money = " ".join(part for part in (self._due, self._money) if part)
        self._write(
            painter,
            inside,
            money,
            13,
            QFont.Weight.DemiBold if self._due else QFont.Weight.Normal,
            "to_pay_text" if self._due else "second",
            right,
            low,
        )
        painter.end()

    def _write(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        size_px: int,
        weight: QFont.Weight,
        ink: str,
        *align: Qt.AlignmentFlag,
    ) -> None:
        font = QFont(self.font())
        font.setPixelSize(size_px)
        font.setWeight(weight)
        painter.setFont(font)
        painter.setPen(tokens("light").colour(ink))
        flags = Qt.AlignmentFlag.AlignVCenter
        if len(align) == 2:
            flags = align[1]
        # The full text is in the details beside the list and in the row's accessible name.
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, flags | align[0], shown)
