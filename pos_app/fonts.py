"""The shipped fonts, for slips and screens alike. Beside `receipts.paint` the only Qt in the core.

Apart from the painter, because every window needs its font and hardly one paints a slip at once.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from pos_app.paths import resources

FAMILY = "Inter"

_lock = threading.Lock()
_families: set[str] = set()


def load_fonts() -> str:
    """Register the shipped fonts once; the name of their family. Needs a QGuiApplication."""
    with _lock:
        if not _families:
            for file in sorted((resources() / "fonts").glob("*.otf")):
                number = QFontDatabase.addApplicationFont(str(file))
                _families.update(QFontDatabase.applicationFontFamilies(number))
        if FAMILY not in _families:
            raise RuntimeError("the fonts that ship with Orderbell are missing")
    return FAMILY


def missing_signs(text: str) -> str:
    """Those signs of `text` that the shipped family cannot paint. Needs a QGuiApplication."""
    metrics = QFontMetrics(QFont(load_fonts(), 12))
    return "".join(sign for sign in text if not metrics.inFontUcs4(ord(sign)))


def qt_version() -> str:
    return qVersion()
