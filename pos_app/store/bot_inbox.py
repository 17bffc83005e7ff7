"""How far the bot's inbox is read: written with what an update has done, so that nothing is twice.

A setting that is no part of the set-up: it changes with every message, and only the lane that
reads the inbox and who asks after it look at it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from pos_app.clock import DAY_MS, Instant
from pos_app.store import settings

KEY = "telegram_inbox"
FRESH_MS = 6 * DAY_MS
"""Telegram may begin to count anew after a week without updates, and keeps them for a day."""
_NEVER = Instant(0)


@dataclass(frozen=True, slots=True)
class Place:
    """Of which `bot` what is read: all updates before `next_update`, the last one at `moved_at`.

    `heard_at` is when Telegram answered last, to the minute; `reader` the terminal that asked.
    """

    bot: str = ""
    next_update: int = 0
    moved_at: Instant = _NEVER
    heard_at: Instant = _NEVER
    reader: str = ""

    def offset(self, bot: str, now: Instant) -> int | None:
        """What to ask with; None: for the oldest that Telegram has."""
        is_ours = self.bot == bot and now - self.moved_at < FRESH_MS
        return self.next_update if is_ours else None


def read(connection: Connection) -> Place:
    return settings.read(connection, KEY, Place())


def is_new(connection: Connection, bot: str, update_id: int, now: Instant) -> bool:
    """Whether an update has not been dealt with yet."""
    offset = read(connection).offset(bot, now)
    return offset is None or update_id >= offset


def move(connection: Connection, bot: str, next_update: int, now: Instant) -> None:
    """Everything before `next_update` is dealt with."""
    found = read(connection)
    place = replace(found, bot=bot, next_update=next_update, moved_at=now)
    settings.write(connection, KEY, place, now)


def hear(connection: Connection, reader: str, now: Instant) -> None:
    """Telegram has answered this terminal."""
    settings.write(connection, KEY, replace(read(connection), heard_at=now, reader=reader), now)
