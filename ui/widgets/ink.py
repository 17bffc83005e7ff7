"""Words painted by hand in a row that never moves: one line, shortened where it must be."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from ui.theme import Tokens

GAP_PX = 12
_WRAP = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class Words:
    """`ink` names a colour of the theme."""

    text: str
    size_px: int
    weight: QFont.Weight
    ink: str

    def font(self, base: QFont) -> QFont:
        """`base` in the size and weight of these words."""
        made = QFont(base)
        made.setPixelSize(self.size_px)
        made.setWeight(self.weight)
        return made

    def width(self, base: QFont) -> float:
        return QFontMetricsF(self.font(base)).horizontalAdvance(self.text)

    def height(self, base: QFont, room: float) -> float:
        """In as many rows as `room` asks for."""
        box = QRectF(0, 0, max(1.0, room), 10_000)
        return QFontMetricsF(self.font(base)).boundingRect(box, _WRAP, self.text).height()


def write(
    painter: QPainter,
    theme: Tokens,
    box: QRectF,
    words: Words,
    align: Qt.AlignmentFlag,
    *,
    wrap: bool = False,
) -> float:
    """Paint `words`, and how wide they are; in one row unless they `wrap`."""
    font = words.font(painter.font())
    painter.setFont(font)
    painter.setPen(theme.colour(words.ink))
    if wrap:
        painter.drawText(box, int(align) | _WRAP, words.text)
        return box.width()
    metrics = QFontMetricsF(font)
    # Who paints says the whole text elsewhere too.
    shown = metrics.elidedText(words.text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, int(align), shown)
    return metrics.horizontalAdvance(shown)


def write_ends(
    painter: QPainter,
    theme: Tokens,
    box: QRectF,
    left: Words,
    right: Words,
    align: Qt.AlignmentFlag,
) -> None:
    """`right` whole at the right end; `left` gets what that leaves."""
    taken = write(painter, theme, box, right, align | Qt.AlignmentFlag.AlignRight)
    rest = box.adjusted(0, 0, -taken - GAP_PX, 0)
    write(painter, theme, rest, left, align | Qt.AlignmentFlag.AlignLeft)
