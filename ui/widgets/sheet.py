"""A sheet over part of a screen: not modal, closed by its cross, Esc or what it is for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.widgets.parts import button, column, label, row, scroll
from ui.words import _


class Sheet(QFrame):
    """Stands at the right edge of `over` and follows its size."""

    closed = Signal()

    def __init__(self, over: QWidget, name: str, width_px: int = 400) -> None:
        super().__init__(over)
        self.setObjectName(name)
        self.setProperty("role", "card")
        self._over = over
        self._width_px = width_px
        outer = column(self, margins=(20, 12, 20, 16), gap=12)
        head = row()
        self._title = label("", "heading", wrap=True)
        head.addWidget(self._title, 1)
        cross = button("✕", f"{name}:close", self.close_sheet, role="quiet")
        cross.setAccessibleName(_("Close"))
        head.addWidget(cross)
        outer.addLayout(head)
        content = QWidget()
        self.body: QVBoxLayout = column(content, gap=12)
        area = scroll(content)
        outer.addWidget(area, 1)
        self.foot = row()
        outer.addLayout(self.foot)
        over.installEventFilter(self)
        self.hide()

    def set_title(self, text: str) -> None:
        self._title.setText(text)

    def open_sheet(self) -> None:
        self._follow()
        self.show()
        self.raise_()

    def close_sheet(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        width = min(self._width_px, self._over.width() - 16)
        self.setGeometry(self._over.width() - width - 8, 8, width, max(0, self._over.height() - 16))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
