"""A bare PySide6 window that paints once, as a process of its own: the reference of `start`."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class _Window(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)


def main() -> int:
    application = QApplication(sys.argv)
    window = _Window()
    window.resize(1366, 768)
    window.show()
    code = application.exec()
    print(time.time())
    return code


if __name__ == "__main__":
    raise SystemExit(main())
