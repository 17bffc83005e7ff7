"""What stands on the application's windows and where: looked up by name, never touched.

`NAME` is a widget's object name. A ticket is `card:A43:button` on pass and kitchen; in the
kitchen `card:A43:start` is that button only while it says so (`start`, `ready`, `see`, `fire`),
and `card:A43:more` is its ⋯; on the pass `card:A43:head` is what opens its details.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from ui.board.content import Content as PassContent
from ui.board.layout import CardLayout
from ui.board.model import ColumnModel
from ui.board.view import ColumnView
from ui.guest.panel import Panel
from ui.kitchen.card import Card as KitchenCard
from ui.kitchen.content import Content as KitchenContent
from ui.kitchen.grid import Grid

Row = tuple[str, str, int, int]
"""A ticket's number, what its button does, and the middle of the button."""


def place(name: str) -> QRect | None:
    """Where the visible, enabled part `name` stands on the screen."""
    if name.startswith("card:"):
        _, number, part = name.split(":")
        return _of_card(number, part)
    for widget in _named(name):
        if widget.isEnabled():
            return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())
    return None


def words(name: str) -> str | None:
    """What a visible part says; of `card:A43` everything that stands on the ticket."""
    if name.startswith("card:"):
        number = name.split(":")[1]
        said = [_spoken(content) for content in _contents() if content.number == number]
        return said[0] if said else None
    found = next(_named(name), None)
    return None if found is None else _said(found)


def rows() -> list[Row]:
    """Every ticket whose button is in sight, in reading order."""
    found = []
    for number, act, where in _buttons():
        found.append((number, act, where.center().x(), where.center().y()))
    return found


def _named(name: str) -> Iterator[QWidget]:
    # Qt looks for names itself: a hand asks fifty times a second, and the till has to answer it.
    for top in QApplication.topLevelWidgets():
        of_it = top.findChildren(QWidget, name)
        for widget in [top, *of_it] if top.objectName() == name else of_it:
            if widget.isVisible() and not widget.visibleRegion().isEmpty():
                yield widget


def _visible(kind: type[QWidget]) -> list[QWidget]:
    widgets = [w for top in QApplication.topLevelWidgets() for w in (top, *top.findChildren(kind))]
    return [w for w in widgets if isinstance(w, kind) and w.isVisible()]


def _said(widget: QWidget) -> str:
    if isinstance(widget, Panel):
        return " ".join(entry.number for entry in widget.entries)
    if isinstance(widget, QAbstractButton) and widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QLabel | QLineEdit | QAbstractButton):
        return widget.text()
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return " ".join([widget.accessibleName(), *labels]).strip()


def _spoken(content: object) -> str:
    if isinstance(content, PassContent):
        return ". ".join([content.spoken, *(note.text for note in content.foot)])
    return str(getattr(content, "spoken", ""))


def _contents() -> Iterator[PassContent | KitchenContent]:
    for _cell, card in _cells():
        yield card.content
    for _at, layout in _layouts():
        yield layout.content


def _of_card(number: str, part: str) -> QRect | None:
    for at, card in _cells():
        known = {"button": card.button, card.content.act.value: card.button, "more": card.more}
        inside = known.get(part)
        if card.content.number == number and inside is not None:
            return inside.translated(at)
    for at, layout in _layouts():
        inside = {"button": layout.button, "head": layout.head}.get(part)
        if layout.content.number == number and inside is not None:
            return inside.translated(at)
    return None


def _buttons() -> Iterator[tuple[str, str, QRect]]:
    for at, card in _cells():
        if card.button is not None:
            yield card.content.number, card.content.act.value, card.button.translated(at)
    for at, layout in _layouts():
        button = layout.content.button
        if layout.button is not None and button is not None:
            yield layout.content.number, button.label, layout.button.translated(at)


def _cells() -> Iterator[tuple[QPoint, KitchenCard]]:
    """The kitchen's cards and where each begins."""
    for grid in _visible(Grid):
        if isinstance(grid, Grid):
            for cell in grid.shown:
                yield grid.mapToGlobal(cell.place.topLeft()), cell.card


def _layouts() -> Iterator[tuple[QPoint, CardLayout]]:
    """The pass's cards whose button can be seen, and where each begins."""
    for view in _visible(ColumnView):
        model = view.model() if isinstance(view, ColumnView) else None
        if not isinstance(view, ColumnView) or not isinstance(model, ColumnModel):
            continue
        room = view.viewport().rect()
        for row, slot in enumerate(model.slots):
            at = view.visualRect(model.index(row)).topLeft()
            touched = slot.layout.button or slot.layout.head
            if room.contains(touched.translated(at).center()):
                yield view.viewport().mapToGlobal(at), slot.layout
