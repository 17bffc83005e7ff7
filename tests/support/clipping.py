"""What a person could not read: texts wider or higher than their place, widgets out of sight."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

_ROUNDING_PX = 1


def texts(window: QWidget) -> list[str]:
    """Everything that visible widgets say."""
    return [said for widget in _visible(window) if (said := _said(widget))]


def _said(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text().replace("&&", "&")
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QLineEdit) and not widget.text():
        return widget.placeholderText()
    return ""


def clipped(window: QWidget) -> list[str]:
    """Each text that does not fit, each widget that hangs out of its parents: said in a line."""
    found = []
    for widget in _visible(window):
        said = _said(widget)
        name = f"{widget.objectName() or type(widget).__name__} “{said}”"
        if said and not _fits(widget, said):
            found.append(f"{name} does not fit into {widget.width()}×{widget.height()}")
        elif said and _hangs_out(widget, window):
            found.append(f"{name} hangs out of its place")
    return found


def _visible(window: QWidget) -> Iterator[QWidget]:
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisible() and widget.width() > 0 and widget.height() > 0:
            yield widget


def _fits(widget: QWidget, said: str) -> bool:
    if isinstance(widget, QLabel):
        return _label_fits(widget, said)
    if isinstance(widget, QPushButton) and "\n" not in said:
        # Own painting asks for its own room; a plain button must have what its style asks.
        painted = type(widget).paintEvent is not QPushButton.paintEvent
        wrapped = type(widget).minimumSizeHint is not QPushButton.minimumSizeHint
        if painted and not wrapped:
            return True
        needed = QPushButton.sizeHint(widget)
        return needed.width() <= widget.width() + _ROUNDING_PX
    if isinstance(widget, QComboBox | QAbstractButton):
        return widget.minimumSizeHint().width() <= widget.width() + _ROUNDING_PX
    if isinstance(widget, QLineEdit):
        room = widget.contentsRect().width() - 2 * widget.textMargins().left()
        return widget.fontMetrics().horizontalAdvance(said) <= room
    return True


def _label_fits(label: QLabel, said: str) -> bool:
    room = label.contentsRect()
    flags = int(label.alignment())
    if label.wordWrap():
        flags |= int(Qt.TextFlag.TextWordWrap)
    needed = label.fontMetrics().boundingRect(QRect(0, 0, room.width(), 10_000), flags, said)
    return (
        needed.width() <= room.width() + _ROUNDING_PX
        and needed.height() <= room.height() + _ROUNDING_PX
    )


def _hangs_out(widget: QWidget, window: QWidget) -> bool:
    """Outside of a parent that does not scroll."""
    parent = widget.parentWidget()
    while parent is not None and parent is not window.parentWidget():
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            # What scrolls may lie further down, but nobody scrolls sideways.
            left = widget.mapTo(parent, QPoint(0, 0)).x()
            return left < 0 or left + widget.width() > parent.width() + _ROUNDING_PX
        place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
        if not parent.rect().adjusted(-1, -1, 1, 1).contains(place):
            return True
        parent = parent.parentWidget()
    return False
