"""A field to search in, with a cross that a finger can hit; Qt's own is 22 px wide."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from ui.theme import measure
from ui.widgets.parts import button
from ui.words import _

ICON_PX, ICON_LEFT_PX, TEXT_LEFT_PX = 20, 18, 34


class SearchField(QLineEdit):
    """Named `name`; its cross is `name:clear`, there while something is typed."""

    def __init__(self, name: str, hint: str, glass: QIcon | None = None) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self._glass = QLabel(self)
        if glass is not None:
            self._glass.setPixmap(glass.pixmap(QSize(ICON_PX, ICON_PX)))
            self.setTextMargins(TEXT_LEFT_PX, 0, 0, 0)
        self._glass.setVisible(glass is not None)
        self._clear = button("✕", f"{name}:clear", self.clear, role="quiet")
        self._clear.setParent(self)
        self._clear.setAccessibleName(_("Clear"))
        self._clear.hide()
        self.textChanged.connect(self._show_clear)

    def _show_clear(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        margins = self.textMargins()
        margins.setRight(self._side_px if text else 0)
        self.setTextMargins(margins)

    @property
    def _side_px(self) -> int:
        return max(measure().target_px, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self._side_px
        self._clear.setGeometry(self.width() - side, 0, side, self.height())
        top = (self.height() - ICON_PX) // 2
        self._glass.setGeometry(ICON_LEFT_PX, top, ICON_PX, ICON_PX)
