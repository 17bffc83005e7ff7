"""The bot's inbox: what guests wrote, read by a long poll, one page at a time.

The reader keeps nothing: whoever has stored a page's entries asks for the next one with
`next_offset`, and only then Telegram forgets them. So a till that dies reads them again.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from pos_app.channels.guard import CallFailed, GuardedSession
from pos_app.channels.setups_direct import TelegramSetup
from pos_app.channels.telegram_api import address, reply
from pos_app.domain.start_words import is_word

POLL_S = 25
_PATIENCE_S = 40.0
# A message may quote another one whole, with six bytes per letter.
_LONGEST = 4_194_304
_PAGE = 20
_START = "/start"
_GONE = ("kicked", "left")


@dataclass(frozen=True, slots=True)
class Opted:
    """A guest opened the bot with a one-time word. `language` is his phone's, or empty."""

    update_id: int
    chat_id: int
    word: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A guest wrote; `text` is empty for a picture or a voice."""

    update_id: int
    chat_id: int
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A guest has blocked the bot: nothing may be sent to him."""

    update_id: int
    chat_id: int


Entry = Opted | Said | Left


@dataclass(frozen=True, slots=True)
class Page:
    """`next_offset` is what to ask with once the entries are stored; None: nothing new."""

    entries: tuple[Entry, ...]
    next_offset: int | None


@dataclass(frozen=True, slots=True)
class NotRead:
    """The inbox could not be asked; `after_s` when Telegram said how long to wait.

    `credentials`: the token is wrong. `conflict`: another program reads the same bot.
    """

    code: str
    after_s: float | None = None


class _Chat(msgspec.Struct, frozen=True):
    id: int
    type: str = ""


class _From(msgspec.Struct, frozen=True):
    is_bot: bool = False
    language_code: str = ""


class _Message(msgspec.Struct, frozen=True):
    chat: _Chat
    sender: _From | None = msgspec.field(default=None, name="from")
    text: str = ""
    caption: str = ""


class _Member(msgspec.Struct, frozen=True):
    status: str = ""


class _Membership(msgspec.Struct, frozen=True):
    chat: _Chat
    new_chat_member: _Member


class _Id(msgspec.Struct, frozen=True):
    update_id: int


class _Update(msgspec.Struct, frozen=True):
    update_id: int
    message: _Message | None = None
    my_chat_member: _Membership | None = None


class TelegramInbox:
    """One bot's inbox. Only one program may read it at a time."""

    def __init__(self, setup: TelegramSetup, token: str) -> None:
        self._address = address(setup.url, token, "getUpdates")
        self._session = GuardedSession(lan=setup.lan)

    def read(self, offset: int | None, *, poll_s: int = POLL_S) -> Page | NotRead:
        """Wait up to `poll_s` seconds for what came since `offset`; None: the oldest kept."""
        wanted: dict[str, object] = {
            "timeout": poll_s,
            "limit": _PAGE,
            "allowed_updates": ["message", "my_chat_member"],
        }
        if offset is not None:
            wanted["offset"] = offset
        try:
            answer = self._session.call(
                "POST", self._address, json=wanted, patience_s=_PATIENCE_S, longest=_LONGEST
            )
        except CallFailed as failed:
            return NotRead(failed.code)
        told = reply(answer)
        if told is not None and told.ok and answer.status < 300:
            return page(told.result)
        status = (told.error_code if told is not None else 0) or answer.status
        return NotRead(_code(status), told.after_s if told is not None else None)

    def cut(self) -> None:
        """End a poll that another thread has running, or is about to begin."""
        self._session.end()

    def close(self) -> None:
        self._session.close()


def page(result: bytes | msgspec.Raw) -> Page | NotRead:
    """The entries in a `getUpdates` result. What cannot be read is passed over, not stuck on."""
    try:
        raws = msgspec.json.decode(result, type=list[msgspec.Raw])
    except msgspec.DecodeError:
        return NotRead("garbage")
    ids = [_update_id(raw) for raw in raws]
    known = [update_id for update_id in ids if update_id is not None]
    if raws and not known:
        return NotRead("garbage")
    entries = tuple(entry for raw in raws if (entry := _entry(raw)) is not None)
    return Page(entries, max(known) + 1 if known else None)


def _update_id(raw: msgspec.Raw) -> int | None:
    try:
        return msgspec.json.decode(raw, type=_Id).update_id
    except msgspec.DecodeError:
        return None


def _entry(raw: msgspec.Raw) -> Entry | None:
    try:
        update = msgspec.json.decode(raw, type=_Update)
    except msgspec.DecodeError:
        return None
    if update.my_chat_member is not None:
        member = update.my_chat_member
        is_gone = member.chat.type == "private" and member.new_chat_member.status in _GONE
        return Left(update.update_id, member.chat.id) if is_gone else None
    return _heard(update.update_id, update.message) if update.message is not None else None


def _heard(update_id: int, message: _Message) -> Entry | None:
    # In a group anybody could opt the others in.
    if message.chat.type != "private" or (message.sender is not None and message.sender.is_bot):
        return None
    language = message.sender.language_code if message.sender is not None else ""
    text = (message.text or message.caption).strip()
    command, _, word = text.partition(" ")
    if command == _START and is_word(word.strip()):
        return Opted(update_id, message.chat.id, word.strip(), language)
    return Said(update_id, message.chat.id, text, language)


def _code(status: int) -> str:
    known = {401: "credentials", 404: "credentials", 409: "conflict", 429: "busy"}
    if status in known:
        return known[status]
    return "garbage" if status < 300 else "redirect" if status < 400 else "gateway_error"
