"""What a part of the desk needs of the whole: a transaction that tells others, and readings."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from pos_app.changes import ChangeFeed
from pos_app.clock import Clock
from pos_app.desk.setup import Setup
from pos_app.desk.transaction import Transaction
from pos_app.store.database import Database


class Doors(Protocol):
    """The desk, as its parts see it."""

    database: Database
    clock: Clock
    feed: ChangeFeed
    staff_id: str

    def act(self) -> AbstractContextManager[Transaction]:
        """One transaction; screens and lanes hear of it when it has committed."""
        ...

    def setup(self) -> Setup:
        """The shop as it is set up now."""
        ...
