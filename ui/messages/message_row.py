"""One text in the list: whose, what about, by which way, what became of it, and when."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from pos_app.config import Settings
from pos_app.desk.messages_desk import ListedMessage
from ui import message_words
from ui.order_words import day_and_time
from ui.theme import tokens
from ui.widgets.ink import Words, write, write_ends

HEIGHT_PX = 64
_NUMBER_PX = 92
_INKS = {"failed": "late_text", "uncertain": "late_text", "expired": "late_text"}


class MessageRow(QAbstractButton):
    """Named `message:7` by its id. Checked while its details are shown."""

    def __init__(self, message: ListedMessage, settings: Settings) -> None:
        super().__init__()
        self.message_id = message.id
        self.setObjectName(f"message:{message.id}")
        self.setCheckable(True)
        self.setFixedHeight(HEIGHT_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._number = message.number
        self._title = message_words.title(message)
        self._state = message_words.state_word(message.state)
        self._ink = _INKS.get(message.state, "done" if message.state == "delivered" else "second")
        below = (message.guest, message_words.reason(message))
        self._below = " · ".join(part for part in below if part)
        self._when = day_and_time(message.sent_at or message.not_before, settings)
        spoken = (self._number, self._title, self._state, self._below, self._when)
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
        number = Words(self._number, 22, QFont.Weight.Bold, "text")
        centre = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        write(painter, theme, inside, number, centre)
        beside = inside.adjusted(_NUMBER_PX, 0, 0, 0)
        title, state = Words(self._title, 15, bold, "text"), Words(self._state, 14, bold, self._ink)
        write_ends(painter, theme, beside, title, state, Qt.AlignmentFlag.AlignTop)
        below, when = (
            Words(self._below, 13, plain, "second"),
            Words(self._when, 13, plain, "second"),
        )
        write_ends(painter, theme, beside, below, when, Qt.AlignmentFlag.AlignBottom)
        painter.end()
