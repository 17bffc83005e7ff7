"""The application in a process of its own, able to say where its parts stand on the screen.

    python -m tests.support.probed_till DATA [PROFILE [STATION]]

The application itself is untouched: a thread reads questions from stdin, one a line, and answers
with a line, so that a test can click where a person would and read what a person reads. `NAME`
(see `tests.support.probe`) is answered by `at [NAME, [x, y]]`, `words NAME` by
`words [NAME, "what it says"]`, `rows` by `rows [[NUMBER, ACT, x, y], …]`; null where there is
nothing.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from tests.support import probe
from ui.app import run
from ui.wanted import Wanted


class Probe(QObject):
    """Lives on the UI thread; asked from the reader's."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def _answer(self, question: str) -> None:
        kind, _, name = question.partition(" ")
        if question == "rows":
            self._say("rows", probe.rows())
        elif kind == "words":
            self._say("words", [name, probe.words(name)])
        else:
            found = probe.place(question)
            middle = None if found is None else [found.center().x(), found.center().y()]
            self._say("at", [question, middle])

    def _say(self, kind: str, answer: object) -> None:
        print(kind, json.dumps(answer), flush=True)


def _listen(asked: Probe) -> None:
    for line in sys.stdin:
        asked.asked.emit(line.strip())


def main() -> int:
    app = QApplication(["orderbell"])
    asked = Probe()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    print("probe ready", flush=True)
    said = sys.argv[2:]
    wanted = Wanted(said[0], said[1] if len(said) > 1 else "") if said else None
    code = run(Path(sys.argv[1]), wanted=wanted, fullscreen=wanted is not None)
    del app
    return code


if __name__ == "__main__":
    raise SystemExit(main())
