"""What a browser may say of itself, and what is refused before anybody keeps it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.channels.push_sealing import subscription
from pos_app.errors import BadInput
from pos_app.wire import browsers
from tests.support.push_service import Browser, base64url

ENDPOINT = "https://push.example/wpush/v2/guest"


def said(**changed: Any) -> bytes:
    """A wish as a page sends it; None takes a field out."""
    subscribed = json.loads(Browser().subscription(changed.pop("endpoint", ENDPOINT)))
    subscribed["keys"] |= changed.pop("keys", {})
    whole = {"kind": "push_on", "subscription": subscribed, "language": "uk", **changed}
    return json.dumps({name: value for name, value in whole.items() if value is not None}).encode()


def field(body: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        browsers.wish(body)
    return refused.value.field


def test_a_browser_s_own_json_is_read_and_the_rest_of_it_dropped() -> None:
    asked = browsers.wish(said(note="call me", phone="+380671234567"))
    assert (asked.kind, asked.language, asked.subscription.endpoint) == ("push_on", "uk", ENDPOINT)
    kept = browsers.address(asked.subscription)
    assert set(json.loads(kept)) == {"endpoint", "keys"}
    assert subscription(kept).endpoint == browsers.endpoint_of(kept) == ENDPOINT


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/1",
        "HTTPS:/push.example",
        "https:///1",
        "https://guest@push.example/1",
        "https://push.example:0/1",
        "https://push.example:99999/1",
        "https://push.example/1#part",
        "https://push.example/a b",
        "https://push.example/\n1",
        "https://пуш.example/1",
        "https://[::1/1",
        "javascript:alert(1)",
        "wss://push.example/1",
        "",
        "https://push.example/" + "x" * 1000,
    ],
)
def test_an_address_that_is_no_push_service_s_is_refused(endpoint: str) -> None:
    assert field(said(endpoint=endpoint)) == "subscription.endpoint"


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ({"p256dh": base64url(b"\x04" + b"\x01" * 64)}, "p256dh"),
        ({"p256dh": base64url(b"\x05" + Browser().point[1:])}, "p256dh"),
        ({"p256dh": base64url(Browser().point[:64])}, "p256dh"),
        ({"p256dh": base64url(bytes(65))}, "p256dh"),
        ({"p256dh": "é" * 87}, "p256dh"),
        ({"auth": base64url(b"x" * 15)}, "auth"),
        ({"auth": base64url(b"x" * 17)}, "auth"),
        ({"auth": None}, "auth"),
    ],
)
def test_keys_that_cannot_be_a_browser_s_are_refused(keys: dict[str, Any], named: str) -> None:
    assert field(said(keys=keys)) == f"subscription.keys.{named}"


@pytest.mark.parametrize(
    "changed", [{"kind": "push_all"}, {"kind": None}, {"language": "English"}, {"language": 7}]
)
def test_a_wish_that_nobody_knows_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        browsers.wish(said(**changed))


@given(st.binary(max_size=300))
def test_any_bytes_are_a_wish_or_bad_input(body: bytes) -> None:
    with pytest.raises(BadInput):
        browsers.wish(body)


@pytest.mark.parametrize(
    ("endpoint", "inside"),
    [
        ("https://push.example/1", False),
        ("https://8.8.8.8/1", False),
        ("https://127.0.0.1:8443/1", True),
        ("https://[::1]/1", True),
        ("https://192.168.1.20/1", True),
        ("https://10.0.0.1/1", True),
        ("https://169.254.169.254/latest/meta-data", True),
        ("https://[fd00::1]/1", True),
        ("https://[::ffff:192.168.1.1]/1", True),
        ("https://localhost/1", True),
        ("https://till.local/1", True),
        ("https://router/1", True),
        ("https://metadata.google.internal./1", True),
    ],
)
def test_an_address_inside_is_told_by_its_letters(endpoint: str, inside: bool) -> None:
    assert browsers.leads_inside(endpoint) is inside


@pytest.mark.parametrize(
    ("origin", "secure"),
    [
        ("https://t.example.ua", True),
        ("http://127.0.0.1:8123", True),
        ("http://192.168.1.20:8123", False),
        ("http://t.example.ua", False),
    ],
)
def test_browsers_take_pushes_from_secure_pages_only(origin: str, secure: bool) -> None:
    assert browsers.is_secure(origin) is secure
