"""Who a bot's token belongs to: Telegram tells the bot's own name (`getMe`)."""

from __future__ import annotations

import msgspec

from pos_app.channels.guard import CallFailed, GuardedSession
from pos_app.channels.telegram_api import address, reply


class NotTold(Exception):
    """Nobody said whose token it is. `code` is `credentials` when Telegram does not know it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Me(msgspec.Struct, frozen=True):
    username: str


def name_of(url: str, token: str, *, lan: bool) -> str:
    """The bot's name without the @. Raises NotTold, which never holds the token."""
    session = GuardedSession(lan=lan, kept=False)
    try:
        answer = session.call("POST", address(url, token, "getMe"), json={})
    except CallFailed as failed:
        raise NotTold(failed.code) from None
    finally:
        session.close()
    told = reply(answer)
    status = (told.error_code if told is not None else 0) or answer.status
    if status in (401, 404):
        raise NotTold("credentials")
    if told is None or not told.ok or answer.status >= 300:
        raise NotTold("busy" if status == 429 else "gateway_error" if status >= 500 else "garbage")
    try:
        return msgspec.json.decode(told.result, type=_Me).username
    except msgspec.DecodeError:
        raise NotTold("garbage") from None
