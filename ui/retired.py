"""Screens and windows that nobody sees any more, let go once no answer can come back to them.

What a person asked for on a screen is answered even when the screen has been made anew meanwhile.
It is deleted the instant that nothing is on its way: one that waited in Qt's queue to be deleted
could still ask for something (its timers run), and the answer would meet nobody.
"""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from ui.background import Background

LOOK_MS = 100


class Retired(QObject):
    """`take` what is out of sight. Who owns it ends it with `stop`, and lets go of the `rest`."""

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._widgets: list[QWidget] = []
        self._then: list[Callable[[], None]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._let_go)

    @property
    def rest(self) -> list[QWidget]:
        """Those that still wait for an answer."""
        return list(self._widgets)

    def take(self, widget: QWidget) -> None:
        """Hide `widget`; delete it from the event loop, never from one of its own slots."""
        widget.hide()
        self._widgets.append(widget)
        self._timer.start()

    def when_gone(self, then: Callable[[], None]) -> None:
        """Do `then` once all of them are gone and nothing is on its way: nobody asks any more."""
        self._then.append(then)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _let_go(self) -> None:
        if self._background.busy:
            return
        self._timer.stop()
        while self._widgets:
            shiboken6.delete(self._widgets.pop())
        while self._then:
            self._then.pop(0)()
