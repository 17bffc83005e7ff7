"""How mail, the bot, webhooks and web push are set up: what is refused names its field."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.channels.guard import check_url
from pos_app.channels.setups_direct import (
    PLAIN,
    STARTTLS,
    MailSetup,
    PushSetup,
    TelegramSetup,
    WebhookSetup,
    checked,
    checked_token,
)
from pos_app.errors import BadInput

MAIL = MailSetup("mail.trattoria.example", "orders@trattoria.example")
BOT = TelegramSetup("trattoria_bot")
HOOK = WebhookSetup("https://shop.example/orders", ("order.ready",))
PUSH = PushSetup("mailto:orders@trattoria.example")
TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.mark.parametrize(
    "setup",
    [
        MAIL,
        dataclasses.replace(MAIL, host="192.168.1.5", port=25, security=PLAIN, lan=True),
        dataclasses.replace(MAIL, port=587, security=STARTTLS, username="orders", reply_to="a@b.c"),
        BOT,
        HOOK,
        WebhookSetup("http://192.168.1.9:8080/x", lan=True),
        PUSH,
        PushSetup("https://trattoria.example/contact"),
    ],
)
def test_what_can_be_used_is_taken(setup: MailSetup) -> None:
    assert checked(setup) is setup


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("host", {"host": ""}),
        ("host", {"host": "mail example"}),
        ("host", {"host": "mail.example\r\nX"}),
        ("host", {"host": "https://mail.example"}),
        ("port", {"port": 0}),
        ("port", {"port": 65_536}),
        ("security", {"security": "ssl"}),
        ("security", {"security": PLAIN}),
        ("sender", {"sender": "orders"}),
        ("sender", {"sender": "a@b.example\nBcc: c@d.example"}),
        ("reply_to", {"reply_to": "Trattoria <a@b.example>"}),
        ("sender_name", {"sender_name": "Trattoria\r\nBcc: a@b.example"}),
        ("username", {"username": "a\x00b"}),
    ],
)
def test_a_mail_server_that_cannot_be_used_is_named(field: str, changed: dict[str, object]) -> None:
    with pytest.raises(BadInput) as refused:
        checked(dataclasses.replace(MAIL, **changed))  # type: ignore[arg-type]
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("field", "setup"),
    [
        ("bot", TelegramSetup("@trattoria_bot")),
        ("bot", TelegramSetup("bot")),
        ("bot", TelegramSetup("trattoria_bot?start=x")),
        ("url", TelegramSetup("trattoria_bot", "http://api.telegram.example")),
        ("url", WebhookSetup("http://shop.example/orders")),
        ("url", WebhookSetup("ftp://shop.example/orders", lan=True)),
        ("url", WebhookSetup("https://user:pass@shop.example/")),
        ("url", WebhookSetup("https://shop.example/ x")),
        ("url", WebhookSetup("https://[::1/")),
        ("events[1]", WebhookSetup("https://shop.example/", ("order.ready", "order.eaten"))),
        ("contact", PushSetup("orders@trattoria.example")),
        ("contact", PushSetup("mailto:orders")),
        ("contact", PushSetup("http://trattoria.example/")),
    ],
)
def test_what_else_cannot_be_used_is_named(field: str, setup: WebhookSetup) -> None:
    with pytest.raises(BadInput) as refused:
        checked(setup)
    assert refused.value.field == field


@given(st.text(max_size=60), st.booleans())
def test_an_address_that_is_taken_is_one_that_can_be_called(text: str, lan: bool) -> None:
    try:
        checked(WebhookSetup(text, lan=lan))
    except BadInput:
        return
    check_url(text)


def test_a_token_is_read_as_it_was_pasted_and_never_repeated() -> None:
    assert checked_token(f" {TOKEN}\n") == TOKEN
    for wrong in ("", "110201543", f"{TOKEN}/x", f"bot{TOKEN}", TOKEN.replace(":", " ")):
        with pytest.raises(BadInput) as refused:
            checked_token(wrong)
        assert refused.value.field == "token"
        assert not wrong or wrong not in str(refused.value)


def test_no_setup_has_a_place_for_a_secret() -> None:
    kinds = (MailSetup, TelegramSetup, WebhookSetup, PushSetup)
    names = {field.name for kind in kinds for field in dataclasses.fields(kind)}
    assert not [
        name for name in names if any(w in name for w in ("pass", "token", "secret", "key"))
    ]
