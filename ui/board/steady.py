"""Buttons that come up where a finger may be: they listen once it can have seen them."""

from __future__ import annotations

from PySide6.QtCore import QRect

from ui.board.touch import TouchGuard


class Steady:
    """One group of buttons that comes up together, such as a page; `name` tells it from others."""

    def __init__(self, guard: TouchGuard, name: str) -> None:
        self._guard = guard
        self._name = name
        self._count = 0

    def came_up(self) -> None:
        """Other buttons stand here from now on."""
        self._count += 1
        self._guard.painted(self._name, QRect(self._count, 0, 1, 1))

    @property
    def is_meant(self) -> bool:
        """Whether a touch can have been meant for what stands here now."""
        return self._guard.has_settled(self._name)
