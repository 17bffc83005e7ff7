"""Painted rows of long lists: hundreds of them are scrolled through."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from ui.theme import Tokens, tokens
from ui.widgets.ink import Words, write, write_ends

HEIGHT_PX = 64
TITLE_PX, STATE_PX, BELOW_PX = 15, 14, 13
BOLD, PLAIN = QFont.Weight.DemiBold, QFont.Weight.Normal
_NUMBER_PX = 92


class PaintedRow(QAbstractButton):
    """A touchable box; whoever inherits writes into it, and says aloud what is written."""

    def __init__(self, name: str, *spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFixedHeight(HEIGHT_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(", ".join(part for part in spoken if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = tokens("light")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(theme.colour("next_act" if self.hasFocus() else "line"))
        is_down = self.isDown() or self.isChecked()
        painter.setBrush(theme.colour("raised" if is_down else "surface"))
        painter.drawRoundedRect(box, 12, 12)
        self.write_into(painter, theme, box.adjusted(16, 9, -16, -9))
        painter.end()

    def write_into(self, painter: QPainter, theme: Tokens, inside: QRectF) -> None:
        """Write what the row says."""
        raise NotImplementedError


class ListedRow(PaintedRow):
    """Of orders or texts: a number, two lines beside it, each with its two ends.

    Checked while its details are shown. `above` and `below` are (left, right).
    """

    def __init__(
        self, name: str, number: str, above: tuple[Words, Words], below: tuple[Words, Words]
    ) -> None:
        super().__init__(name, number, *(words.text for words in (*above, *below)))
        self.setCheckable(True)
        self._number = Words(number, 22, QFont.Weight.Bold, "text")
        self._above, self._below = above, below

    def sizeHint(self) -> QSize:
        return QSize(420, HEIGHT_PX)

    def write_into(self, painter: QPainter, theme: Tokens, inside: QRectF) -> None:
        centre = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        write(painter, theme, inside, self._number, centre)
        beside = inside.adjusted(_NUMBER_PX, 0, 0, 0)
        write_ends(painter, theme, beside, *self._above, Qt.AlignmentFlag.AlignTop)
        write_ends(painter, theme, beside, *self._below, Qt.AlignmentFlag.AlignBottom)
