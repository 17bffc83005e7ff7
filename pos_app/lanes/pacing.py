"""Which text leaves first when several are due.

A phone lets an application send some thirty parts in half an hour, so what a guest at the
counter waits for goes before what he already knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from pos_app.clock import Instant

_URGENT = ("ready", "not_ready_yet")


class Due(Protocol):
    """A message that may leave now."""

    @property
    def id(self) -> int: ...

    @property
    def about(self) -> str: ...

    @property
    def next_try_at(self) -> Instant: ...


_Due = TypeVar("_Due", bound=Due)


def first(due: Sequence[_Due]) -> _Due | None:
    """The one to send next: *ready* before *accepted*, then the longest due."""
    return min(due, key=_place, default=None)


def _place(message: Due) -> tuple[bool, Instant, int]:
    return (message.about not in _URGENT, message.next_try_at, message.id)
