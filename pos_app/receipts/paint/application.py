"""What painting text needs first: a running QGuiApplication."""

from __future__ import annotations

import os
import sys
import threading

from PySide6.QtCore import (
    QCoreApplication,
)
from PySide6.QtGui import (
    QGuiApplication,
)

# Whoever makes the application keeps it: collected, it would take the fonts with it.
_applications: list[QGuiApplication] = []
_lock = threading.Lock()


def ensure_application() -> None:
    """Make sure that text can be painted: without a QGuiApplication Qt aborts the process.

    A program that will open windows makes its own QApplication before it paints the first slip.
    """
    with _lock:
        running = QCoreApplication.instance()
        if isinstance(running, QGuiApplication):
            return
        if running is not None:
            raise RuntimeError("this process runs a Qt application that cannot paint")
        arguments = ["orderbell"]
        # Slips need no window, and a DISPLAY that nobody answers would abort the process.
        if sys.platform.startswith("linux") and "QT_QPA_PLATFORM" not in os.environ:
            arguments += ["-platform", "offscreen"]
        _applications.append(QGuiApplication(arguments))
