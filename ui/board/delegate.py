"""Puts cards on the screen: a painted body, and on it what changes each second."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos_app.clock import Clock
from pos_app.domain.board import StageLimits, Standing, standing
from ui.board import painter as cards
from ui.board.layout import CardLayout
from ui.board.measures import measures
from ui.board.model import ColumnModel
from ui.board.slots import Bodies, Slot
from ui.board.touch import TouchGuard
from ui.theme import Tokens

_Index = QModelIndex | QPersistentModelIndex


_PRESSED = QColor(255, 255, 255, 70)


class Area(Enum):
    """What of a card a finger can be on."""

    BUTTON = "button"
    LINE = "line"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Pressed:
    """What is under a finger now: it is shown until the finger leaves."""

    order_id: int
    part: int
    area: Area
    line_id: int = 0


class CardDelegate(QStyledItemDelegate):
    """`in_hand` holds the orders whose bump is under way: their button stays pressed."""

    def __init__(
        self, model: ColumnModel, clock: Clock, tokens: Tokens, guard: TouchGuard, bodies: Bodies
    ) -> None:
        super().__init__()
        self._model = model
        self._clock = clock
        self._tokens = tokens
        self._guard = guard
        self._bodies = bodies
        self.limits = StageLimits()
        self.measures = measures(1.0)
        self.pressed: Pressed | None = None
        self.in_hand: set[int] = set()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self._model.slots[index.row()].size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        slot = self._model.slots[index.row()]
        layout = slot.layout
        place: QRect = option.rect
        at = place.topLeft()
        now = self._clock.now()
        stands = standing(layout.content.order, now, self.limits)
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        painter.drawPixmap(at, self.body(slot, stands, ratio))
        slot.body_band = stands.band
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cards.live(painter, layout, at, stands, now, self.measures, self._tokens, ratio)
        self._touches(painter, layout, at)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._tokens.colour("text"), 3))
            painter.drawPath(cards.card_outline(layout, at, inset=1.5))
        self._note_places(layout, at)

    def body(self, slot: Slot, stands: Standing, ratio: float) -> QPixmap:
        """The painted body of a card, from memory where it is there."""
        body = self._bodies.get(slot, stands.band, ratio)
        if body is None:
            body = cards.body(slot.layout, stands.band, self.measures, self._tokens, ratio)
            self._bodies.keep(slot, stands.band, ratio, body)
        return body

    def _touches(self, painter: QPainter, layout: CardLayout, at: QPoint) -> None:
        """The press that a finger sees, and the button whose act is under way."""
        order_id = layout.content.order.id
        if layout.button is not None and order_id in self.in_hand:
            self._shade(painter, layout, layout.button, at, _PRESSED)
            return
        pressed = self.pressed
        if pressed is None or (pressed.order_id, pressed.part) != (order_id, layout.part):
            return
        if pressed.area is Area.BUTTON and layout.button is not None:
            self._shade(painter, layout, layout.button, at, _PRESSED)
        elif pressed.area is Area.HEAD:
            self._shade(painter, layout, layout.head, at, QColor(255, 255, 255, 22))
        for line in layout.lines:
            if pressed.area is Area.LINE and line.line_id == pressed.line_id:
                self._shade(painter, layout, line.place, at, QColor(255, 255, 255, 32))

    @staticmethod
    def _shade(
        painter: QPainter, layout: CardLayout, place: QRect, at: QPoint, shade: QColor
    ) -> None:
        area = QPainterPath()
        area.addRect(QRectF(place.translated(at)))
        painter.fillPath(area.intersected(cards.card_outline(layout, at)), shade)

    def _note_places(self, layout: CardLayout, at: QPoint) -> None:
        content = layout.content
        if layout.button is not None:
            self._guard.painted((content.order.id, content.phase), layout.button.translated(at))
        for line in layout.lines:
            self._guard.painted(line.line_id, line.place.translated(at))
