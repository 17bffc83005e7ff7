"""Buttons, labels and rows as every screen makes them: a role, a name, a size for fingers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.theme import measure


class TouchButton(QPushButton):
    """A button whose text wraps to a second line before it would be cut."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def setText(self, text: str) -> None:
        # In Qt an ampersand makes a shortcut; people's names have ampersands too.
        super().setText(text.replace("&", "&&"))
        self.setAccessibleName(text.replace("\n", " "))

    def sizeHint(self) -> QSize:
        least = measure().target_px
        return super().sizeHint().expandedTo(QSize(least, least))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def button(
    text: str,
    name: str,
    act: Callable[[], object] | None = None,
    *,
    role: str = "",
    checkable: bool = False,
) -> TouchButton:
    """A button with its stable object name and what it does."""
    made = TouchButton(text)
    made.setObjectName(name)
    made.setCheckable(checkable)
    if role:
        made.setProperty("role", role)
    if act is not None:
        made.clicked.connect(lambda *_args: act())
    return made


def label(text: str, role: str = "", name: str = "", *, wrap: bool = False) -> QLabel:
    """Plain text, never markup: what guests type is shown as it is."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if name:
        made.setObjectName(name)
    return made


def rule() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("role", "rule")
    made.setFixedHeight(1)
    return made


def frame(role: str, name: str = "") -> QFrame:
    made = QFrame()
    made.setProperty("role", role)
    made.setObjectName(name)
    return made


def column(
    parent: QWidget | None = None,
    *,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    gap: int = 8,
) -> QVBoxLayout:
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setContentsMargins(*margins)
    made.setSpacing(gap)
    return made


def row(
    parent: QWidget | None = None,
    *,
    margins: tuple[int, int, int, int] = (0, 0, 0, 0),
    gap: int = 8,
) -> QHBoxLayout:
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setContentsMargins(*margins)
    made.setSpacing(gap)
    return made


def scroll(content: QWidget) -> QScrollArea:
    """`content`, scrolled upwards and downwards only."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(content)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of `layout` and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)
