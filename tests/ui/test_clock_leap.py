"""The header says that the computer's clock has leapt, and one tap settles it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.lanes.lease import Lease
from pos_app.lanes.state import LaneStates
from pos_app.lanes.timers import TimersWorker
from tests.support.shops import EVENING
from tests.support.window import Till


def test_one_tap_says_that_the_clock_is_right(
    open_till: Callable[..., Till], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = VirtualClock(EVENING)
    till = open_till(clock=clock)
    assert not till.sees("clock_confirm")
    leapt = [5 * MINUTE_MS]
    monkeypatch.setattr(clock, "leap_ms", lambda: leapt[0])
    monkeypatch.setattr(clock, "accept", lambda: leapt.__setitem__(0, 0))
    TimersWorker(till.shop, Lease(till.shop).fence, None, states=LaneStates(till.shop)).work()
    till.wait(lambda: till.sees("clock_confirm"), "the button")
    assert "leapt by 5 min" in till.text("notice")
    till.notices.say("Saved: Roma")
    assert not till.sees("clock_confirm"), "it answers what is not to be read just now"
    QTest.mouseClick(till.find("strip"), Qt.MouseButton.LeftButton)
    till.tap("clock_confirm")
    till.wait(lambda: not till.sees("clock_confirm"), "the button to go")
    assert leapt == [0]
    till.settle()
