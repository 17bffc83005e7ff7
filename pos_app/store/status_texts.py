"""The shop's own texts: what a manager has written instead of the standard words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, select
from sqlalchemy.sql.elements import ColumnElement

from pos_app.clock import Instant
from pos_app.store.tables import status_texts


@dataclass(frozen=True, slots=True)
class StatusText:
    """A row: `channel` is empty for every way out without a text of its own.

    `subject` is empty where the standard one stands. `staff_id` wrote it at `updated_at`.
    """

    about: str
    channel: str
    language: str
    subject: str
    body: str
    updated_at: Instant
    staff_id: str


def everything(connection: Connection) -> list[StatusText]:
    """All own texts."""
    query = select(status_texts).order_by(
        status_texts.c.about, status_texts.c.channel, status_texts.c.language
    )
    return [_read(row) for row in connection.execute(query)]


def find(connection: Connection, about: str, channel: str, language: str) -> StatusText | None:
    """The text of exactly this place; None while nobody has written one."""
    row = connection.execute(
        select(status_texts).where(_at(about, channel, language))
    ).one_or_none()
    return None if row is None else _read(row)


def write(connection: Connection, text: StatusText) -> None:
    """Write `text` in its place, over what stood there."""
    remove(connection, text.about, text.channel, text.language)
    connection.execute(
        insert(status_texts),
        {
            "about": text.about,
            "channel": text.channel,
            "language": text.language,
            "subject": text.subject,
            "body": text.body,
            "updated_at": text.updated_at,
            "staff_id": text.staff_id,
        },
    )


def remove(connection: Connection, about: str, channel: str, language: str) -> bool:
    """Back to the standard words; False when they stood there already."""
    done = connection.execute(delete(status_texts).where(_at(about, channel, language)))
    return bool(done.rowcount)


def _at(about: str, channel: str, language: str) -> ColumnElement[bool]:
    return and_(
        status_texts.c.about == about,
        status_texts.c.channel == channel,
        status_texts.c.language == language,
    )


def _read(row: Row[Any]) -> StatusText:
    return StatusText(
        row.about,
        row.channel,
        row.language,
        row.subject,
        row.body,
        Instant(row.updated_at),
        row.staff_id,
    )
