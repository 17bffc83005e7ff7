"""The change feed: after a commit, whoever shows or sends something learns what changed.

Values only, so that screens, lanes and tests share one vocabulary. Subscribers run on the
publisher's thread and must return at once (set an event, emit a queued signal).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrdersChanged:
    """Orders `ids` (the store's own ids) changed; `by` is the device that did it."""

    ids: tuple[int, ...]
    by: str = ""


@dataclass(frozen=True, slots=True)
class MessagesChanged:
    """Customer messages of orders `order_ids` changed state."""

    order_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """Settings `keys` were written."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MenuChanged:
    """Dishes, categories or stations changed."""


@dataclass(frozen=True, slots=True)
class PrintJobsChanged:
    """A print job was added or moved; `by_hand`: a person waits for it at the printer."""

    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class LanesChanged:
    """What is down, or how much waits, changed."""


Change = (
    OrdersChanged
    | MessagesChanged
    | SettingsChanged
    | MenuChanged
    | PrintJobsChanged
    | LanesChanged
)


class ChangeFeed:
    """Publish to every subscriber; a subscription ends by calling what `subscribe` returned."""

    def __init__(self) -> None:
        self._subscribers: tuple[Callable[[Change], None], ...] = ()
        self._lock = threading.Lock()

    def subscribe(self, receive: Callable[[Change], None]) -> Callable[[], None]:
        with self._lock:
            self._subscribers = (*self._subscribers, receive)

        def end() -> None:
            with self._lock:
                self._subscribers = tuple(s for s in self._subscribers if s is not receive)

        return end

    def publish(self, change: Change) -> None:
        for receive in self._subscribers:
            receive(change)
