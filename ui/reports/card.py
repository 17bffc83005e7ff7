"""One number as a card: what it is, how much, and a line that explains; tapped, it is opened."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.reports.figure import Figure
from ui.theme import measure, tokens
from ui.widgets.parts import column, label

LARGEST_PX, SMALLEST_PX = 28, 18
HIGH_FROM_PX, HIGH_WIDE_FROM_PX, HIGH_LARGEST_PX = 190, 300, 40
LEAST_HEIGHT_PX = 120


class FigureCard(QAbstractButton):
    """Named `figure:KEY`; checked while its orders are shown."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.setObjectName(f"figure:{key}")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._caption = label("", "label")
        self._value = label("", "strong", f"value:{key}")
        self._line = label("", "second", f"line:{key}", wrap=True)
        self._line.setAlignment(Qt.AlignmentFlag.AlignTop)
        lines = column(self, margins=(16, 12, 16, 10), gap=2)
        for part in (self._caption, self._value, self._line):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            # All cards are as wide as each other, whatever they say.
            part.setMinimumWidth(1)
            lines.addWidget(part, 1 if part is self._line else 0)

    def show_figure(self, figure: Figure) -> None:
        self._caption.setText(figure.caption)
        self._value.setText(figure.value)
        self._line.setText(figure.line)
        self.setAccessibleName(f"{figure.caption}: {figure.value}. {figure.line}")
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(220, LEAST_HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The number as large as its card is wide; a high card has larger words."""
        margins = self.contentsMargins()
        room = self.width() - 32 - margins.left() - margins.right()
        is_high = self.height() >= HIGH_FROM_PX and self.width() >= HIGH_WIDE_FROM_PX
        size_px = SMALLEST_PX
        for size_px in range(HIGH_LARGEST_PX if is_high else LARGEST_PX, SMALLEST_PX - 1, -1):
            font = QFont(self.font())
            font.setPixelSize(size_px)
            font.setWeight(QFont.Weight.Bold)
            if QFontMetricsF(font).horizontalAdvance(self._value.text()) <= room:
                break
        self._value.setStyleSheet(f"font-size: {size_px}px; font-weight: 700;")
        for part in (self._caption, self._line):
            part.setStyleSheet("font-size: 17px;" if is_high else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = tokens("light")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked() or self.isDown()
        ring = "next_act" if self.hasFocus() else "text" if self.isChecked() else "line"
        pen = painter.pen()
        pen.setColor(theme.colour(ring))
        pen.setWidthF(2.0 if chosen or self.hasFocus() else 1.0)
        painter.setPen(pen)
        painter.setBrush(theme.colour("raised" if self.isDown() else "surface"))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, measure().radius_px, measure().radius_px)
        painter.end()
