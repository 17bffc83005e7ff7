"""Painting a kitchen card: its body once, its clock every second, and the sign of other pages."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from pos_app.domain.board import Band, Standing
from ui.board import wording
from ui.board.text_sizes import WRAPPED, width_of
from ui.kitchen import words
from ui.kitchen.card import Card
from ui.kitchen.content import Act
from ui.kitchen.sizes import Sizes
from ui.theme import Tokens, measure

_BAR = {Band.ON_TIME: 10, Band.SOON: 14, Band.LATE: 20}
_STRIPE = 11
_HELD_OPACITY = 0.7
_BAND_COLOURS = {Band.ON_TIME: "text", Band.SOON: "soon", Band.LATE: "late_text"}
_ACT_COLOURS = {
    Act.SEE: ("text", "ground"),
    Act.FIRE: ("raised", "text"),
    Act.START: ("next_act", "on_next_act"),
    Act.READY: ("next_act", "on_next_act"),
}


@dataclass(frozen=True, slots=True)
class Brush:
    """What every card is painted with."""

    sizes: Sizes
    tokens: Tokens
    ratio: float


def body(card: Card, band: Band, brush: Brush) -> QPixmap:
    """Everything of a card that does not change from second to second."""
    tokens = brush.tokens
    pixmap = QPixmap(round(card.width * brush.ratio), round(card.height * brush.ratio))
    pixmap.setDevicePixelRatio(brush.ratio)
    # Opaque, with the ground in its corners: copied to the screen, not blended.
    pixmap.fill(tokens.colour("ground"))
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    outline = card_outline(card, QPoint(0, 0))
    painter.fillPath(outline, tokens.colour("surface"))
    painter.setClipPath(outline)
    _bar(painter, card, band, brush)
    if card.content.held:
        painter.setOpacity(_HELD_OPACITY)
    painter.setPen(Qt.PenStyle.NoPen)
    for fill in card.fills:
        painter.setBrush(tokens.colour(fill.colour))
        painter.drawRoundedRect(fill.place, fill.radius_px, fill.radius_px)
    for piece in card.pieces:
        painter.setFont(piece.font)
        painter.setPen(tokens.colour(piece.colour))
        painter.drawText(QRectF(piece.place), piece.text, WRAPPED)
    painter.setOpacity(1.0)
    _foot(painter, card, brush)
    painter.setClipping(False)
    painter.setPen(QPen(tokens.colour("line"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(card_outline(card, QPoint(0, 0), inset=0.5))
    painter.end()
    return pixmap


def card_outline(card: Card, at: QPoint, inset: float = 0.0) -> QPainterPath:
    path = QPainterPath()
    radius = measure().radius_px
    box = QRectF(at.x(), at.y(), card.width, card.height)
    path.addRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
    return path


def _bar(painter: QPainter, card: Card, band: Band, brush: Brush) -> None:
    """Plain, striped or wide: the band is told without its colour too. A held ticket's is grey."""
    tokens, wide = brush.tokens, brush.sizes.px(_BAR[band])
    if card.content.held:
        painter.fillRect(
            0, 0, brush.sizes.px(_BAR[Band.ON_TIME]), card.height, QColor(tokens.faint)
        )
        return
    painter.fillRect(0, 0, wide, card.height, tokens.colour(band.value))
    if band is not Band.SOON:
        return
    stripe = brush.sizes.px(_STRIPE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.colour("soon_stripe"))
    for top in range(0, card.height + wide, 2 * stripe):
        corners = ((0, top), (wide, top - wide), (wide, top - wide + stripe), (0, top + stripe))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))


def _foot(painter: QPainter, card: Card, brush: Brush) -> None:
    if card.button is None or card.more is None:
        return
    tokens, s = brush.tokens, brush.sizes
    ground, text = _ACT_COLOURS[card.content.act]
    painter.fillRect(card.button, tokens.colour(ground))
    painter.setFont(s.button)
    painter.setPen(tokens.colour(text))
    painter.drawText(card.button, Qt.AlignmentFlag.AlignCenter, card.content.act_word)
    painter.fillRect(card.more, tokens.colour("raised"))
    painter.fillRect(
        card.more.right(), card.more.top(), 1, card.more.height(), tokens.colour("line")
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.colour("text"))
    middle = QPointF(card.more.center())
    for step in (-1, 0, 1):
        dot = middle + QPointF(step * s.px(13) + s.px(4), 0)
        painter.drawEllipse(dot, max(2.6, s.px(3.6)), max(2.6, s.px(3.6)))


def live(painter: QPainter, card: Card, at: QPoint, standing: Standing, brush: Brush) -> None:
    """Band word with its shape, and below it the clock where the band has taken its place."""
    s, tokens = brush.sizes, brush.tokens
    if card.content.held:
        painter.setOpacity(_HELD_OPACITY)
    colour = tokens.colour(_BAND_COLOURS[standing.band])
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    band = card.band.translated(at)
    word = words.band(standing)
    painter.setPen(colour)
    painter.setFont(s.clock)
    painter.drawText(band, right, word)
    size = s.px(24)
    x = band.right() - width_of(word, s.clock) - s.px(8) - size / 2
    shape(painter, standing.band, QPointF(x, band.center().y() + 1), size, colour)
    if standing.band is not Band.ON_TIME and not card.age.isNull():
        painter.setPen(tokens.colour("second"))
        painter.setFont(s.under)
        painter.drawText(card.age.translated(at), right, wording.clock(standing.age_ms))
    painter.setOpacity(1.0)


def shape(painter: QPainter, band: Band, middle: QPointF, size: float, colour: QColor) -> None:
    """Circle, diamond or triangle: bands differ without colour."""
    half = size / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    x, y = middle.x(), middle.y()
    if band is Band.ON_TIME:
        painter.drawEllipse(middle, half * 0.8, half * 0.8)
        return
    if band is Band.SOON:
        corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    else:
        corners = [(x, y - half), (x + half, y + half * 0.8), (x - half, y + half * 0.8)]
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
