"""Beside the columns: pieces not made yet, by dish, most first."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from pos_app.domain.board import ToMake
from ui.board.measures import font
from ui.board.text_sizes import WRAPPED, height_of, width_of
from ui.theme import Tokens
from ui.words import _

_PAD_PX = 10
_DISH = (17, QFont.Weight.Medium)
_COUNT = (17, QFont.Weight.Bold)


class ToMakeList(QWidget):
    """Painted rows: a bump changes one figure, so no widgets are made for it."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._dish = font(*_DISH)
        self._count = font(*_COUNT, tabular=True)
        self.rows: list[ToMake] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_rows(self, rows: list[ToMake]) -> None:
        if rows == self.rows:
            return
        self.rows = rows
        self.setAccessibleName(", ".join(f"{row.quantity} {row.name}" for row in rows))
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(180, sum(self._heights()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(sum(self._heights()))

    def _room(self) -> int:
        return self.width() - width_of("888", self._count) - 8

    def _heights(self) -> list[int]:
        room = self._room()
        return [height_of(row.name, self._dish, room) + 2 * _PAD_PX for row in self.rows]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        top, wide, room = 0, self.width(), self._room()
        for row, high in zip(self.rows, self._heights(), strict=True):
            if top + high >= event.rect().top() and top <= event.rect().bottom():
                inner = QRectF(0, top + _PAD_PX, wide, high - 2 * _PAD_PX)
                painter.setPen(self._tokens.colour("text"))
                painter.setFont(self._dish)
                painter.drawText(QRectF(0, inner.top(), room, inner.height()), row.name, WRAPPED)
                painter.setFont(self._count)
                painter.drawText(inner, Qt.AlignmentFlag.AlignRight, str(row.quantity))
                painter.setPen(QPen(self._tokens.colour("line"), 1))
                painter.drawLine(0, top + high - 1, wide, top + high - 1)
            top += high
        painter.end()


class ToMakePanel(QFrame):
    """The list with its heading; says so when there is nothing to make."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._title = QLabel()
        self._title.setProperty("kind", "heading")
        self._empty = QLabel()
        self._empty.setProperty("kind", "quiet")
        self._empty.setWordWrap(True)
        self.list = ToMakeList(tokens)
        self.list.setObjectName("to_make")
        self._area = QScrollArea()
        self._area.setWidget(self.list)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 14, 12, 10)
        box.setSpacing(6)
        box.addWidget(self._title)
        box.addWidget(self._empty)
        box.addWidget(self._area, 1)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(_("To make"))
        self._empty.setText(_("Nothing to make."))

    def show_rows(self, rows: list[ToMake]) -> None:
        self.list.show_rows(rows)
        self._empty.setVisible(not rows)

    @property
    def pieces(self) -> int:
        return sum(row.quantity for row in self.list.rows)
