"""Line icons in whatever colour a theme asks for, sharp at any scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pos_app.paths import resources

DRAWN_IN = ("#000", "currentColor")
LARGEST_PX = 96


@cache
def _drawing(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def icon(name: str, colour: str, chosen_colour: str | None = None) -> QIcon:
    """The icon `name` in `colour`; in `chosen_colour` where its button is checked."""
    made = QIcon()
    made.addPixmap(_pixmap(name, colour), QIcon.Mode.Normal, QIcon.State.Off)
    if chosen_colour is not None:
        made.addPixmap(_pixmap(name, chosen_colour), QIcon.Mode.Normal, QIcon.State.On)
    return made


def program_icon() -> QIcon:
    """The program's own, for its windows in the desktop's bar: the page's icon."""
    drawing = (resources() / "web" / "assets" / "icon.svg").read_text(encoding="utf-8")
    return QIcon(_painted(drawing))


def _pixmap(name: str, colour: str) -> QPixmap:
    drawing = _drawing(name)
    for ink in DRAWN_IN:
        drawing = drawing.replace(ink, colour)
    return _painted(drawing)


def _painted(drawing: str) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    pixmap = QPixmap(LARGEST_PX, LARGEST_PX)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, LARGEST_PX, LARGEST_PX))
    painter.end()
    return pixmap
