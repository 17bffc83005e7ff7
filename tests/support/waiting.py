"""Waiting on conditions with a deadline; never on time alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PAUSE_S = 0.02


def until(
    condition: Callable[[], T | None],
    what: str,
    deadline_s: float = 10.0,
    pause_s: float = PAUSE_S,
) -> T:
    """The first true answer of `condition`. Raises AssertionError naming `what` was awaited.

    `pause_s` between two looks is longer where a look costs something.
    """
    end = time.monotonic() + deadline_s
    pause = threading.Event()
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"waited {deadline_s:.0f} s for {what}; last: {answer!r}")
        pause.wait(pause_s)
