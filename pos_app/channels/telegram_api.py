"""One call of Telegram's Bot API and the meaning of its refusals.

The bot's token stands in the address, so no address may ever reach a log or a code.
"""

from __future__ import annotations

import msgspec

from pos_app.channels.guard import Answer

LONGEST_TEXT = 4096


class Parameters(msgspec.Struct, frozen=True):
    retry_after: float | None = None


class Reply(msgspec.Struct, frozen=True):
    """The envelope of every answer; `result` is left as it came."""

    ok: bool
    result: msgspec.Raw = msgspec.Raw(b"null")
    error_code: int = 0
    description: str = ""
    parameters: Parameters | None = None

    @property
    def after_s(self) -> float | None:
        """How long the bot has to be still, in seconds."""
        asked = self.parameters.retry_after if self.parameters is not None else None
        return min(max(asked, 0.0), 86_400.0) if asked is not None else None


def reply(answer: Answer) -> Reply | None:
    """The envelope in `answer`; None when a hotspot or a proxy answered instead."""
    try:
        return msgspec.json.decode(answer.body, type=Reply)
    except (msgspec.DecodeError, RecursionError):
        return None


def address(base: str, token: str, method: str) -> str:
    """The address of a method; it holds the token."""
    return f"{base.rstrip('/')}/bot{token}/{method}"
