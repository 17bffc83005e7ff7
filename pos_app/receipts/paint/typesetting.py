"""Elements of a layout set in type: each becomes a piece with a height and a way to paint it.

Everything is arranged once in dots of a 203 dpi print head and scaled from there, so that
preview, PNG and paper break their lines alike (a PDF may differ by a word: see `Compositor`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import (
    QPointF,
    QRectF,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from pos_app.fonts import FAMILY, load_fonts
from pos_app.receipts import qr
from pos_app.receipts.elements import (
    DOTS_PER_MM,
    Align,
    Element,
    Gap,
    Inverse,
    Layout,
    Number,
    Qr,
    Row,
    Rule,
    Text,
    Weight,
    printable_dots,
)
from pos_app.receipts.paint.application import ensure_application

_LEADING = 1.24
_NARROWEST = 0.55
_NUMBER_LEADING = 0.2
_COLUMN_GAP_EM = 0.42
_PADDING_DOTS = 10.0
# Letters such as j lean out of their box by so little that nobody sees it.
_OVERHANG_DOTS = 2.0

_Paint = Callable[[QPainter], None]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to paint: its height in dots, and how, from its own top left corner."""

    height: float
    paint: _Paint


def arrange(layout: Layout, *, searchable: bool = False) -> list[Piece]:
    """All elements of `layout` as pieces, top to bottom; `searchable` for a PDF's text."""
    ensure_application()
    load_fonts()
    width = printable_dots(layout.paper_width_mm)
    compositor = Compositor(width, searchable, layout.elements)
    return [compositor.piece(element) for element in layout.elements]


def _bar(element: Gap | Rule, width: int) -> Piece:
    """White or black across the paper, in whole dots so that all below stays sharp."""
    if isinstance(element, Gap):
        height = round(element.height_mm * DOTS_PER_MM)
        return Piece(height, lambda _: None)
    thickness = max(1, round(element.thickness_mm * DOTS_PER_MM))
    return Piece(thickness, lambda painter: _black(painter, QRectF(0, 0, width, thickness)))


def _black(painter: QPainter, area: QRectF) -> None:
    painter.fillRect(area, QColor(Qt.GlobalColor.black))


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph broken into lines no wider than `width` dots."""

    shaped: QTextLayout
    width: float
    height: float

    def paint(self, painter: QPainter, x: float, align: Align, colour: Qt.GlobalColor) -> None:
        painter.setPen(colour)
        for index in range(self.shaped.lineCount()):
            line = self.shaped.lineAt(index)
            left, right = _extent(line)
            # One letter can be wider than the paper (U+FDFD), stacked marks reach out of their
            # letter: such a line is moved and squeezed, never cut.
            lean = max(0.0, -left - _OVERHANG_DOTS)
            wide = right + lean
            squeeze = self.width / wide if wide > self.width + _OVERHANG_DOTS else 1.0
            inset = (self.width - wide * squeeze) / 2 if align is Align.CENTER else 0.0
            painter.save()
            painter.translate(x + max(0.0, inset) + lean * squeeze, 0)
            painter.scale(squeeze, 1)
            line.draw(painter, QPointF(-line.x(), 0))
            painter.restore()


def _extent(line: QTextLine) -> tuple[float, float]:
    """Where the ink of `line` begins and ends, in dots from its start; its advance at least."""
    left, right = 0.0, line.naturalTextWidth()
    for run in line.glyphRuns():
        # The run's own rectangle knows advances, not ink: marks that reach out are not in it.
        font = run.rawFont()
        for glyph, position in zip(run.glyphIndexes(), run.positions(), strict=True):
            ink, at = font.boundingRect(glyph), position.x() - line.x()
            left, right = min(left, at + ink.left()), max(right, at + ink.right())
    return left, right


def _block(text: str, font: QFont, width: float, leading: float = _LEADING) -> _Block:
    shaped = QTextLayout(text, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setUseDesignMetrics(True)
    shaped.setTextOption(option)
    y = 0.0
    step = font.pixelSize() * leading
    shaped.beginLayout()
    while (line := shaped.createLine()).isValid():
        line.setLineWidth(width)
        # A line in another script may be taller than Inter's; it gets the room it needs.
        height = max(step, line.height())
        line.setPosition(QPointF(0, y + (height - line.height()) / 2))
        y += height
    shaped.endLayout()
    return _Block(shaped, width, math.ceil(y))


def _advance(text: str, font: QFont) -> float:
    return math.ceil(QFontMetricsF(font).horizontalAdvance(text))


class Compositor:
    """Turns elements into pieces for one width of paper, in dots.

    `searchable` leaves out the letter forms that Qt writes into a PDF as private characters
    (tabular digits, slashed zeros): a PDF whose numbers cannot be found or copied is worse.
    """

    def __init__(self, width: int, searchable: bool, elements: tuple[Element, ...]) -> None:
        self.width = width
        self.searchable = searchable
        self.leads = self._lead_widths(elements)

    def piece(self, element: Element) -> Piece:
        match element:
            case Gap() | Rule():
                return _bar(element, self.width)
            case Text():
                return self._text(element)
            case Inverse():
                return self._inverse(element)
            case Number():
                return self._number(element)
            case Row():
                return self._row(element)
            case Qr(content):
                return _qr(content, self.width)

    def _font(self, size_mm: float, weight: Weight, *, plain_code: bool = False) -> QFont:
        font = QFont(FAMILY)
        font.setPixelSize(max(1, round(size_mm * DOTS_PER_MM)))
        font.setWeight(QFont.Weight(int(weight)))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        # Inter would turn a typed "->" into an arrow: names and notes stay as they were typed.
        font.setFeature(QFont.Tag("calt"), 0)
        if not self.searchable:
            font.setFeature(QFont.Tag("tnum"), 1)
            font.setFeature(QFont.Tag("zero"), int(plain_code))
        return font

    def _lead_widths(self, elements: tuple[Element, ...]) -> dict[float, float]:
        """The width of the lead column for each size of row, gap included."""
        found: dict[float, float] = {}
        for row in elements:
            if isinstance(row, Row):
                font = self._font(row.size_mm, Weight.BOLD)
                wanted = _advance(row.lead, font) + _gap(font) if row.lead else 0.0
                widest = min(wanted, self.width * 0.3)
                found[row.size_mm] = max(found.get(row.size_mm, 0.0), widest)
        return found

    def _text(self, element: Text) -> Piece:
        font = self._font(element.size_mm, element.weight, plain_code=element.plain_code)
        block = _block(element.text, font, self.width)
        return Piece(
            block.height,
            lambda painter: block.paint(painter, 0, element.align, Qt.GlobalColor.black),
        )

    def _inverse(self, element: Inverse) -> Piece:
        font = self._font(element.size_mm, Weight.BOLD)
        block = _block(element.text, font, self.width - 2 * _PADDING_DOTS)
        height = block.height + _PADDING_DOTS

        def paint(painter: QPainter) -> None:
            _black(painter, QRectF(0, 0, self.width, height))
            painter.translate(0, _PADDING_DOTS / 2)
            block.paint(painter, _PADDING_DOTS, element.align, Qt.GlobalColor.white)

        return Piece(height, paint)

    def _number(self, element: Number) -> Piece:
        """Digits as high as asked for; a long number gets narrower, then two lines, never lower."""
        font = self._font(element.digit_height_mm, Weight.EXTRA_BOLD)
        font.setFeature(QFont.Tag("tnum"), 0)
        unit = QFontMetricsF(font).capHeight() / font.pixelSize()
        # Anti-aliased edges may fall to white: two dots more than asked for.
        font.setPixelSize(math.ceil((element.digit_height_mm * DOTS_PER_MM + 2) / unit))
        metrics = QFontMetricsF(font)
        cap, above = metrics.capHeight(), metrics.ascent() - metrics.capHeight()
        natural = max(1.0, metrics.horizontalAdvance(element.text) + 2)
        squeeze = max(_NARROWEST, min(1.0, self.width / natural))
        leading = cap / font.pixelSize() + _NUMBER_LEADING
        block = _block(element.text, font, self.width / squeeze, leading)
        rows = [block.shaped.lineAt(index).y() for index in range(block.shaped.lineCount())]
        first, last = (rows[0], rows[-1]) if rows else (0.0, 0.0)

        def paint(painter: QPainter) -> None:
            painter.scale(squeeze, 1)
            painter.translate(0, -above - first)
            block.paint(painter, 0, Align.CENTER, Qt.GlobalColor.black)

        return Piece(math.ceil(last - first + cap), paint)

    def _row(self, element: Row) -> Piece:
        font = self._font(element.size_mm, element.weight)
        column, gap = self.leads[element.size_mm], _gap(font)
        left = column if element.lead or element.indented else 0.0
        tail_width = min(_advance(element.tail, font), self.width * 0.5) if element.tail else 0.0
        right = tail_width + gap if element.tail else 0.0
        body = _block(element.body, font, self.width - left - right)
        lead = _block(element.lead, font, max(1.0, column - gap)) if element.lead else None
        tail = _block(element.tail, font, tail_width + 1) if element.tail else None

        def paint(painter: QPainter) -> None:
            body.paint(painter, left, Align.LEFT, Qt.GlobalColor.black)
            if lead is not None:
                lead.paint(painter, 0, Align.LEFT, Qt.GlobalColor.black)
            if tail is not None:
                tail.paint(painter, self.width - tail_width, Align.LEFT, Qt.GlobalColor.black)

        heights = [block.height for block in (lead, body, tail) if block is not None]
        return Piece(max(heights), paint)


def _gap(font: QFont) -> float:
    """Between two columns, in dots."""
    return round(font.pixelSize() * _COLUMN_GAP_EM)


def _qr(content: str, width: int) -> Piece:
    """Whole dots per module, at a whole dot: half-lit dots are what makes a code unreadable."""
    rows = qr.matrix(content)
    dots = qr.module_dots(len(rows), width)
    if dots is None:
        raise ValueError("the QR code does not fit the paper")
    left = (width - len(rows) * dots) // 2

    def paint(painter: QPainter) -> None:
        for y, row in enumerate(rows):
            for start, length in _runs(row):
                area = QRectF(left + start * dots, y * dots, length * dots, dots)
                _black(painter, area)

    return Piece(len(rows) * dots, paint)


def _runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """`(start, length)` of each stretch of dark modules."""
    start = None
    for x, dark in enumerate((*row, False)):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            yield start, x - start
            start = None
