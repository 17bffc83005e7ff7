"""What can wait until the window stands: done step by step, when nobody needs the time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from ui.background import Background

FIRST_MS = 1_500
NEXT_MS = 300


class IdleMoments(QObject):
    """`begin` with steps, each short enough for the UI thread; `stop` when they are not wanted."""

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._steps: list[Callable[[], object]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._do_next)

    def begin(self, steps: Iterable[Callable[[], object]]) -> None:
        """Do `steps` in their order, in place of those that are still to come."""
        self._steps = list(steps)
        self._timer.start(FIRST_MS)

    def stop(self) -> None:
        self._steps = []
        self._timer.stop()

    def _do_next(self) -> None:
        if self._steps and not self._is_somebody_waiting():
            self._steps.pop(0)()
        if self._steps:
            self._timer.start(NEXT_MS)

    def _is_somebody_waiting(self) -> bool:
        """A finger on the glass, or an answer that is about to come, goes first."""
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        return pressed or self._background.busy
