"""Which computers use this store, so that an upgrade can tell who would be left behind."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from pos_app.clock import Instant
from pos_app.domain.ids import new_uid
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


def name_of(connection: Connection, terminal_id: str) -> str:
    """What a computer calls itself; empty for one that was never here."""
    query = select(terminals.c.name).where(terminals.c.id == terminal_id)
    return connection.execute(query).scalar_one_or_none() or ""


def this_computer(data: Path) -> str:
    """This computer's id: one per data folder, shared by its windows and the command line."""
    file = data / "terminal"
    if not file.exists():
        part = data / f".terminal.{os.getpid()}"
        part.write_text(new_uid(), encoding="ascii")
        # Two first starts at once: on Windows the second rename fails, elsewhere it replaces;
        # both then read the file that is there.
        with suppress(FileExistsError):
            part.rename(file)
    return file.read_text(encoding="ascii").strip()
