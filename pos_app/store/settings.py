"""What the owner chose: small documents by key, journalled when they change."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Connection, delete, insert, select, update

from pos_app.clock import Instant
from pos_app.store import documents
from pos_app.store.tables import secrets, settings

T = TypeVar("T")


def read(connection: Connection, key: str, default: T) -> T:
    """The stored value of `key`, of the type of `default`; `default` when never set."""
    value = connection.execute(
        select(settings.c.value).where(settings.c.key == key)
    ).scalar_one_or_none()
    return default if value is None else documents.load(value, type(default))


def read_all(connection: Connection) -> dict[str, str]:
    """Everything that was ever set, by key, as it was written: one look for `chosen`."""
    return {
        row.key: row.value for row in connection.execute(select(settings.c.key, settings.c.value))
    }


def chosen(written: dict[str, str], key: str, default: T) -> T:
    """`read`, from what `read_all` has found."""
    value = written.get(key)
    return default if value is None else documents.load(value, type(default))


def write(connection: Connection, key: str, value: object, now: Instant) -> None:
    changed = connection.execute(
        update(settings)
        .where(settings.c.key == key)
        .values(value=documents.dump(value), updated_at=now)
    )
    if not changed.rowcount:
        connection.execute(
            insert(settings), {"key": key, "value": documents.dump(value), "updated_at": now}
        )


def read_sealed(connection: Connection, key: str) -> str | None:
    """The sealed text of a secret (opened by `pos_app.store.keys`), None when never set."""
    return connection.execute(
        select(secrets.c.sealed).where(secrets.c.key == key)
    ).scalar_one_or_none()


def write_sealed(connection: Connection, key: str, sealed: str, now: Instant) -> None:
    changed = connection.execute(
        update(secrets).where(secrets.c.key == key).values(sealed=sealed, updated_at=now)
    )
    if not changed.rowcount:
        connection.execute(insert(secrets), {"key": key, "sealed": sealed, "updated_at": now})


def forget_sealed(connection: Connection, key: str) -> None:
    """A secret that nothing needs any more."""
    connection.execute(delete(secrets).where(secrets.c.key == key))
