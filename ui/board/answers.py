"""Answers of the background that come when nobody is there any more.

A window may be closed, or made anew in another language, while it is being answered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject

T = TypeVar("T")


def if_alive(owner: QObject, then: Callable[[T], None]) -> Callable[[T], None]:
    """`then`, unless `owner` has been destroyed meanwhile."""

    def answered(answer: T) -> None:
        if shiboken6.isValid(owner):
            then(answer)

    return answered
