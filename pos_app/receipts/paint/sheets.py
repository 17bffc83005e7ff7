"""Pieces on a sheet: preview, PNG, dots for a print head, PDF.

Long slips are painted in bands, because Qt's painter ends at 32,767 pixels.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from functools import wraps
from typing import ParamSpec, TypeVar

from PySide6.QtCore import (
    QBuffer,
    QIODevice,
    QMarginsF,
    QSizeF,
)
from PySide6.QtGui import (
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from pos_app.receipts.elements import (
    DOTS_PER_MM,
    Layout,
    printable_dots,
)
from pos_app.receipts.paint.typesetting import Piece, arrange
from pos_app.receipts.raster import Raster, from_gray

PNG_DPI = 203

_DOTS_PER_INCH = 25.4 * DOTS_PER_MM
_MARGIN_MM = 4.0
_BAND_PX = 4096
_PDF_DPI = 1200
# Readers end a page at 14,400 points (5.08 m); what is longer goes on on the next.
_LONGEST_PAGE_MM = 5000.0

_Arguments = ParamSpec("_Arguments")
_Sheet = TypeVar("_Sheet")
_painting = threading.RLock()


def _one_at_a_time(paint: Callable[_Arguments, _Sheet]) -> Callable[_Arguments, _Sheet]:
    """Two printers' threads share Qt's fonts: letters that both set at once came out different."""

    @wraps(paint)
    def alone(*arguments: _Arguments.args, **named: _Arguments.kwargs) -> _Sheet:
        with _painting:
            return paint(*arguments, **named)

    return alone


@_one_at_a_time
def preview(layout: Layout, dpi: int) -> QImage:
    """The slip as paper: full width with margins, grey levels, `dpi` dots per inch."""
    pieces = arrange(layout)
    height_mm = _height_mm(pieces) + 2 * _MARGIN_MM
    width_px = round(layout.paper_width_mm * dpi / 25.4)
    height_px = math.ceil(height_mm * dpi / 25.4)
    scale = dpi / _DOTS_PER_INCH
    left = (layout.paper_width_mm * DOTS_PER_MM - printable_dots(layout.paper_width_mm)) // 2
    gray = _painted(pieces, (width_px, height_px), scale, (left, _MARGIN_MM * DOTS_PER_MM))
    image = QImage(gray, width_px, height_px, width_px, QImage.Format.Format_Grayscale8).copy()
    image.setDotsPerMeterX(round(dpi / 0.0254))
    image.setDotsPerMeterY(round(dpi / 0.0254))
    return image


def png(layout: Layout, dpi: int = PNG_DPI) -> bytes:
    """The preview as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    preview(layout, dpi).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


@_one_at_a_time
def raster(layout: Layout) -> Raster:
    """The slip as dots of the print head: 384 wide on 58 mm paper, 576 on 80 mm."""
    pieces = arrange(layout)
    width = printable_dots(layout.paper_width_mm)
    height = math.ceil(sum(piece.height for piece in pieces))
    return from_gray(_painted(pieces, (width, height), 1.0, (0, 0)), width, height)


@_one_at_a_time
def pdf(layout: Layout) -> bytes:
    """A PDF as wide as the paper and exactly as long as the slip (a new page every 5 m)."""
    pieces = arrange(layout, searchable=True)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(layout.title)
    writer.setCreator("Orderbell")
    writer.setResolution(_PDF_DPI)
    height_mm = _height_mm(pieces) + 2 * _MARGIN_MM
    painter: QPainter | None = None
    left = (layout.paper_width_mm * DOTS_PER_MM - printable_dots(layout.paper_width_mm)) // 2
    for top_mm in _page_tops(height_mm):
        page_mm = min(_LONGEST_PAGE_MM, height_mm - top_mm)
        writer.setPageLayout(_page(layout.paper_width_mm, page_mm))
        if painter is None:
            painter = QPainter(writer)
        else:
            writer.newPage()
        painter.resetTransform()
        painter.scale(_PDF_DPI / _DOTS_PER_INCH, _PDF_DPI / _DOTS_PER_INCH)
        offset = (_MARGIN_MM - top_mm) * DOTS_PER_MM
        paint_pieces(painter, pieces, (left, offset), page_mm * DOTS_PER_MM)
    if painter is not None:
        painter.end()
    return bytes(buffer.data().data())


def _page_tops(height_mm: float) -> Iterator[float]:
    top = 0.0
    while top < height_mm:
        yield top
        top += _LONGEST_PAGE_MM


def _page(width_mm: float, height_mm: float) -> QPageLayout:
    size = QPageSize(
        QSizeF(width_mm, height_mm),
        QPageSize.Unit.Millimeter,
        "",
        QPageSize.SizeMatchPolicy.ExactMatch,
    )
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


def _height_mm(pieces: list[Piece]) -> float:
    return sum(piece.height for piece in pieces) / DOTS_PER_MM


def _painted(
    pieces: list[Piece], size_px: tuple[int, int], scale: float, origin: tuple[float, float]
) -> bytes:
    """One byte per pixel (0 black, 255 white) of the slip on white, in bands."""
    width, height = size_px
    rows: list[bytes] = []
    for top in range(0, height, _BAND_PX):
        band = QImage(width, min(_BAND_PX, height - top), QImage.Format.Format_Grayscale8)
        band.fill(255)
        painter = QPainter(band)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.translate(0, -top)
        painter.scale(scale, scale)
        paint_pieces(painter, pieces, origin, (top + band.height()) / scale, top / scale)
        painter.end()
        rows.append(_tight(band))
    return b"".join(rows)


def _tight(image: QImage) -> bytes:
    """Pixels of a grey image without the padding at the end of its rows."""
    stride, width = image.bytesPerLine(), image.width()
    data = bytes(image.constBits())
    if stride == width:
        return data
    return b"".join(data[at : at + width] for at in range(0, len(data), stride))


def paint_pieces(
    painter: QPainter,
    pieces: list[Piece],
    origin: tuple[float, float],
    bottom: float,
    top: float = -math.inf,
) -> None:
    """Paint what lies between `top` and `bottom` (dots); letters may reach out of their piece."""
    left, y = origin
    for piece in pieces:
        reach = piece.height + 4 * DOTS_PER_MM
        if y + reach >= top and y - reach <= bottom:
            painter.save()
            painter.translate(left, y)
            piece.paint(painter)
            painter.restore()
        y += piece.height
