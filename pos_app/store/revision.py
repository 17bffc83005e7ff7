"""The set-up's revision: rises with every change of settings, menu, rules or site."""

from __future__ import annotations

from sqlalchemy import Connection, text, update

from pos_app.store.prepared import Prepared, written_key
from pos_app.store.tables import store

_REVISION = Prepared(text("SELECT config_revision FROM store"))


def read(connection: Connection) -> int:
    """The revision that this transaction sees."""
    return written_key(_REVISION.one(connection))


def rise(connection: Connection) -> None:
    """Tell every process that the set-up changed, in the transaction that changes it."""
    connection.execute(update(store).values(config_revision=store.c.config_revision + 1))
