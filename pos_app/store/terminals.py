"""Which computers use this store, so that an upgrade can tell who would be left behind."""

from __future__ import annotations

import socket

from sqlalchemy import Connection, insert, update

from pos_app.clock import Instant
from pos_app.store.tables import terminals


def note(connection: Connection, terminal_id: str, writer: int, now: Instant) -> None:
    """Remember that this terminal is here, with the store version it can write."""
    known = connection.execute(
        update(terminals).where(terminals.c.id == terminal_id).values(writer=writer, seen_at=now)
    )
    if not known.rowcount:
        connection.execute(
            insert(terminals),
            {"id": terminal_id, "name": socket.gethostname(), "writer": writer, "seen_at": now},
        )
