"""The part of the desk for the bot's inbox: each update is one transaction, and happens once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pos_app.changes import MessagesChanged, SettingsChanged
from pos_app.desk import guest_chats
from pos_app.desk.channels_desk import KeyDoors
from pos_app.desk.chats import TELEGRAM
from pos_app.desk.guest_chats import Heard, Opened
from pos_app.desk.rule_acts import TASKS
from pos_app.desk.transaction import Transaction
from pos_app.keys import STORE, secret
from pos_app.store import bot_inbox, contacts
from pos_app.store.bot_inbox import Place


class ChatsDesk:
    """`update_id` is Telegram's number of what happened; answers are None for one dealt with."""

    def __init__(self, doors: KeyDoors) -> None:
        self._doors = doors

    def place(self) -> Place:
        """How far the inbox is read, by whom, and when Telegram answered last."""
        with self._doors.database.read() as connection:
            return bot_inbox.read(connection)

    def hear(self, reader: str) -> None:
        """Telegram has answered `reader`, a terminal."""
        with self._doors.database.write() as connection:
            bot_inbox.hear(connection, reader, self._doors.clock.now())

    def read_up_to(self, bot: str, next_update: int) -> None:
        """Everything before `next_update` is dealt with, or is nothing to us."""
        with self._doors.database.write() as connection:
            bot_inbox.move(connection, bot, next_update, self._doors.clock.now())

    def opened(
        self, bot: str, update_id: int, chat_id: int, word: str, language: str
    ) -> Opened | None:
        """A guest has opened the bot with a word."""
        with self._once(bot, update_id) as act:
            if act is None:
                return None
            found = guest_chats.opened(act, str(chat_id), word, language, self._key())
        self._doors.feed.publish(MessagesChanged(()))
        return found

    def knows(self, chat_id: int) -> bool:
        """Whether this chat hears about any order."""
        with self._doors.database.read() as connection:
            return bool(contacts.at_address(connection, TELEGRAM, str(chat_id)))

    def told(self, chat_id: int) -> list[int]:
        """The orders that a guest who asks in this chat is to be told about."""
        with self._doors.database.read() as connection:
            return guest_chats.told(connection, str(chat_id), self._doors.clock.now())

    def wrote(self, bot: str, update_id: int, chat_id: int, text: str) -> Heard | None:
        """A guest wrote what a person should read."""
        with self._once(bot, update_id) as act:
            if act is None:
                return None
            found = guest_chats.wrote(act, str(chat_id), text)
        if found is Heard.TOLD:
            self._doors.feed.publish(SettingsChanged((TASKS,)))
        return found

    def stopped(self, bot: str, update_id: int, chat_id: int) -> bool | None:
        """A guest wants no more texts here; False when he had said so before."""
        with self._once(bot, update_id) as act:
            if act is None:
                return None
            is_new = guest_chats.stopped(act, str(chat_id), self._key())
        self._doors.feed.publish(MessagesChanged(()))
        return is_new

    def started(self, bot: str, update_id: int, chat_id: int) -> bool | None:
        """Whether a guest who had stopped takes that back."""
        with self._once(bot, update_id) as act:
            return None if act is None else guest_chats.started(act, str(chat_id), self._key())

    def left(self, bot: str, update_id: int, chat_id: int) -> None:
        """A guest has blocked the bot."""
        with self._once(bot, update_id) as act:
            if act is not None:
                guest_chats.left(act, str(chat_id))

    def unreachable(self, chat_id: int) -> None:
        """Telegram says that nobody is in this chat any more."""
        with self._doors.act() as act:
            guest_chats.left(act, str(chat_id))

    @contextmanager
    def _once(self, bot: str, update_id: int) -> Iterator[Transaction | None]:
        """One transaction for one update; None when it was dealt with before."""
        with self._doors.act() as act:
            if not bot_inbox.is_new(act.connection, bot, update_id, act.now):
                yield None
                return
            yield act
            bot_inbox.move(act.connection, bot, update_id + 1, act.now)

    def _key(self) -> bytes:
        return secret(self._doors.keys, STORE)
