"""When guests get the words they are found by: not in the act that places their order.

A phone number alone is a dozen words, each on another page of the store, and every page makes
the commit longer that a cashier waits for. So they are written for many guests at once: before
somebody searches, every few minutes by the nightly lane, and when the day is closed.
"""

from __future__ import annotations

from pos_app.store import words
from pos_app.store.database import Database


def keep_up(database: Database) -> None:
    """Let the newest guests be found, too. Raises StoreError where nothing can be written."""
    with database.read() as connection:
        is_behind = words.are_behind(connection)
    while is_behind:
        with database.write() as connection:
            is_behind = words.mend(connection)


def complete(database: Database) -> None:
    """Let everybody be found whom an older till wrote; in steps, so that others may write."""
    missing = True
    while missing:
        with database.write() as connection:
            missing = bool(words.mend_all(connection))
