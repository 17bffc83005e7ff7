"""One row of the list beside the numbers: an order and what is to be said of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from ui.reports.figure import Behind
from ui.theme import measure, tokens

TOP_PX, BELOW_PX, EDGE_PX = 17, 14, 12
ROW_PX = 24
_WRAP = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)


class BehindRow(QAbstractButton):
    """Named `behind:A43`; as high as its words need. Without an order it cannot be tapped."""

    def __init__(self, behind: Behind) -> None:
        super().__init__()
        self.behind = behind
        self.setObjectName(f"behind:{behind.title}")
        parts = (behind.title, behind.name, behind.figure, behind.below)
        self.setAccessibleName(", ".join(part for part in parts if part))
        if behind.order_id is not None:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        else:
            self.setEnabled(False)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(300, self.heightForWidth(300))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, measure().target_px)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        below = self._below_height(width)
        return max(measure().target_px, 2 * EDGE_PX + ROW_PX + (4 + below if below else 0))

    def _below_height(self, width: int) -> int:
        if not self.behind.below:
            return 0
        room = QRectF(0, 0, max(1, width - 2 * EDGE_PX), 10_000)
        metrics = QFontMetricsF(self._font(BELOW_PX, QFont.Weight.Normal))
        return round(metrics.boundingRect(room, _WRAP, self.behind.below).height())

    def _font(self, size_px: int, weight: QFont.Weight) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size_px)
        font.setWeight(weight)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = tokens("light")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        leads = self.behind.order_id is not None
        if self.isDown() or self.hasFocus() or not leads:
            painter.setPen(theme.colour("next_act") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("raised" if self.isDown() or not leads else "surface"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        inside = QRectF(self.rect()).adjusted(EDGE_PX, EDGE_PX, -EDGE_PX, -EDGE_PX)
        top = QRectF(inside.left(), inside.top(), inside.width(), ROW_PX)
        self._draw_top(painter, top)
        painter.setFont(self._font(BELOW_PX, QFont.Weight.Normal))
        painter.setPen(theme.colour("second"))
        painter.drawText(inside.adjusted(0, ROW_PX + 4, 0, 0), _WRAP, self.behind.below)
        painter.end()

    def _draw_top(self, painter: QPainter, top: QRectF) -> None:
        theme, behind = tokens("light"), self.behind
        bold = self._font(TOP_PX, QFont.Weight.Bold)
        plain = self._font(TOP_PX - 1, QFont.Weight.Medium)
        painter.setPen(theme.colour("text"))
        painter.setFont(bold)
        figure_px = QFontMetricsF(bold).horizontalAdvance(behind.figure)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(top, middle | Qt.AlignmentFlag.AlignRight, behind.figure)
        painter.drawText(top, middle | Qt.AlignmentFlag.AlignLeft, behind.title)
        left = QFontMetricsF(bold).horizontalAdvance(behind.title) + 12
        room = top.adjusted(left, 0, -figure_px - 12, 0)
        painter.setFont(plain)
        # The whole name is in the row's accessible name, and in the order that it opens.
        name = QFontMetricsF(plain).elidedText(
            behind.name, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, middle | Qt.AlignmentFlag.AlignLeft, name)
