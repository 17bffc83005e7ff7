"""Waiting for a window: it goes on living between two looks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtTest import QTest

from tests.support.waiting import until

_LOOK_MS = 5


def look(condition: Callable[[], object], what: str, deadline_s: float = 20.0) -> None:
    """Until `condition` holds. Raises AssertionError naming `what` was awaited."""

    def asked() -> bool:
        QTest.qWait(_LOOK_MS)
        return bool(condition())

    until(asked, what, deadline_s)
