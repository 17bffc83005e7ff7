"""The steps of the schema, done: for the database that serves, and for a copy that is put back."""

from __future__ import annotations

import sqlite3

from pos_app.tracking.schema import SCHEMA, STEPS


def bring_up(connection: sqlite3.Connection, found: int) -> None:
    """Take the tables from schema `found` to this program's, inside the caller's transaction."""
    for step in STEPS[found:]:
        for statement in step:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
