"""The QR code on the screen: the same modules that the slip prints."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos_app.receipts.qr import matrix


class QrCode(QWidget):
    """Black on white in whole pixels per module, in any theme: phones read nothing else well."""

    def __init__(self, side_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[bool, ...], ...] = ()
        self._side_px = side_px
        self.setFixedSize(side_px, side_px)

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
        module = max(1, self.width() // len(self._rows))
        start = (self.width() - module * len(self._rows)) // 2
        for y, cells in enumerate(self._rows):
            for x, dark in enumerate(cells):
                if dark:
                    painter.fillRect(start + x * module, start + y * module, module, module, black)
        painter.end()
