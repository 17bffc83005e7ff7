"""Whether a window that nobody touches is at rest.

A layout that asks itself to be laid out again, or a part that repaints itself because it was
painted, is seen by nobody and keeps a core of the till busy all evening.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

SPAN_MS = 25
# A clock that moves on, or a page that turns, asks a few times; one that chases itself, hundreds.
MANY = 8
_ASKING = {
    QEvent.Type.LayoutRequest: "is laid out",
    QEvent.Type.UpdateRequest: "is painted",
    QEvent.Type.Polish: "is dressed",
    QEvent.Type.StyleChange: "is dressed anew",
    QEvent.Type.Timer: "ticks",
}


class _Counting(QObject):
    """Counts, of all events, those by which a part asks for work on itself."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: Counter[tuple[int, str, str]] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        what = _ASKING.get(event.type())
        if what is not None:
            name = watched.objectName() or type(watched).__name__
            self.asked[id(watched), name, what] += 1
        return False


def restless(window: QWidget) -> list[str]:
    """What in the application works on itself again and again while `window` stands still."""
    app = QApplication.instance()
    assert app is not None, window
    counting = _Counting()
    app.installEventFilter(counting)
    QTest.qWait(SPAN_MS)
    app.removeEventFilter(counting)
    return [
        f"{name} {what} {times} times in {SPAN_MS} ms"
        for (_part, name, what), times in sorted(counting.asked.items())
        if times > MANY
    ]
