"""The part of the desk about the texts to guests: what became of each, and what a person does."""

from __future__ import annotations

from collections.abc import Collection

from pos_app.changes import MessagesChanged
from pos_app.clock import DAY_MS, Instant
from pos_app.desk import messaging
from pos_app.desk.doors import Doors
from pos_app.store import message_list
from pos_app.store.message_list import ListedMessage, MessagePage

__all__ = ["ListedMessage", "MessagePage", "MessagesDesk"]


class MessagesDesk:
    """Acts and readings; the words of a text are made when it leaves and kept nowhere."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def page(
        self, states: Collection[str] = (), before: int | None = None, limit: int = 60
    ) -> MessagePage:
        """The newest first; `states` empty: all."""
        with self._doors.database.read() as connection:
            return message_list.page(connection, states, before, limit)

    def one(self, message_id: int) -> ListedMessage | None:
        with self._doors.database.read() as connection:
            return message_list.one(connection, message_id)

    def counts(self) -> dict[str, int]:
        """How many texts of the last 24 hours stand in each state."""
        since = Instant(self._doors.clock.now() - DAY_MS)
        with self._doors.database.read() as connection:
            return message_list.counts(connection, since)

    def take_back(self, message_id: int) -> None:
        """Raises NotFound, Refused."""
        with self._doors.act() as act:
            messaging.take_back(act, message_id)
            changed = tuple(act.changed)
        self._doors.feed.publish(MessagesChanged(changed))

    def say_again(self, message_id: int) -> str:
        """The state in which the new text begins. Raises NotFound, Refused."""
        with self._doors.act() as act:
            state = messaging.say_again(act, message_id)
            changed = tuple(act.changed)
        self._doors.feed.publish(MessagesChanged(changed))
        return state

    def write(self, order_id: int, words: str, channel: str = "") -> str:
        """The state in which the text begins. Raises NotFound, BadInput, Refused."""
        with self._doors.act() as act:
            state = messaging.write(act, order_id, words, channel)
        self._doors.feed.publish(MessagesChanged((order_id,)))
        return state
