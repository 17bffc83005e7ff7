"""The screens of every computer of the shop, as rows: one document per device and name."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from pos_app.clock import Instant
from pos_app.domain.screens import KnownScreen, Screen
from pos_app.store import documents
from pos_app.store.tables import screens


def everything(connection: Connection) -> list[KnownScreen]:
    """All screens, by computer and name."""
    rows = connection.execute(select(screens).order_by(screens.c.device_id, screens.c.name))
    return [
        KnownScreen(row.device_id, row.name, documents.load(row.document, Screen)) for row in rows
    ]


def write(connection: Connection, device_id: str, name: str, screen: Screen, now: Instant) -> None:
    """Add the screen, or change what is known of it."""
    values = {"document": documents.dump(screen), "updated_at": now}
    changed = connection.execute(update(screens).where(_is(device_id, name)).values(**values))
    if not changed.rowcount:
        connection.execute(insert(screens), {"device_id": device_id, "name": name, **values})


def remove(connection: Connection, device_id: str, name: str) -> bool:
    """False when it was not there."""
    return bool(connection.execute(delete(screens).where(_is(device_id, name))).rowcount)


def _is(device_id: str, name: str) -> ColumnElement[bool]:
    return and_(screens.c.device_id == device_id, screens.c.name == name)
