"""Days that are being played in the background: how far they are, and whether anybody waits."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

Told = Callable[[int, int], None]


class Playing(QObject):
    """One run. `told` hears on the UI thread how many orders of how many have been played."""

    _came = Signal(int, int)

    def __init__(self, parent: QObject, told: Told | None = None) -> None:
        super().__init__(parent)
        self._stopped = threading.Event()
        if told is not None:
            self._came.connect(told, Qt.ConnectionType.QueuedConnection)

    def stop(self) -> None:
        """Nobody waits for it any more."""
        self._stopped.set()

    @property
    def is_stopped(self) -> bool:
        return self._stopped.is_set()

    def progress(self, done: int, of: int) -> bool:
        """For the thread that plays: tell how far it is; whether it should go on."""
        if self.is_stopped:
            return False
        self._came.emit(done, of)
        return True
