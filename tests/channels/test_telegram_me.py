"""A bot's own name is asked back from Telegram, and its token stands in no answer of ours."""

from __future__ import annotations

import pytest

from pos_app.channels.telegram_me import NotTold, name_of
from tests.support.bot_api import TOKEN, BotApi, refused
from tests.support.receiver import Reply, receiving, saying


def test_the_token_s_bot_is_named() -> None:
    with receiving(BotApi(name="roma_bot")) as url:
        assert name_of(url, TOKEN, lan=True) == "roma_bot"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (refused(401, "Unauthorized"), "credentials"),
        (refused(404, "Not Found"), "credentials"),
        (refused(429, "Too Many Requests", retry_after=3), "busy"),
        (Reply(502), "gateway_error"),
        (Reply(200, b"<html>sign in</html>"), "garbage"),
        (saying({"ok": True, "result": []}), "garbage"),
        ("reset", "reset"),
    ],
)
def test_why_nobody_was_named_is_a_short_code(said: Reply | str, code: str) -> None:
    bot = BotApi()
    bot.plan.append(said)
    with receiving(bot) as url, pytest.raises(NotTold) as told:
        name_of(url, TOKEN, lan=True)
    assert told.value.code == code
    assert TOKEN not in repr(told.value)


def test_an_address_in_the_own_network_is_asked_only_when_it_was_ticked() -> None:
    with receiving(BotApi()) as url, pytest.raises(NotTold) as told:
        name_of(url, TOKEN, lan=False)
    assert told.value.code in ("not_https", "address_not_allowed")
