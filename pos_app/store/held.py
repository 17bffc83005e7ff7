"""Customer messages that wait for a person: held together, and let go together."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select, text, update

from pos_app.clock import Instant
from pos_app.store.messages import WITH_PHONE, Message, from_row
from pos_app.store.tables import messages

# In the words of the partial indexes: without them SQLite would read every message.
_WAITING = and_(
    text("messages.state IN ('waiting', 'sending', 'sent')"), messages.c.state == "waiting"
)
_HELD = text("messages.state = 'held'")


def hold_all(connection: Connection, reason: str) -> list[Message]:
    """Every message that waits is held for `reason`. Returns them as they were."""
    found = _all(connection, _WAITING)
    connection.execute(update(messages).where(_WAITING).values(state="held", reason=reason))
    return found


def of_reason(connection: Connection, reason: str) -> list[Message]:
    """The messages held for `reason`, the oldest first."""
    return _all(connection, _held(reason))


def count(connection: Connection, reason: str) -> int:
    query = select(func.count()).select_from(messages).where(_held(reason))
    return int(connection.execute(query).scalar_one())


def any_waits(connection: Connection) -> bool:
    """Whether a message waits to leave."""
    query = select(messages.c.id).where(_WAITING).limit(1)
    return connection.execute(query).first() is not None


def let_go(connection: Connection, message: Message, now: Instant) -> None:
    """The message waits for its turn again, and is due at once if it was before."""
    _change(
        connection, message.id, state="waiting", reason="", next_try_at=max(message.not_before, now)
    )


def drop(connection: Connection, message: Message, reason: str, now: Instant) -> None:
    """The message will never be sent."""
    _change(connection, message.id, state="dropped", reason=reason, settled_at=now)


def _change(connection: Connection, message_id: int, **values: Any) -> None:
    connection.execute(update(messages).where(messages.c.id == message_id).values(**values))


def _held(reason: str) -> ColumnElement[bool]:
    return and_(_HELD, messages.c.reason == reason)


def _all(connection: Connection, which: ColumnElement[bool]) -> list[Message]:
    rows = connection.execute(WITH_PHONE.where(which).order_by(messages.c.id))
    return [from_row(row) for row in rows]
