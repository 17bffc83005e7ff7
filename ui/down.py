"""What is down, asked for every other second and when the lanes have news."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.errors import OrderbellError
from ui.background import Background
from ui.outside import Outside

ASK_MS = 2_000


class Down(QObject):
    """`changed` carries the sentence each time it has been read; `language` is asked anew."""

    changed = Signal(str)

    def __init__(
        self, background: Background, outside: Outside, language: Callable[[], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._background, self._outside, self._language = background, outside, language
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(ASK_MS)
        self._timer.timeout.connect(self.ask)
        self._timer.start()

    def ask(self) -> None:
        if self._asking:
            return
        self._asking = True
        language = self._language()
        self._background.read(
            "what is down", lambda: self._outside.sentence(language), self._show, self._unread
        )

    def stop(self) -> None:
        self._timer.stop()

    def _show(self, sentence: str) -> None:
        self._asking = False
        self.changed.emit(sentence)

    def _unread(self, _error: OrderbellError) -> None:
        # `Saving` says why the store does not answer, and for how long.
        self._asking = False
