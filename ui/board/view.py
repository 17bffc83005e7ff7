"""One column's list: touches and keys become acts, clocks repaint alone."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from pos_app.clock import Clock
from pos_app.domain.board import standing
from ui.board.content import Content
from ui.board.delegate import Area, CardDelegate, Pressed
from ui.board.layout import CardLayout
from ui.board.model import ColumnModel
from ui.board.painter import live_areas
from ui.board.slots import GAP_PX
from ui.board.touch import TouchGuard

_PREPARED = 2
_ACT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)

_MOVE_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


class ColumnView(QListView):
    """`act_wanted` carries the content that the person saw, `line_wanted` a line's id too."""

    act_wanted = Signal(object)
    line_wanted = Signal(int, int, bool)
    head_wanted = Signal(int)
    sideways = Signal(int)
    room_changed = Signal()

    def __init__(
        self,
        model: ColumnModel,
        delegate: CardDelegate,
        guard: TouchGuard,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._column = model
        self._cards = delegate
        self._guard = guard
        self._clock = clock
        self.empty_words = ""
        self.empty_colour = QColor()
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.verticalScrollBar().setSingleStep(48)

    # What the finger does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() is Qt.MouseButton.LeftButton:
            self._press(self._under(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # Two fast touches are two touches; whether the second counts is the guard's decision.
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # A finger that slides off takes its press back, and nothing is ever dragged.
        if self._cards.pressed is not None and self._under(_at(event)) != self._cards.pressed:
            self._press(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed = self._cards.pressed
        rows = self._column.rows_of(pressed.order_id) if pressed is not None else range(0)
        if pressed is None or not rows or self._under(_at(event)) != pressed:
            self._press(None)
            return
        layout = self._column.slots[rows[pressed.part - 1]].layout
        spot = event.globalPosition().toPoint()
        if pressed.area is Area.BUTTON and self._bump(layout.content, spot):
            # The button stays pressed until its ticket moves: nothing to repaint.
            self._cards.pressed = None
            return
        self._press(None)
        if pressed.area is Area.BUTTON:
            return
        if pressed.area is Area.LINE:
            self._check_off(layout, pressed.line_id)
        else:
            self.head_wanted.emit(pressed.order_id)

    def _bump(self, content: Content, spot: QPoint) -> bool:
        """False when the touch cannot have been meant."""
        button = (content.order.id, content.phase)
        if not self._guard.has_settled(button) or self._guard.is_second_touch(spot):
            return False
        self._guard.touched(spot)
        self.act_wanted.emit(content)
        return True

    def _check_off(self, layout: CardLayout, line_id: int) -> None:
        line = next(line for line in layout.lines if line.line_id == line_id)
        if self._guard.has_settled(line_id):
            self.line_wanted.emit(layout.content.order.id, line_id, not line.made)

    def _press(self, pressed: Pressed | None) -> None:
        before = self._cards.pressed
        self._cards.pressed = pressed
        for changed in (before, pressed):
            if changed is not None:
                self._repaint_pressed(changed)

    def _repaint_pressed(self, pressed: Pressed) -> None:
        rows = self._column.rows_of(pressed.order_id)
        if not rows:
            return
        row = rows[min(pressed.part, len(rows)) - 1]
        layout = self._column.slots[row].layout
        at = self.visualRect(self._column.index(row)).topLeft()
        place = layout.button if pressed.area is Area.BUTTON else layout.head
        for line in layout.lines:
            if pressed.area is Area.LINE and line.line_id == pressed.line_id:
                place = line.place
        if place is not None:
            self.viewport().update(place.translated(at))

    def _under(self, at: QPoint) -> Pressed | None:
        index = self.indexAt(at)
        if not index.isValid():
            return None
        layout = self._column.slots[index.row()].layout
        inside = at - self.visualRect(index).topLeft()
        order_id = layout.content.order.id
        if layout.button is not None and layout.button.contains(inside):
            return Pressed(order_id, layout.part, Area.BUTTON)
        for line in layout.lines:
            if line.place.contains(inside):
                return Pressed(order_id, layout.part, Area.LINE, line.line_id)
        if layout.head.contains(inside):
            return Pressed(order_id, layout.part, Area.HEAD)
        return None

    # What the keys do

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _ACT_KEYS:
            if not event.isAutoRepeat():
                self._bump_current()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.sideways.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in _MOVE_KEYS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._choose_first()

    def take_keys(self) -> None:
        """The keys walk this column from now on."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self._choose_first()

    def _choose_first(self) -> None:
        if not self.currentIndex().isValid() and self._column.slots:
            self.setCurrentIndex(self._column.index(0))

    def _bump_current(self) -> None:
        index = self.currentIndex()
        if not index.isValid():
            return
        layout = self._column.slots[index.row()].layout
        if layout.content.button is not None:
            inside = layout.button if layout.button is not None else QRect()
            spot = self.visualRect(index).topLeft() + inside.center()
            if self._bump(layout.content, self.viewport().mapToGlobal(spot)):
                self.repaint_ticket(layout.content.order.id)

    # What is on the screen

    def prepare_next(self) -> None:
        """Paint the bodies that slide into view next, while nobody waits."""
        rows = self.visible_rows()
        now, ratio = self._clock.now(), self.devicePixelRatioF()
        for slot in self._column.slots[rows.stop : rows.stop + _PREPARED]:
            self._cards.body(
                slot, standing(slot.layout.content.order, now, self._cards.limits), ratio
            )

    def visible_rows(self) -> range:
        """Rows of which at least a part is in view."""
        first = self.indexAt(QPoint(4, 1))
        if not first.isValid():
            return range(0)
        bottom = self.viewport().height()
        y = self.visualRect(first).top()
        row = first.row()
        while row < len(self._column.slots) and y < bottom:
            y += self._column.slots[row].layout.height + GAP_PX
            row += 1
        return range(first.row(), row)

    def tick(self) -> None:
        """Repaint the clocks in view; a card whose band changed as a whole."""
        now = self._clock.now()
        for row in self.visible_rows():
            slot = self._column.slots[row]
            place = self.visualRect(self._column.index(row))
            stands = standing(slot.layout.content.order, now, self._cards.limits)
            if slot.body_band is not stands.band:
                self.viewport().update(place)
                continue
            for area in live_areas(slot.layout):
                self.viewport().update(area.translated(place.topLeft()))

    def repaint_ticket(self, order_id: int) -> None:
        for row in self._column.rows_of(order_id):
            self.update(self._column.index(row))

    def hidden(self) -> tuple[int, int]:
        """How many tickets begin above the view, and how many end below it."""
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        above = below = y = 0
        for slot in self._column.slots:
            layout = slot.layout
            if layout.part == 1 and y < top:
                above += 1
            y += layout.height + GAP_PX
            if layout.part == layout.parts and y - GAP_PX > bottom:
                below += 1
        return above, below

    def show_more(self) -> None:
        """One view further down: the first ticket that was cut stands on top then."""
        bar = self.verticalScrollBar()
        bottom = bar.value() + self.viewport().height()
        y = 0
        for slot in self._column.slots:
            end = y + slot.layout.height
            if end > bottom and y > bar.value():
                bar.setValue(y)
                return
            y = end + GAP_PX
        bar.setValue(bar.maximum())

    def show_first(self) -> None:
        self.verticalScrollBar().setValue(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._column.slots:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        painter.setPen(self.empty_colour)
        place = self.viewport().rect().adjusted(2, 6, -8, 0)
        painter.drawText(place, Qt.TextFlag.TextWordWrap, self.empty_words)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.room_changed.emit()

    def current_order_id(self) -> int | None:
        index: QModelIndex = self.currentIndex()
        return self._column.slots[index.row()].order_id if index.isValid() else None


def _at(event: QMouseEvent) -> QPoint:
    return event.position().toPoint()
