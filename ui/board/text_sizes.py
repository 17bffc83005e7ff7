"""How wide and how high a text will be: asked thousands of times, answered from memory.

Fonts come from `measures`, which keeps them for good, so that their identity is their key.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

WRAPPED = QTextOption()
WRAPPED.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

_fonts: dict[int, tuple[QFont, QFontMetrics]] = {}


def _metrics(key: int) -> QFontMetrics:
    return _fonts[key][1]


def _key(font: QFont) -> int:
    key = id(font)
    if key not in _fonts:
        _fonts[key] = (font, QFontMetrics(font))
    return key


def line_height(font: QFont) -> int:
    return _metrics(_key(font)).height()


def width_of(text: str, font: QFont) -> int:
    return _width(text, _key(font)) if text else 0


@lru_cache(maxsize=20_000)
def _width(text: str, key: int) -> int:
    return _metrics(key).horizontalAdvance(text) + 1


def rows_of(text: str, font: QFont, width: int) -> int:
    """How many rows `text` takes when it wraps at `width`; none for no text."""
    if not text:
        return 0
    key = _key(font)
    if "\n" not in text and _width(text, key) <= width:
        return 1
    return _rows(text, key, width)


@lru_cache(maxsize=20_000)
def _rows(text: str, key: int, width: int) -> int:
    layout = QTextLayout(text.replace("\n", "\u2028"), _fonts[key][0])
    layout.setTextOption(WRAPPED)
    layout.beginLayout()
    rows = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        rows += 1
    layout.endLayout()
    return rows


def height_of(text: str, font: QFont, width: int) -> int:
    return line_height(font) * rows_of(text, font, width)


def elided(text: str, font: QFont, width: int) -> str:
    """`text` cut with an ellipsis where it is wider than `width`."""
    if width_of(text, font) <= width:
        return text
    return _metrics(_key(font)).elidedText(text, Qt.TextElideMode.ElideRight, max(width, 1))
