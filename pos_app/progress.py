"""How far long work on a store has come: told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """What is being done."""

    COPYING = "copying"
    CHECKING = "checking"
    UPDATING = "updating"
    ERASING = "erasing"


Progress = Callable[[Step, int, int], None]
"""Called with the step, how much of it is done, and how much there is."""


def silent(_step: Step, _done: int, _all: int) -> None:
    """Nobody waits."""
