"""In what room each screen of the window is whole: with less of it the window is scrolled."""

from __future__ import annotations

from PySide6.QtCore import QSize

from ui.evenings import CATCH_UP, CLOSE_DAY

SMALLEST_PX = (640, 360)
# Beside the rail and below the strip. The counter and the board stand whole, or nearly, on a
# monitor of 1920 × 1080 at two device pixels per pixel.
NEEDED_PX = {
    "counter": QSize(872, 490),
    "messages": QSize(872, 490),
    "board": QSize(872, 600),
    "dispatch": QSize(936, 500),
    "orders": QSize(1120, 500),
    "settings": QSize(1000, 500),
    "automations": QSize(1136, 500),
    "reports": QSize(1278, 700),
    CATCH_UP: QSize(1120, 600),
    CLOSE_DAY: QSize(1000, 600),
}
