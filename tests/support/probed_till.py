"""The application in a process of its own, able to say where its parts stand on the screen.

    python -m tests.support.probed_till DATA

The application itself is untouched: a thread reads names from stdin and answers with global
pixels, so that a test can click where a person would. `NAME` is a widget's object name, or
`card:A43:button` for the button of a ticket on the board.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ui.app import run
from ui.board.model import ColumnModel
from ui.board.view import ColumnView


class Probe(QObject):
    """Lives on the UI thread; asked from the reader's."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def _answer(self, name: str) -> None:
        place = _of_card(name) if name.startswith("card:") else _of_widget(name)
        found = None if place is None else [place.center().x(), place.center().y()]
        print(f"at {json.dumps([name, found])}", flush=True)


def _visible(kind: type[QWidget]) -> list[QWidget]:
    widgets = [w for top in QApplication.topLevelWidgets() for w in (top, *top.findChildren(kind))]
    return [w for w in widgets if isinstance(w, kind) and w.isVisible()]


def _of_widget(name: str) -> QRect | None:
    for widget in _visible(QWidget):
        shown = not widget.visibleRegion().isEmpty()
        if widget.objectName() == name and shown and widget.isEnabled():
            return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())
    return None


def _of_card(name: str) -> QRect | None:
    _, number, _part = name.split(":")
    for view in _visible(ColumnView):
        if not isinstance(view, ColumnView):
            continue
        model = view.model()
        if not isinstance(model, ColumnModel):
            continue
        for row, slot in enumerate(model.slots):
            layout = slot.layout
            if layout.content.order.number == number and layout.button is not None:
                at = view.visualRect(model.index(row)).topLeft()
                place = layout.button.translated(at)
                if view.viewport().rect().contains(place.center()):
                    return QRect(view.viewport().mapToGlobal(place.topLeft()), place.size())
    return None


def _listen(probe: Probe) -> None:
    for line in sys.stdin:
        probe.asked.emit(line.strip())


def main() -> int:
    app = QApplication(["orderbell"])
    probe = Probe()
    threading.Thread(target=_listen, args=(probe,), daemon=True).start()
    print("probe ready", flush=True)
    code = run(Path(sys.argv[1]))
    del app
    return code


if __name__ == "__main__":
    raise SystemExit(main())
