"""Screens that were made anew: the old ones go, and no answer meets one that is gone."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QDeadlineTimer, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ui.background import Background
from ui.retired import LOOK_MS, Retired
from ui.widgets.parts import column

WAIT_MS = 20_000


class Trial(QWidget):
    """Asks once after a pause, as the panel beside the rule editor does, and shows the answer."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self._said = QLabel()
        column(self).addWidget(self._said)
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.timeout.connect(self.ask)

    def ask(self) -> None:
        self._background.read("try a rule", lambda: "It would speak.", self._said.setText)


@pytest.fixture
def background(qapp: QApplication) -> Iterator[Background]:
    made = Background()
    bugs: list[BaseException] = []
    made.crashed.connect(bugs.append)
    yield made
    made.stop()
    QApplication.processEvents()
    made.deleteLater()
    assert not bugs, bugs


def until_gone(widget: QWidget) -> None:
    deadline = QDeadlineTimer(WAIT_MS)
    while shiboken6.isValid(widget):
        assert not deadline.hasExpired(), "it never went"
        QTest.qWait(5)


def test_a_screen_that_is_about_to_ask_when_it_goes_asks_no_more(background: Background) -> None:
    screen, retired = Trial(background), Retired(background, background)
    retired.take(screen)
    screen.pause.start(LOOK_MS)
    # The UI thread is drawing: both moments come due in the same turn of the event loop.
    busy = QDeadlineTimer(LOOK_MS * 3)
    while not busy.hasExpired():
        pass
    until_gone(screen)
    assert not background.busy


def test_what_was_asked_before_is_answered_first(background: Background) -> None:
    screen, retired = Trial(background), Retired(background, background)
    gate, answered = threading.Event(), []
    background.read("hold", gate.wait, lambda _: answered.append(shiboken6.isValid(screen)))
    retired.take(screen)
    assert retired.rest == [screen]
    assert screen.isHidden()
    # It has been looked at more than once by then.
    QTimer.singleShot(LOOK_MS * 3, gate.set)
    until_gone(screen)
    assert answered == [True]
    assert retired.rest == []


def test_what_needs_nobody_to_ask_any_more_waits_until_they_are_gone(
    background: Background,
) -> None:
    screen, retired = Trial(background), Retired(background, background)
    found: list[tuple[bool, bool]] = []
    screen.ask()
    retired.take(screen)
    retired.when_gone(lambda: found.append((shiboken6.isValid(screen), background.busy)))
    assert not found, "never at once"
    until_gone(screen)
    assert found == [(False, False)]
