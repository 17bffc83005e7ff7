"""A finger on the grid: what it presses, and whether that can have been meant.

Nothing is ever dragged, held long or tapped twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent

from ui.board.touch import TouchGuard
from ui.kitchen.card import Card
from ui.kitchen.flow import Cell

if TYPE_CHECKING:
    from ui.kitchen.grid import Grid


class Target(Enum):
    """What a finger can be on."""

    BUTTON = "button"
    MORE = "more"
    LINE = "line"
    HEAD = "head"
    SHOW = "show"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Spot:
    """What is under a finger now. Signs belong to no order: their `order_id` is 0."""

    target: Target
    order_id: int = 0
    part: int = 0
    line_id: int = 0


class Finger(QObject):
    """Turns touches of the grid into its signals. `pressed` is shown until the finger leaves."""

    def __init__(self, grid: Grid, guard: TouchGuard) -> None:
        super().__init__(grid)
        self._grid = grid
        self._guard = guard
        self._known: set[tuple[object, ...]] = set()
        self.pressed: Spot | None = None
        grid.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        at = event.position().toPoint()
        # Two fast touches are two touches; whether the second counts is the guard's decision.
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            if event.button() is Qt.MouseButton.LeftButton:
                self._press(self._under(at))
        elif event.type() is QEvent.Type.MouseMove:
            # A finger that slides off takes its press back.
            if self.pressed is not None and self._under(at) != self.pressed:
                self._press(None)
        elif event.type() is QEvent.Type.MouseButtonRelease:
            self._release(at)
        return True

    def note_places(self, cells: Iterable[Cell]) -> None:
        """Where buttons and lines stand from now on."""
        known = set()
        for cell in cells:
            for key, place in _touchable(cell.card):
                known.add(key)
                self._guard.painted(key, place.translated(cell.place.topLeft()))
        for gone in self._known - known:
            self._guard.forget(gone)
        self._known = known

    def act(self, card: Card, spot: QPoint) -> None:
        """The card's act, unless the touch cannot have been meant."""
        spot = self._grid.mapToGlobal(spot)
        if not self._guard.has_settled(_button_key(card)) or self._guard.is_second_touch(spot):
            return
        self._guard.touched(spot)
        self._grid.act_wanted.emit(card.content)

    def _release(self, at: QPoint) -> None:
        pressed = self.pressed
        self._press(None)
        if pressed is None or self._under(at) != pressed:
            return
        if pressed.target is Target.SHOW:
            self._grid.show_page(self._grid.page + 1)
            return
        if pressed.target is Target.BACK:
            self._grid.show_page(self._grid.page - 1)
            return
        card = next(
            c.card
            for c in self._grid.shown
            if (c.card.content.order.id, c.card.part) == (pressed.order_id, pressed.part)
        )
        if pressed.target is Target.BUTTON:
            self.act(card, at)
        elif pressed.target is Target.LINE:
            self._check_off(card, pressed.line_id)
        elif self._guard.has_settled((card.content.order.id, "more")) or card.more is None:
            self._grid.more_wanted.emit(card.content)

    def _check_off(self, card: Card, line_id: int) -> None:
        line = next(line for line in card.lines if line.line_id == line_id)
        if self._guard.has_settled(("line", line_id)):
            self._grid.line_wanted.emit(card.content.order.id, line_id, not line.made)

    def _press(self, spot: Spot | None) -> None:
        before, self.pressed = self.pressed, spot
        for changed in (before, spot):
            if changed is not None and changed.order_id:
                self._grid.repaint_ticket(changed.order_id)
            elif changed is not None and self._grid.sign is not None:
                self._grid.update(self._grid.sign.place)

    def _under(self, at: QPoint) -> Spot | None:
        sign = self._grid.sign
        if sign is not None:
            for target, place in ((Target.SHOW, sign.show), (Target.BACK, sign.back)):
                if place is not None and place.contains(at):
                    return Spot(target)
        for cell in self._grid.shown:
            if cell.place.contains(at):
                return _on_card(cell.card, at - cell.place.topLeft())
        return None


def _on_card(card: Card, inside: QPoint) -> Spot | None:
    order_id = card.content.order.id
    if card.button is not None and card.button.contains(inside):
        return Spot(Target.BUTTON, order_id, card.part)
    if card.more is not None and card.more.contains(inside):
        return Spot(Target.MORE, order_id, card.part)
    for line in card.lines:
        if line.place.contains(inside):
            return Spot(Target.LINE, order_id, card.part, line.line_id)
    return Spot(Target.HEAD, order_id, card.part) if card.head.contains(inside) else None


def _button_key(card: Card) -> tuple[object, ...]:
    # Another act on the same spot is another button.
    return (card.content.order.id, card.content.act)


def _touchable(card: Card) -> Iterator[tuple[tuple[object, ...], QRect]]:
    order_id = card.content.order.id
    if card.button is not None and card.more is not None:
        yield _button_key(card), card.button
        yield (order_id, "more"), card.more
    for line in card.lines:
        yield ("line", line.line_id), line.place
