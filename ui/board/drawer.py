"""A panel that comes over the last columns when somebody asks for it; nothing waits for it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.board.icons import icon
from ui.theme import Tokens, measure
from ui.words import _


class Drawer(QFrame):
    """Title, close button, and a body that scrolls. Esc closes it too."""

    closed = Signal()

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "drawer")
        self._title = QLabel()
        self._title.setProperty("kind", "title")
        self._title.setWordWrap(True)
        close = QPushButton(icon("close", tokens.text), "")
        close.setProperty("kind", "flat")
        close.setObjectName("drawer_close")
        close.setAccessibleName(_("Close"))
        close.setFixedWidth(measure().target_px)
        close.clicked.connect(self.shut)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 12, 12, 12)
        box.setSpacing(measure().gap_px)
        box.addLayout(head)
        box.addWidget(self._area, 1)
        self.foot = QVBoxLayout()
        box.addLayout(self.foot)
        self.hide()

    def set_body(self, title: str, body: QWidget) -> None:
        """Show `body`; what was there before goes."""
        self._title.setText(title)
        at = self._area.verticalScrollBar().value()
        before = self._area.takeWidget()
        if before is not None:
            # It may hold the very button that was touched.
            before.deleteLater()
        self._area.setWidget(body)
        self._area.verticalScrollBar().setValue(at)

    def shut(self) -> None:
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            event.ignore()
