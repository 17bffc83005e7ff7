"""Leak detectors: after each test nothing of it may be left.

What survives a test makes a later one fail for a reason that nobody finds, and in a till it is
what makes a week-long shift slow. Each detector remembers what was there before and names what is
new. Looking costs little; only a suspicion pays for a garbage collection and for waiting.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

OUR_LOGGERS = ("pos_app", "ui", "orderbell")
PATIENCE_S = 2.0
# Threads that the test runner, not the test, starts.
_RUNNERS = re.compile(r"execnet|pytest|xdist|playwright|time-machine")
_STORE_FILE = re.compile(r"\.(sqlite|sqlite3|db)(-wal|-shm|-journal)?( \(deleted\))?$")


class Detector(Protocol):
    """Made before the test; `left()` names what the test left behind."""

    def left(self) -> list[str]: ...


class Threads:
    """No thread may outlive its test, daemon or not."""

    def __init__(self) -> None:
        self._before = set(threading.enumerate())

    def left(self) -> list[str]:
        kind = {True: "daemon thread", False: "thread"}
        return [f"{kind[thread.daemon]} {thread.name!r}" for thread in self._new()]

    def _new(self) -> list[threading.Thread]:
        return [
            thread
            for thread in threading.enumerate()
            if thread not in self._before
            # Python's shadow of a thread that Qt or C++ started: it never ends.
            and not isinstance(thread, threading._DummyThread)
            and not _RUNNERS.search(thread.name)
        ]


class Children:
    """No process that a test started may go on running."""

    def __init__(self) -> None:
        self._before = _children()

    def left(self) -> list[str]:
        return [f"process {pid} ({name})" for pid, name in (_children() - self._before)]


class StoreFiles:
    """No database file may stay open."""

    def __init__(self) -> None:
        self._before = _open_store_files()

    def left(self) -> list[str]:
        return [f"open {path}" for _, path in sorted(_open_store_files() - self._before)]


class Widgets:
    """No top-level widget may stay alive once Qt is in use."""

    def __init__(self) -> None:
        self._before = {id(widget) for widget in _top_level_widgets()}

    def left(self) -> list[str]:
        return [
            f"window {type(widget).__name__} {widget.objectName()!r}"
            for widget in _top_level_widgets()
            if id(widget) not in self._before
        ]


class Timers:
    """No QTimer made by a test may go on ticking. Only asked of tests that use Qt."""

    def left(self) -> list[str]:
        return [
            f"QTimer every {timer.interval()} ms {timer.objectName()!r}" for timer in _ticking()
        ]


class LogWatch(logging.Handler):
    """No warning or error of ours may pass unseen; a test names those that it provokes."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.split(".")[0] in OUR_LOGGERS:
            self.records.append(record)

    def expect(self, pattern: str) -> None:
        """The test is about to provoke a record whose text matches `pattern` (a regex)."""
        self.expected.append(pattern)

    def left(self) -> list[str]:
        texts = [(record, record.getMessage()) for record in self.records]
        unexpected = [
            f"log record {record.levelname} of {record.name}: {text}"
            for record, text in texts
            if not any(re.search(pattern, text) for pattern in self.expected)
        ]
        missing = [
            f"no log record matched {pattern!r}, which the test expected"
            for pattern in self.expected
            if not any(re.search(pattern, text) for _, text in texts)
        ]
        return unexpected + missing


@contextmanager
def watched(*, qt: bool, patience_s: float = PATIENCE_S) -> Iterator[LogWatch]:
    """Watch one test; afterwards `AssertionError` names everything that it left behind."""
    detectors: list[Detector] = [Threads(), Children(), StoreFiles(), Widgets()]
    if qt:
        detectors.append(Timers())
        gc.freeze()  # so that the search for timers meets only what the test makes: 10 ms less
    log = LogWatch()
    logging.getLogger().addHandler(log)
    try:
        yield log
        left = left_after_patience(detectors, patience_s) + log.left()
    finally:
        logging.getLogger().removeHandler(log)
        if qt:
            gc.unfreeze()
    if left:
        raise AssertionError("left behind by this test: " + "; ".join(left))


def left_after_patience(detectors: list[Detector], patience_s: float) -> list[str]:
    """What is left when everything had time to end. Nothing suspicious costs no waiting."""
    left = [text for detector in detectors for text in detector.left()]
    if not left:
        return []
    until = time.monotonic() + patience_s
    while left and time.monotonic() < until:
        gc.collect()
        time.sleep(0.02)
        left = [text for detector in detectors for text in detector.left()]
    return left


def _children() -> set[tuple[int, str]]:
    """Running child processes of this one; dead ones that nobody waited for do not count."""
    found = set()
    for listing in Path("/proc/self/task").glob("*/children"):
        try:
            pids = listing.read_text().split()
        except OSError:  # the thread ended meanwhile
            continue
        for pid in pids:
            try:
                status = Path(f"/proc/{pid}/stat").read_text()
            except OSError:
                continue
            name, _, rest = status.rpartition(")")
            if not rest.startswith(" Z"):
                found.add((int(pid), name.partition("(")[2]))
    return found


def _open_store_files() -> set[tuple[int, str]]:
    found = set()
    for descriptor in os.listdir("/proc/self/fd"):  # noqa: PTH208 (three times as fast)
        try:
            target = os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115
        except OSError:
            continue
        if _STORE_FILE.search(target):
            found.add((int(descriptor), target))
    return found


def _top_level_widgets() -> list[Any]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    # Popups belong to a parent and go with it.
    return [widget for widget in widgets.QApplication.topLevelWidgets() if widget.parent() is None]


def _ticking() -> list[Any]:
    core = sys.modules.get("PySide6.QtCore")
    if core is None:
        return []
    # A look-up by exact class: isinstance() is slow on Qt's classes.
    kinds = {core.QTimer, *core.QTimer.__subclasses__()}
    alive = sys.modules["shiboken6"].isValid
    found = [thing for thing in gc.get_objects() if type(thing) in kinds]
    return [timer for timer in found if alive(timer) and timer.isActive()]
