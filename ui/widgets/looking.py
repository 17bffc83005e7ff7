"""Looking again and again at what changes by itself, while somebody sees it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class Looking(QTimer):
    """Calls `look` when `seen` is shown, then every so often until it is hidden."""

    def __init__(self, seen: QWidget, look: Callable[[], None], every_ms: int) -> None:
        super().__init__(seen)
        self.setInterval(every_ms)
        self.timeout.connect(look)
        self._look = look
        seen.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self.start()
            self._look()
        elif event.type() == QEvent.Type.Hide:
            self.stop()
        return super().eventFilter(watched, event)
