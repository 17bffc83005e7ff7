"""The buttons that move something one place up or down, painted: each row of a list has two."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from ui.icons import icon
from ui.theme import measure, tokens
from ui.words import _

ICON_PX = 20
RADIUS_PX = 12


class Arrow(QAbstractButton):
    """`drawing` is `up` or `down`; `spoken` is what it says to who cannot see it."""

    def __init__(self, name: str, drawing: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._drawing = drawing
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(measure().target_px, measure().target_px)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = tokens("light")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown() or self.hasFocus():
            focus = theme.colour("next_act" if self.hasFocus() else "raised")
            painter.setPen(focus)
            painter.setBrush(theme.colour("raised" if self.isDown() else "surface"))
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, RADIUS_PX, RADIUS_PX)
        at = self.rect().center() - QPoint(ICON_PX // 2, ICON_PX // 2)
        _icon(self._drawing).paint(painter, QRect(at, QSize(ICON_PX, ICON_PX)))
        painter.end()


def arrows(name: str, what: str, move: Callable[[int], object]) -> list[Arrow]:
    """`name_up` and `name_down`; `what` is what they move."""
    up = Arrow(f"{name}_up", "up", _("Up: {what}").format(what=what))
    down = Arrow(f"{name}_down", "down", _("Down: {what}").format(what=what))
    up.clicked.connect(lambda *_args: move(-1))
    down.clicked.connect(lambda *_args: move(1))
    return [up, down]


@cache
def _icon(drawing: str) -> QIcon:
    return icon(drawing, tokens("light").second)
