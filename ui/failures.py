"""Bugs and crashes: written down in the data folder, said in one sentence, never a traceback
before a person.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal

from pos_app import paths
from pos_app.crashes import stacks, watching

LOG_NAME = "window.log"
LARGEST_BYTES = 1_000_000
KEPT = 3

_log = logging.getLogger("orderbell.window")


class Failures(QObject):
    """While it watches, nothing that nobody caught goes unnoticed. `happened` on this thread."""

    happened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handler: logging.Handler | None = None
        self._heard: Callable[[BaseException], None] = _ignore
        self._before = (sys.excepthook, threading.excepthook)
        self.happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def watch(self) -> None:
        """Take the place of Python's own last resort."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def write_into(self, data: Path) -> None:
        """Log and keep crash reports in this shop's folder from now on."""
        self._close_log()
        logs = paths.make_private_folder(paths.logs_folder(data))
        self._handler = RotatingFileHandler(
            logs / LOG_NAME, maxBytes=LARGEST_BYTES, backupCount=KEPT, encoding="utf-8"
        )
        self._handler.setFormatter(
            logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
        )
        logging.getLogger("orderbell").addHandler(self._handler)
        watching.begin(data)

    def tell_to(self, heard: Callable[[BaseException], None]) -> None:
        """Who says it to the person in front of the screen."""
        self._heard = heard

    def note(self, error: BaseException) -> None:
        """Write down where a bug was met, and have it said."""
        # The words of an exception may hold what no log may: a name, a number.
        _log.error("a bug\n%s", stacks.text_of(stacks.chain_of(error)))
        watching.keep(error, "window")
        self.happened.emit(error)

    def stop(self) -> None:
        sys.excepthook, threading.excepthook = self._before
        self._heard = _ignore
        self._close_log()

    def _tell(self, error: BaseException) -> None:
        self._heard(error)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
        else:
            self.note(error)

    def _on_thread_exception(self, about: threading.ExceptHookArgs) -> None:
        if about.exc_value is not None:
            self.note(about.exc_value)

    def _close_log(self) -> None:
        watching.end()
        if self._handler is not None:
            logging.getLogger("orderbell").removeHandler(self._handler)
            self._handler.close()
            self._handler = None


def _ignore(_error: BaseException) -> None:
    return
