"""One list of the guest display: its two words, and numbers as large as its readers need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.board.measures import font
from ui.board.text_sizes import line_height, width_of
from ui.theme import Tokens

_PAD_PX = 28
_WIDEST = "A888"
_HEAD_SHARE, _SECOND_SHARE = 0.55, 0.62


@dataclass(frozen=True, slots=True)
class Entry:
    """One number; `fresh` stands on a ground of its own."""

    number: str
    fresh: bool = False


class Panel(QWidget):
    """`words` are the heading in the shop's language and in the others."""

    def __init__(
        self, name: str, words: tuple[str, ...], colour: str, number_px: int, tokens: Tokens
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.words = words
        self._colour = colour
        self._tokens = tokens
        self.entries: tuple[Entry, ...] = ()
        self.page = 0
        self._number = _face(number_px, QFont.Weight.ExtraBold)
        self._heads = _heads(number_px, len(words))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def set_number_px(self, number_px: int) -> None:
        self._number = _face(number_px, QFont.Weight.ExtraBold)
        self._heads = _heads(number_px, len(self.words))
        self.update()

    @property
    def number_px(self) -> int:
        """The size of the numbers; smaller than asked for only where one would not fit."""
        return self._fitting().pixelSize()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        if tuple(entries) != self.entries:
            self.entries = tuple(entries)
            self.page = min(self.page, self.pages - 1)
            self.update()

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.entries) // self.fits))

    def turn(self) -> None:
        """The next page; after the last one the first."""
        self.page = (self.page + 1) % self.pages
        self.update()

    def show_first(self) -> None:
        """Back to the page on which the newest stand."""
        self.page = 0
        self.update()

    @property
    def shown(self) -> tuple[Entry, ...]:
        """The numbers of this page."""
        return self.entries[self.page * self.fits : (self.page + 1) * self.fits]

    @property
    def fits(self) -> int:
        """How many numbers stand on one page."""
        columns, rows, _face = self._grid()
        return columns * rows

    def _grid(self) -> tuple[int, int, QFont]:
        face = self._fitting()
        wide, high = _cell(face)
        room = self.height() - self._head_height() - _PAD_PX
        columns = max(1, (self.width() - 2 * _PAD_PX) // wide)
        return columns, max(1, room // high), face

    def _fitting(self) -> QFont:
        face = self._number
        while face.pixelSize() > 24 and _cell(face)[0] > self.width() - 2 * _PAD_PX > 0:
            face = _shrunk(face)
        return face

    def _head_height(self) -> int:
        return 2 * _PAD_PX + line_height(self._heads[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._tokens.colour("surface"))
        self._paint_head(painter)
        columns, _rows, face = self._grid()
        wide, high = _cell(face)
        wide = (self.width() - 2 * _PAD_PX) // columns
        for place, entry in enumerate(self.shown):
            left = _PAD_PX + (place % columns) * wide
            top = self._head_height() + (place // columns) * high
            self._paint_entry(painter, entry, QRect(left, top, wide, high), face)
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        x, base = _PAD_PX, _PAD_PX
        for place, (word, face) in enumerate(zip(self.words, self._heads, strict=True)):
            painter.setFont(face)
            painter.setPen(self._tokens.colour(self._colour if place == 0 else "second"))
            wide = width_of(word, face)
            if x + wide > self.width() - _PAD_PX and place:
                break
            drop = line_height(self._heads[0]) - line_height(face)
            painter.drawText(
                QRect(x, base + round(drop * 0.8), wide, line_height(face)),
                Qt.AlignmentFlag.AlignLeft,
                word,
            )
            x += wide + _PAD_PX // 2

    def _paint_entry(self, painter: QPainter, entry: Entry, place: QRect, face: QFont) -> None:
        colour = "text"
        if entry.fresh:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._tokens.colour("done"))
            painter.drawRoundedRect(place.adjusted(0, 4, -16, -4), 18, 18)
            colour = "on_done"
        painter.setFont(face)
        painter.setPen(self._tokens.colour(colour))
        inner = place.adjusted(20, 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, flags, entry.number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.page = min(self.page, self.pages - 1)


def _cell(face: QFont) -> tuple[int, int]:
    return width_of(_WIDEST, face) + 52, line_height(face) + 8


_faces: dict[tuple[int, QFont.Weight], QFont] = {}


def _face(size_px: int, weight: QFont.Weight) -> QFont:
    """Kept for good: what a text measures is remembered by its font."""
    return _faces.setdefault((size_px, weight), font(size_px, weight, tabular=True))


def _shrunk(face: QFont) -> QFont:
    return _face(face.pixelSize() - 4, QFont.Weight.ExtraBold)


def _heads(number_px: int, count: int) -> tuple[QFont, ...]:
    first = max(28, round(number_px * _HEAD_SHARE))
    rest = max(20, round(first * _SECOND_SHARE))
    bold, medium = QFont.Weight.Bold, QFont.Weight.Medium
    return (_face(first, bold), *(_face(rest, medium) for _ in range(count - 1)))
