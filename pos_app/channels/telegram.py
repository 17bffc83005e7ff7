"""Telegram: the shop's bot writes to guests who have opened it.

Blind: the Bot API takes no id of ours. Plain text without markup, so that no name of a dish or a
guest is read as formatting.
"""

from __future__ import annotations

import re

import msgspec

from pos_app.channels.guard import Answer, CallFailed, GuardedSession
from pos_app.channels.pace import TELEGRAM
from pos_app.channels.protocol import (
    Accepted,
    Declares,
    GiveUp,
    Outcome,
    OutgoingText,
    Report,
    RetryLater,
    Unknown,
)
from pos_app.channels.setups_direct import TelegramSetup
from pos_app.channels.telegram_api import LONGEST_TEXT, Reply, address, reply

BLOCKED = "blocked"
_CHAT = re.compile(r"-?[0-9]{1,18}", re.ASCII)
# Of a 400: this guest cannot be written to (any more).
_NOBODY = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")


class _Sent(msgspec.Struct, frozen=True):
    message_id: int


class Telegram:
    """`message.to` is the chat's id as the bot's inbox learned it."""

    declares = Declares.BLIND
    tells_delivery = False
    pace = TELEGRAM

    def __init__(self, setup: TelegramSetup, token: str) -> None:
        self._address = address(setup.url, token, "sendMessage")
        self._session = GuardedSession(lan=setup.lan, kept=False)

    def send(self, message: OutgoingText) -> Outcome:
        if not _CHAT.fullmatch(message.to):
            return GiveUp("bad_address")
        # Telegram counts in UTF-16.
        if len(message.text.encode("utf-16-le", "replace")) > 2 * LONGEST_TEXT:
            return GiveUp("too_long")
        wanted = {
            "chat_id": int(message.to),
            "text": message.text,
            "link_preview_options": {"is_disabled": True},
        }
        try:
            answer = self._session.call("POST", self._address, json=wanted)
        except CallFailed as failed:
            if failed.not_sent:
                return RetryLater(failed.code, down=True)
            return Unknown(failed.code, down=True)
        return _outcome(answer)

    def poll(self, provider_id: str) -> Report | None:  # noqa: ARG002 - as the protocol has it
        """Telegram tells nothing of what became of a text."""
        return None

    def cut(self) -> None:
        self._session.end()

    def close(self) -> None:
        self._session.close()


def _outcome(answer: Answer) -> Outcome:
    told = reply(answer)
    if told is None:
        return _without_words(answer.status)
    if told.ok and answer.status < 300:
        return _taken(told)
    status = told.error_code or answer.status
    if status == 403:
        return GiveUp(BLOCKED)
    if status == 400:
        return GiveUp(_reason(told.description))
    if status == 429:
        return RetryLater("busy", told.after_s, down=True)
    return _without_words(status)


def _without_words(status: int) -> Outcome:
    if status in (401, 404):
        # A token that was revoked, or one that never was.
        return RetryLater("credentials", down=True)
    if status == 429:
        return RetryLater("busy", down=True)
    if 300 <= status < 400:
        return RetryLater("redirect", down=True)
    if status >= 500:
        return Unknown("gateway_error", down=True)
    return GiveUp("rejected") if status >= 400 else Unknown("garbage", down=True)


def _taken(told: Reply) -> Outcome:
    try:
        return Accepted(str(msgspec.json.decode(told.result, type=_Sent).message_id))
    except msgspec.DecodeError:
        return Unknown("garbage", down=True)


def _reason(description: str) -> str:
    said = description.lower()
    if any(words in said for words in _NOBODY):
        return BLOCKED
    return "too_long" if "too long" in said else "rejected"
