"""Touches that a person cannot have meant.

A button that moved under the finger ignores touches for 700 ms, and so does a second touch on
the same spot: wet hands tap twice, and the next ticket slides under the first one's button.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPoint, QRect

QUIET_MS = 700
SAME_SPOT_PX = 48

FingerClock = Callable[[], int]


def monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000


class TouchGuard:
    """Knows where each button was painted and since when, and where the last act was touched."""

    def __init__(self, now_ms: FingerClock = monotonic_ms) -> None:
        self._now_ms = now_ms
        self._places: dict[Hashable, tuple[int, int, int]] = {}
        self._spot: QPoint | None = None
        self._touched_ms = 0

    def painted(self, button: Hashable, place: QRect) -> None:
        """`button` stands at `place` on the screen from now on, if it did not already."""
        known = self._places.get(button)
        if known is None or known[0] != place.x() or known[1] != place.y():
            self._places[button] = (place.x(), place.y(), self._now_ms())

    def forget(self, button: Hashable) -> None:
        self._places.pop(button, None)

    def has_settled(self, button: Hashable) -> bool:
        """Whether `button` has been where it is long enough to be meant."""
        known = self._places.get(button)
        return known is not None and self._now_ms() - known[2] >= QUIET_MS

    def is_second_touch(self, spot: QPoint) -> bool:
        if self._spot is None or self._now_ms() - self._touched_ms >= QUIET_MS:
            return False
        return (spot - self._spot).manhattanLength() <= SAME_SPOT_PX

    def touched(self, spot: QPoint) -> None:
        """An act was started by a touch at `spot`."""
        self._spot = spot
        self._touched_ms = self._now_ms()
