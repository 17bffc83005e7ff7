"""Web push: what reaches the guest's browser, and what a push service's answers mean."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.channels import vapid
from pos_app.channels.protocol import (
    Accepted,
    Declares,
    GiveUp,
    Outcome,
    OutgoingText,
    RetryLater,
    Unknown,
)
from pos_app.channels.push import Push
from pos_app.channels.push_sealing import MOST_BYTES, sealed, sealed_with, subscription
from pos_app.channels.setups_direct import PushSetup
from pos_app.clock import HOUR_MS, Instant, SystemClock
from tests.support.push_service import Browser, PushService, base64url, unbase64
from tests.support.receiver import HTTP_ANSWERS, Reply, answering_bytes, receiving

UID = "018f3a5e-7c1d-7e2a-9b3c-4d5e6f708192"
CONTACT = "mailto:orders@trattoria.example"
KEY = bytes(range(1, 33))
CLOCK = SystemClock()


def text(to: str, **more: object) -> OutgoingText:
    message = OutgoingText(
        UID,
        to,
        "Замовлення A43 готове.",
        Instant(CLOCK.now() + HOUR_MS),
        about="ready",
        language="uk",
        subject="Trattoria",
        link="https://t.example.ua/A",
    )
    return dataclasses.replace(message, **more)  # type: ignore[arg-type]


def push(key: bytes = KEY, *, lan: bool = True) -> Push:
    return Push(PushSetup(CONTACT, lan=lan), key, CLOCK)


@contextmanager
def service() -> Iterator[tuple[PushService, Push, str]]:
    """A push service, the shop's way to it, and the browser's subscription."""
    made = PushService(subscribed=vapid.public_text(vapid.private_key(KEY)))
    with receiving(made) as url:
        made.origin = url
        channel = push()
        try:
            yield made, channel, made.browser.subscription(f"{url}/wpush/v2/guest")
        finally:
            channel.close()


def test_a_text_reaches_the_browser_and_only_the_browser() -> None:
    with service() as (made, channel, to):
        assert channel.declares is Declares.BLIND
        assert channel.send(text(to)) == Accepted(UID)
        assert channel.poll(UID) is None
    assert made.shown == [
        {
            "title": "Trattoria",
            "body": "Замовлення A43 готове.",
            "language": "uk",
        }
    ]
    assert made.contacts == [CONTACT]
    (request,) = made.requests
    assert request.path == "/wpush/v2/guest"
    assert request.headers["content-encoding"] == "aes128gcm"
    assert 3_500 < int(request.headers["ttl"]) <= 3_600
    assert request.headers["urgency"] == "high"
    assert "замовлення".encode() not in request.body.lower()
    assert b"A43" not in request.body


def test_what_can_wait_does_not_wake_the_phone() -> None:
    with service() as (made, channel, to):
        assert channel.send(text(to, about="feedback")) == Accepted(UID)
    assert made.requests[0].headers["urgency"] == "normal"


def test_the_example_of_the_rfc() -> None:
    browser = Browser(
        ec.derive_private_key(
            int.from_bytes(unbase64("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), "big"),
            ec.SECP256R1(),
        ),
        unbase64("BTBZMqHH6r4Tts7J_aSIgg"),
    )
    assert base64url(browser.point) == (
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    )
    ours = vapid.private_key(unbase64("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    content = b"When I grow up, I want to be a watermelon"
    to = subscription(browser.subscription("https://push.example/1"))
    body = sealed_with(content, to, ours, unbase64("DGv6ra1nlYgDCS1FRnbzlw"))
    assert base64url(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmY"
        "WAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexS"
        "gSxsj_Qulcy4a-fN"
    )
    assert browser.opened(body) == content


@given(st.binary(max_size=MOST_BYTES))
def test_whatever_is_sealed_is_opened_and_fits(content: bytes) -> None:
    browser = Browser()
    body = sealed(content, subscription(browser.subscription("https://push.example/1")))
    assert len(body) <= 4096
    assert browser.opened(body) == content


def test_who_pushes_under_another_key_is_refused() -> None:
    with service() as (made, _, to):
        other = push(vapid.new_key())
        assert other.send(text(to)) == GiveUp("wrong_key")
        other.close()
    assert made.shown == []


def test_a_word_for_one_service_is_worthless_at_another() -> None:
    with service() as (made, channel, to):
        made.origin = "https://push.example"
        assert channel.send(text(to)) == RetryLater("credentials")


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (Reply(200), Accepted(UID)),
        (Reply(202), Accepted(UID)),
        (Reply(404), GiveUp("gone")),
        (Reply(410), GiveUp("gone")),
        (Reply(413), GiveUp("too_long")),
        (Reply(400), GiveUp("rejected")),
        (Reply(429, headers={"Retry-After": "90"}), RetryLater("busy", 90.0)),
        (Reply(503), RetryLater("busy")),
        (Reply(500), Unknown("gateway_error")),
        (Reply(307, headers={"Location": "http://127.0.0.1:9/"}), RetryLater("redirect")),
        ("reset", Unknown("reset")),
        ("take-reset", Unknown("reset")),
    ],
)
def test_what_an_answer_means(step: Reply | str, outcome: Outcome) -> None:
    with service() as (made, channel, to):
        made.plan.append(step)
        assert channel.send(text(to)) == outcome
        assert channel.send(text(to)) == Accepted(UID), "and then it is well again"


def test_what_cannot_be_pushed_is_not_tried() -> None:
    with service() as (made, channel, to):
        assert channel.send(text(to, text="ї" * MOST_BYTES)) == GiveUp("too_long")
        assert channel.send(text(to, not_after=CLOCK.now())) == GiveUp("expired")
        assert channel.send(text(to, text="\ud800")) == GiveUp("bad_text")
        assert channel.send(text("{}")) == GiveUp("bad_address")
    assert made.requests == []


ENDPOINTS = (
    "https://127.0.0.1/x", "http://8.8.8.8/x", "https://a@b.example/", "file:///etc/passwd",
    "https://[::1", "https://push.example/\r\nX: y", "",
)  # fmt: skip


def test_an_endpoint_that_leads_into_the_shops_network_is_never_called() -> None:
    with service() as (made, _, to):
        guarded = push(lan=False)
        assert guarded.send(text(to)) == GiveUp("bad_address")
        for endpoint in ENDPOINTS:
            there = made.browser.subscription(endpoint)
            assert guarded.send(text(there)) == GiveUp("bad_address")
        guarded.close()
    assert made.requests == []


def test_a_silent_service_does_not_hold_up_the_end() -> None:
    outcomes: list[Outcome] = []
    with service() as (made, channel, to):
        made.plan.append("silent")
        sender = threading.Thread(target=lambda: outcomes.append(channel.send(text(to))))
        sender.start()
        made.wait_for(1)
        channel.cut()
        sender.join(5)
    assert outcomes == [Unknown("reset")]


@given(st.text(max_size=200))
def test_any_text_is_a_subscription_or_none(given_text: str) -> None:
    with suppress(ValueError):
        subscription(given_text)


@given(st.binary(max_size=80), st.binary(max_size=24))
def test_any_keys_are_a_subscription_or_none(point: bytes, secret: bytes) -> None:
    keys = f'{{"p256dh": "{base64url(point)}", "auth": "{base64url(secret)}"}}'
    with suppress(ValueError):
        subscription(f'{{"endpoint": "https://push.example/1", "keys": {keys}}}')


def test_a_new_key_can_be_used_and_others_are_refused() -> None:
    assert vapid.new_key() != vapid.new_key()
    assert len(unbase64(vapid.public_text(vapid.private_key(vapid.new_key())))) == 65
    for raw in (b"", bytes(32), b"\xff" * 32, bytes(31), bytes(33)):
        with pytest.raises(ValueError, match="no key"):
            vapid.private_key(raw)


@settings(max_examples=25, deadline=None)
@given(HTTP_ANSWERS)
def test_whatever_a_service_answers_there_is_an_outcome(answer: bytes) -> None:
    with answering_bytes() as (url, said):
        said[0] = answer
        channel = push()
        outcome = channel.send(text(Browser().subscription(f"{url}/guest")))
        channel.close()
    assert isinstance(outcome, Accepted | RetryLater | GiveUp | Unknown)
