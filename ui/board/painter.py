"""Painting a card: its body once per version and band, its clock every second."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from pos_app.clock import Instant
from pos_app.domain.board import Band, Standing
from ui.board import wording
from ui.board.content import Act, Button
from ui.board.head import LEFT_PX
from ui.board.icons import icon_pixmap
from ui.board.layout import NOTE_GAP_PX, NOTE_ICON_PX, CardLayout, note_face, note_room
from ui.board.measures import Measures
from ui.board.text_sizes import WRAPPED, line_height, rows_of, width_of
from ui.board.wording import FootNote, Tone
from ui.theme import Tokens, measure

_BAR_PX = {Band.ON_TIME: 8, Band.SOON: 10, Band.LATE: 16}
_STRIPE_PX = 8
HELD_OPACITY = 0.7
_BAND_COLOURS = {
    Band.ON_TIME: ("text", "second"),
    Band.SOON: ("soon", "soon"),
    Band.LATE: ("late_text", "late_text"),
}


def body(layout: CardLayout, band: Band, m: Measures, tokens: Tokens, ratio: float) -> QPixmap:
    """Everything of a card that does not change from second to second."""
    pixmap = QPixmap(round(layout.width * ratio), round(layout.height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    # Opaque, with the ground in its corners: copied to the screen, not blended.
    pixmap.fill(tokens.colour("ground"))
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    outline = card_outline(layout, QPoint(0, 0))
    painter.fillPath(outline, tokens.colour("surface"))
    painter.setClipPath(outline)
    held = layout.content.held
    _bar(painter, layout.height, Band.ON_TIME if held else band, m, tokens, held=held)
    painter.setOpacity(HELD_OPACITY if held else 1.0)
    _fills_and_texts(painter, layout, tokens)
    painter.setOpacity(1.0)
    if layout.foot is not None:
        _foot_ground(painter, layout, tokens)
        _foot_notes(painter, layout, m, tokens, ratio)
    painter.setClipping(False)
    painter.setPen(QPen(tokens.colour("line"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(card_outline(layout, QPoint(0, 0), inset=0.5))
    painter.end()
    return pixmap


def card_outline(layout: CardLayout, at: QPoint, inset: float = 0.0) -> QPainterPath:
    path = QPainterPath()
    radius = measure().radius_px
    box = QRectF(at.x(), at.y(), layout.width, layout.height)
    path.addRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
    return path


def _bar(
    painter: QPainter, height: int, band: Band, m: Measures, tokens: Tokens, *, held: bool
) -> None:
    """Plain, striped or wide: the band is told without its colour too. A held card's is grey."""
    wide = m.px(_BAR_PX[band])
    painter.fillRect(0, 0, wide, height, tokens.colour("faint" if held else band.value))
    if band is not Band.SOON:
        return
    stripe = m.px(_STRIPE_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.colour("soon_stripe"))
    for top in range(0, height + wide, 2 * stripe):
        corners = ((0, top), (wide, top - wide), (wide, top - wide + stripe), (0, top + stripe))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))


def _fills_and_texts(painter: QPainter, layout: CardLayout, tokens: Tokens) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    for fill in layout.fills:
        painter.setBrush(tokens.colour(fill.colour))
        painter.drawRoundedRect(fill.place, fill.radius_px, fill.radius_px)
    for piece in layout.pieces:
        painter.setFont(piece.font)
        painter.setPen(tokens.colour(piece.colour))
        painter.drawText(QRectF(piece.place), piece.text, WRAPPED)


def _foot_ground(painter: QPainter, layout: CardLayout, tokens: Tokens) -> None:
    foot = layout.foot
    assert foot is not None  # noqa: S101 - asked by the caller
    painter.setPen(QPen(tokens.colour("line"), 1))
    left = _BAR_PX[Band.LATE]
    painter.drawLine(left, foot.top(), layout.width, foot.top())
    content_button = layout.content.button
    if layout.button is None or content_button is None:
        return
    ground, ink = _button_colours(content_button)
    painter.fillRect(layout.button, tokens.colour(ground))
    painter.setPen(tokens.colour(ink))
    painter.setFont(layout.button_font)
    painter.drawText(layout.button, Qt.AlignmentFlag.AlignCenter, content_button.label)


def _button_colours(button: Button) -> tuple[str, str]:
    """What has to be seen or fired before is no step of the kitchen: it has no colour of one."""
    if button.act is Act.SEE:
        return "text", "ground"
    if button.act is Act.FIRE:
        return "raised", "text"
    return ("done", "on_done") if button.gives_out else ("next_act", "on_next_act")


def _foot_notes(
    painter: QPainter, layout: CardLayout, m: Measures, tokens: Tokens, ratio: float
) -> None:
    for note, place in _foot_places(layout, m):
        if note.due_at is None:
            _foot_note(painter, note, note.text, place, m, tokens, ratio)


def _foot_places(layout: CardLayout, m: Measures) -> list[tuple[FootNote, QRect]]:
    foot = layout.foot
    if foot is None or not layout.foot_notes:
        return []
    left = m.px(LEFT_PX)
    inner = foot.adjusted(left, 2, -m.px(6), -2)
    high = inner.height() // len(layout.foot_notes)
    return [
        (note, QRect(inner.left(), inner.top() + place * high, inner.width(), high))
        for place, note in enumerate(layout.foot_notes)
    ]


def _foot_note(
    painter: QPainter,
    note: FootNote,
    text: str,
    place: QRect,
    m: Measures,
    tokens: Tokens,
    ratio: float,
) -> None:
    face = note_face(note, m)
    colour = {Tone.QUIET: "second", Tone.STRONG: "text", Tone.BAD: "failure_text"}[note.tone]
    icon_px, gap = m.px(NOTE_ICON_PX), m.px(NOTE_GAP_PX)
    room = note_room(note, place.width(), m)
    rows = rows_of(text, face, room)
    high = rows * line_height(face)
    wide = min(room, width_of(text, face)) if rows == 1 else room
    x, y = place.left(), place.center().y() - high // 2
    if note.tone is Tone.BAD:
        ground = QRect(x, y - m.px(5), wide + icon_px + gap + m.px(16), high + m.px(10))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour("failure_ground"))
        painter.drawRoundedRect(ground, m.px(8), m.px(8))
        x += m.px(8)
    pixmap = icon_pixmap(note.icon, getattr(tokens, colour), icon_px, ratio)
    painter.drawPixmap(QPoint(x, y + (line_height(face) - icon_px) // 2), pixmap)
    painter.setFont(face)
    painter.setPen(tokens.colour(colour))
    painter.drawText(QRectF(x + icon_px + gap, y, max(wide, room) + 2, high), text, WRAPPED)


def live(
    painter: QPainter,
    layout: CardLayout,
    at: QPoint,
    standing: Standing,
    now: Instant,
    m: Measures,
    tokens: Tokens,
    ratio: float,
) -> None:
    """Clock, band word and count-down, on a card whose body has been painted at `at`."""
    painter.setOpacity(HELD_OPACITY if layout.content.held else 1.0)
    clock = layout.clock.translated(at)
    clock_colour, word_colour = _BAND_COLOURS[standing.band]
    painter.setPen(tokens.colour(clock_colour))
    painter.setFont(m.clock)
    right = Qt.AlignmentFlag.AlignRight
    painter.drawText(clock, right | Qt.AlignmentFlag.AlignTop, wording.clock(standing.age_ms))
    word = wording.band(standing)
    painter.setPen(tokens.colour(word_colour))
    painter.setFont(m.band)
    painter.drawText(clock, right | Qt.AlignmentFlag.AlignBottom, word)
    middle = clock.bottom() - line_height(m.band) / 2 + 1
    x = clock.right() - width_of(word, m.band) - m.px(10)
    _shape(painter, standing.band, QPointF(x, middle), m.px(11), tokens.colour(word_colour))
    painter.setOpacity(1.0)
    for note, place in _foot_places(layout, m):
        if note.due_at is not None:
            text = wording.foot_text(note, now)
            _foot_note(painter, note, text, place.translated(at), m, tokens, ratio)


def _shape(painter: QPainter, band: Band, middle: QPointF, size: int, colour: QColor) -> None:
    """Circle, diamond or triangle: bands differ without colour."""
    half = size / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if band is Band.ON_TIME:
        painter.drawEllipse(middle, half * 0.8, half * 0.8)
        return
    x, y = middle.x(), middle.y()
    if band is Band.SOON:
        corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    else:
        corners = [(x, y - half), (x + half, y + half * 0.8), (x - half, y + half * 0.8)]
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))


def live_areas(layout: CardLayout) -> list[QRect]:
    """What `live` paints over, for repaints that touch nothing else."""
    areas = [layout.clock]
    if layout.foot is not None and any(note.due_at is not None for note in layout.foot_notes):
        areas.append(layout.foot)
    return areas
