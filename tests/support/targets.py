"""What of a window a finger can touch, measured: how large it is, how far from its neighbour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from ui.board.drawer import Drawer
from ui.board.screen import BoardScreen
from ui.kitchen.screen import KitchenScreen
from ui.widgets.sheet import Sheet
from ui.widgets.tick import Tick

TARGET_PX, ACT_PX, GAP_PX = 48, 60, 8
_EDGE_PX = 14
_TOUCHED = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractSpinBox, Tick)


@dataclass(frozen=True, slots=True)
class Target:
    """`place` is what of it is in sight, `size` its whole; `row` stands in a list of such rows.

    `layer` is the sheet or drawer that it lies on: what looks out beneath is no neighbour.
    `is_act` is a card's own button: hit at arm's length, in gloves.
    """

    name: str
    place: QRect
    width: int
    height: int
    is_act: bool = False
    row: str = ""
    layer: str = ""


def targets(window: QWidget) -> list[Target]:
    """What can be touched now; what lies under a sheet cannot."""
    return [*_widgets(window), *_board_cards(window), *_kitchen_cards(window)]


def too_small(found: list[Target]) -> list[str]:
    said = []
    for target in found:
        least = ACT_PX if target.is_act else TARGET_PX
        if min(target.width, target.height) < least:
            said.append(f"{target.name} is {target.width}×{target.height}")
    return said


def too_near(found: list[Target]) -> list[str]:
    """Neighbours with less than the gap between them. Rows of one list may touch each other."""
    said = []
    for one, other in combinations(found, 2):
        if (one.row and one.row == other.row) or one.layer != other.layer:
            continue
        gap = _gap(one.place, other.place)
        if gap < GAP_PX:
            said.append(f"{one.name} and {other.name} are {gap} px apart")
    return said


def _gap(one: QRect, other: QRect) -> int:
    across = max(other.left() - one.right() - 1, one.left() - other.right() - 1, 0)
    down = max(other.top() - one.bottom() - 1, one.top() - other.bottom() - 1, 0)
    return max(across, down)


def _widgets(window: QWidget) -> Iterator[Target]:
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, _TOUCHED) or not widget.isVisible():
            continue
        if isinstance(widget.parentWidget(), QComboBox | Tick | QAbstractSpinBox):
            continue
        inside = isinstance(widget.parentWidget(), QLineEdit)
        region = widget.visibleRegion().boundingRect()
        if region.isEmpty() or not _is_on_top(widget, region, window):
            continue
        place = QRect(widget.mapTo(window, region.topLeft()), region.size())
        name = widget.objectName() or type(widget).__name__
        if isinstance(widget, Tick):
            name = widget.findChildren(QAbstractButton)[0].objectName()
        row = f"field {id(widget.parentWidget())}" if inside else _list_of(widget)
        if isinstance(widget, QLineEdit) and widget.findChild(QAbstractButton) is not None:
            row = f"field {id(widget)}"
        yield Target(name, place, widget.width(), widget.height(), False, row, _layer(widget))


def _is_on_top(widget: QWidget, region: QRect, window: QWidget) -> bool:
    middle = widget.mapTo(window, region.center())
    top = window.childAt(middle)
    while top is not None and top is not widget:
        top = top.parentWidget()
    return top is widget


def _layer(widget: QWidget) -> str:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, Sheet | Drawer):
        parent = parent.parentWidget()
    return parent.objectName() if parent is not None else ""


def _list_of(widget: QWidget) -> str:
    """Rows that fill a scrolled list from side to side, as in any list."""
    parent = widget.parentWidget()
    area = parent.parentWidget() if parent is not None else None
    scrolled = area is not None and isinstance(area.parentWidget(), QScrollArea)
    if parent is None or not scrolled or widget.width() < parent.width() - 2 * _EDGE_PX:
        return ""
    return f"list {id(parent)}"


def _board_cards(window: QWidget) -> Iterator[Target]:
    boards = (window, *window.findChildren(BoardScreen))
    for board in (b for b in boards if isinstance(b, BoardScreen) and b.isVisible()):
        for column in board.columns.all:
            view = column.view
            for row, slot in enumerate(column.model.slots):
                at = view.visualRect(column.model.index(row))
                if not at.isValid() or not view.viewport().rect().intersects(at):
                    continue
                layout, number = slot.layout, slot.layout.content.order.number
                corner = view.viewport().mapTo(window, at.topLeft())
                sight = QRect(view.viewport().mapTo(window, QPoint(0, 0)), view.viewport().size())
                places = [(f"line of {number}", line.place, False) for line in layout.lines]
                if layout.button is not None:
                    places.append((f"act of {number}", layout.button, True))
                yield from _painted(places, corner, sight, f"card {number}/{layout.part}")


def _kitchen_cards(window: QWidget) -> Iterator[Target]:
    kitchens = (window, *window.findChildren(KitchenScreen))
    for kitchen in (k for k in kitchens if isinstance(k, KitchenScreen) and k.isVisible()):
        grid = kitchen.grid
        for cell in grid.shown:
            card, number = cell.card, cell.card.content.number
            corner = grid.mapTo(window, cell.place.topLeft())
            places = [(f"line of {number}", line.place, False) for line in card.lines]
            for name, place in (("act", card.button), ("more", card.more)):
                if place is not None:
                    places.append((f"{name} of {number}", place, True))
            yield from _painted(places, corner, window.rect(), f"card {number}/{card.part}")
        if grid.sign is not None:
            signs = (("back", grid.sign.back), ("show", grid.sign.show))
            places = [(name, place, True) for name, place in signs if place is not None]
            corner = grid.mapTo(window, QPoint(0, 0))
            yield from _painted(places, corner, window.rect(), "sign")


def _painted(
    places: list[tuple[str, QRect, bool]], corner: QPoint, sight: QRect, row: str
) -> Iterator[Target]:
    """Parts of one card are a list: its lines and its foot stand below each other without gaps."""
    for name, place, is_act in places:
        there = place.translated(corner).intersected(sight)
        if not there.isEmpty():
            yield Target(name, there, place.width(), place.height(), is_act, row)
