"""The shop's bot as a way out: what it sends, and what Telegram's refusals mean."""

from __future__ import annotations

import dataclasses
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.channels.protocol import (
    Accepted,
    Declares,
    GiveUp,
    Outcome,
    OutgoingText,
    RetryLater,
    Unknown,
)
from pos_app.channels.setups_direct import TelegramSetup
from pos_app.channels.telegram import Telegram
from pos_app.channels.telegram_bot import NotRead, Page, TelegramInbox
from pos_app.clock import Instant
from tests.support.bot_api import TOKEN, BotApi, refused
from tests.support.receiver import Reply, answering_bytes, receiving, saying

UID = "018f3a5e-7c1d-7e2a-9b3c-4d5e6f708192"
TEXT = OutgoingText(UID, "42", "Замовлення *A43* <b>готове</b>_", Instant(1_795_464_000_000))


@contextmanager
def bot(api: BotApi, token: str = TOKEN) -> Iterator[Telegram]:
    with receiving(api) as url:
        channel = Telegram(TelegramSetup("trattoria_bot", url, lan=True), token)
        try:
            yield channel
        finally:
            channel.close()


def test_a_text_goes_as_it_is_without_markup() -> None:
    api = BotApi(opened={42})
    with bot(api) as channel:
        assert channel.declares is Declares.BLIND
        assert channel.send(TEXT) == Accepted("1")
        assert channel.poll("1") is None
    assert api.sent == [
        {"chat_id": 42, "text": TEXT.text, "link_preview_options": {"is_disabled": True}}
    ]


def test_who_blocked_the_bot_or_never_opened_it_is_given_up() -> None:
    api = BotApi(opened={42}, blocked={42})
    with bot(api) as channel:
        assert channel.send(TEXT) == GiveUp("blocked")
        assert channel.send(dataclasses.replace(TEXT, to="43")) == GiveUp("blocked")
    assert api.sent == []


@pytest.mark.parametrize("to", ["", "@olena", "olena", "4 2", "1" * 30, "٤٢", "42\n"])
def test_what_is_no_chat_is_not_tried(to: str) -> None:
    api = BotApi()
    with bot(api) as channel:
        assert channel.send(dataclasses.replace(TEXT, to=to)) == GiveUp("bad_address")
    assert api.requests == []


def test_a_text_that_telegram_would_not_take_is_not_tried() -> None:
    api = BotApi(opened={42})
    with bot(api) as channel:
        assert channel.send(dataclasses.replace(TEXT, text="ї" * 4096)) == Accepted("1")
        assert channel.send(dataclasses.replace(TEXT, text="ї" * 4097)) == GiveUp("too_long")
        assert channel.send(dataclasses.replace(TEXT, text="🍕" * 2049)) == GiveUp("too_long")


def test_a_token_that_was_revoked_is_no_reason_to_give_up() -> None:
    with bot(BotApi(), "110201543:wrong") as channel:
        assert channel.send(TEXT) == RetryLater("credentials", down=True)


BUSY = refused(429, "Too Many Requests: retry after 17", retry_after=17)


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (BUSY, RetryLater("busy", 17.0, down=True)),
        (Reply(429), RetryLater("busy", down=True)),
        (refused(403, "Forbidden: user is deactivated"), GiveUp("blocked")),
        (refused(400, "Bad Request: PEER_ID_INVALID"), GiveUp("blocked")),
        (refused(400, "Bad Request: message text is empty"), GiveUp("rejected")),
        (refused(404, "Not Found"), RetryLater("credentials", down=True)),
        (refused(500, "Internal Server Error"), Unknown("gateway_error", down=True)),
        (Reply(502, b"<html>bad gateway</html>"), Unknown("gateway_error", down=True)),
        (Reply(302, headers={"Location": "http://login.wifi/"}), RetryLater("redirect", down=True)),
        (Reply(200, b"<html>sign in</html>"), Unknown("garbage", down=True)),
        (saying({"ok": True, "result": {}}), Unknown("garbage", down=True)),
        (saying({"ok": False, "error_code": 403, "description": "Forbidden"}), GiveUp("blocked")),
        ("reset", Unknown("reset", down=True)),
        ("take-reset", Unknown("reset", down=True)),
    ],
)
def test_what_an_answer_means(step: Reply | str, outcome: Outcome) -> None:
    api = BotApi(opened={42})
    api.plan.append(step)
    with bot(api) as channel:
        assert channel.send(TEXT) == outcome
        assert channel.send(TEXT) == Accepted("1"), "and then it is well again"


def test_telegram_out_of_reach_took_nothing() -> None:
    with bot(BotApi()) as channel:
        pass
    assert channel.send(TEXT) == RetryLater("unreachable", down=True)
    channel.close()


def test_a_silent_server_does_not_hold_up_the_end() -> None:
    api, outcomes = BotApi(opened={42}), list[Outcome]()
    api.plan.append("silent")
    with bot(api) as channel:
        sender = threading.Thread(target=lambda: outcomes.append(channel.send(TEXT)))
        sender.start()
        api.wait_for(1)
        channel.cut()
        sender.join(5)
    assert outcomes == [Unknown("reset", down=True)]


def _http(body: bytes, status: int = 200) -> bytes:
    return b"HTTP/1.1 %d x\r\nContent-Length: %d\r\n\r\n%b" % (status, len(body), body)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["ok", "result", "error_code", "parameters", "retry_after", "message_id"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
ANSWERS = st.one_of(
    st.binary(max_size=60),
    st.builds(_http, st.binary(max_size=60), st.integers(0, 999)),
    st.builds(
        lambda body, status: _http(saying(body).body, status),
        JSON,
        st.sampled_from([200, 400, 429]),
    ),
    st.just(_http(b"[" * 60_000)),
    st.just(_http(b'{"ok":true,"result":' + b"[" * 30_000 + b"]" * 30_000 + b"}")),
    st.just(_http(b'{"ok":true,"result":[{"update_id":' + b"[" * 20_000 + b"]" * 20_000 + b"}]}")),
    st.just(_http(b'{"ok":true,"result":' + b"[" * 60_000)),
)


@settings(max_examples=30, deadline=None)
@given(ANSWERS)
def test_whatever_telegram_answers_there_is_an_outcome_without_the_token(answer: bytes) -> None:
    with answering_bytes() as (url, said):
        said[0] = answer
        setup = TelegramSetup("trattoria_bot", url, lan=True)
        channel, inbox = Telegram(setup, TOKEN), TelegramInbox(setup, TOKEN)
        outcome, read = channel.send(TEXT), inbox.read(None, poll_s=0)
        channel.close()
        inbox.close()
    assert isinstance(outcome, Accepted | RetryLater | GiveUp | Unknown)
    assert isinstance(read, Page | NotRead)
    assert TOKEN not in repr((outcome, read))


def test_the_token_stands_in_no_log_even_when_an_answer_is_broken(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with answering_bytes() as (url, said):
        setup = TelegramSetup("trattoria_bot", url, lan=True)
        channel, inbox = Telegram(setup, TOKEN), TelegramInbox(setup, TOKEN)
        for answer in (b"HTTP/1.1 200 OK\r\nno header\r\n: x\r\n\r\n{}", _http(b"{}", 500), b""):
            said[0] = answer
            channel.send(TEXT)
            inbox.read(None, poll_s=0)
        channel.close()
        inbox.close()
    assert TOKEN not in caplog.text
