"""The buttons that move something one place up or down."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize

from ui.icons import icon
from ui.theme import measure, tokens
from ui.widgets.parts import TouchButton, button
from ui.words import _

ICON_PX = 20


def arrows(name: str, what: str, move: Callable[[int], object]) -> list[TouchButton]:
    """`name_up` and `name_down`; `what` is said to who cannot see them."""
    up, down = _("Up: {what}"), _("Down: {what}")
    return [
        _arrow(f"{name}_up", "up", up.format(what=what), lambda: move(-1)),
        _arrow(f"{name}_down", "down", down.format(what=what), lambda: move(1)),
    ]


def _arrow(name: str, drawing: str, spoken: str, act: Callable[[], object]) -> TouchButton:
    made = button("", name, act, role="quiet")
    made.setIcon(icon(drawing, tokens("light").second))
    made.setIconSize(QSize(ICON_PX, ICON_PX))
    made.setAccessibleName(spoken)
    made.setFixedWidth(measure().target_px)
    return made
