"""How much work SQLite did, in steps of its machine: the same on every computer, at any load."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

GRAIN = 10


class Steps:
    """Counts the steps of every connection that was opened while it listened."""

    def __init__(self) -> None:
        self.count = 0

    def _note(self) -> int:
        self.count += GRAIN
        return 0

    def follow(self, connection: sqlite3.Connection, _entry: Any) -> None:
        connection.set_progress_handler(self._note, GRAIN)


@contextmanager
def counted() -> Iterator[Steps]:
    """Every store that is opened inside is counted, from its first statement on."""
    steps = Steps()
    event.listen(Engine, "connect", steps.follow)
    try:
        yield steps
    finally:
        event.remove(Engine, "connect", steps.follow)
