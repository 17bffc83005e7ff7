"""What every window wears: the shipped font and Qt's own palette."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from pos_app.fonts import load_fonts
from ui import theme
from ui.icons import program_icon

BODY_PX = 15
DRESSED = "orderbell_dressed"


def dress() -> None:
    """The shipped font and Qt's own palette for every window. Costly, so done once."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("windows need a QApplication")
    if app.property(DRESSED):
        return
    app.setProperty(DRESSED, True)
    font = QFont(load_fonts())
    font.setPixelSize(BODY_PX)
    app.setApplicationName("orderbell")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("orderbell")
    app.setWindowIcon(program_icon())
    app.setStyle("Fusion")
    app.setFont(font)
    app.setPalette(theme.palette(theme.tokens("light")))
