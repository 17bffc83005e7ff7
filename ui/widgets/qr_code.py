"""The QR code on the screen: the same modules that the slip prints."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_app.receipts.qr import matrix


class QrCode(QWidget):
    """Black on white in whole pixels per module, in any theme: phones read nothing else well.

    The pixels are the device's. Where there is little room it is smaller, down to `least_px`.
    """

    def __init__(
        self, side_px: int, parent: QWidget | None = None, *, least_px: int | None = None
    ) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[bool, ...], ...] = ()
        self._side_px = side_px
        least = least_px or side_px
        self.setMinimumSize(least, least)
        self.setMaximumSize(side_px, side_px)

    def sizeHint(self) -> QSize:
        return QSize(self._side_px, self._side_px)

    def show_content(self, content: str) -> None:
        self._rows = matrix(content)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._rows:
            return
        painter = QPainter(self)
        white, black = QColor(Qt.GlobalColor.white), QColor(Qt.GlobalColor.black)
        painter.fillRect(self.rect(), white)
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        wide, high = round(self.width() * ratio), round(self.height() * ratio)
        module = max(1, min(wide, high) // len(self._rows))
        side = module * len(self._rows)
        left, top = (wide - side) // 2, (high - side) // 2
        for y, cells in enumerate(self._rows):
            for x, dark in enumerate(cells):
                if dark:
                    painter.fillRect(left + x * module, top + y * module, module, module, black)
        painter.end()
