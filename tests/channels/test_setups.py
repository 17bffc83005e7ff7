"""How ways out are set up: what cannot be used is refused at entry, by its field."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.channels.approved import ApprovedText
from pos_app.channels.protocol import Accepted, OutgoingText
from pos_app.channels.setups import (
    SECRETS,
    SETUPS,
    HttpTemplateSetup,
    Setup,
    SmsClubSetup,
    SmsGateSetup,
    TurboSmsSetup,
    TwilioSetup,
    WhatsAppSetup,
    checked,
    checked_secret,
    opened,
)
from pos_app.clock import VirtualClock
from pos_app.errors import BadInput
from tests.support.ways_out import NOW, TEXT, WAYS

READY = ApprovedText("order_ready", "ready", "uk")
HX = ApprovedText(f"HX{'2' * 32}", "ready", "uk")
GATE = SmsGateSetup("http://192.168.1.5:8080", "till", lan=True)
TWILIO = TwilioSetup(f"AC{'0' * 32}", "+380441234567", approved=(HX,))
WHATSAPP = WhatsAppSetup("106540352242922", (READY,))
TURBO, CLUB = TurboSmsSetup("Trattoria"), SmsClubSetup("Trattoria")
HTTP = HttpTemplateSetup(
    "https://sms.example/send?key={secret}", body='{"to": "{to}", "text": "{text}"}'
)
ALL: tuple[Setup, ...] = (GATE, TWILIO, WHATSAPP, TURBO, CLUB, HTTP)
BY_ADDRESS: dict[str, Any] = {"method": "GET", "kind_of_body": "none", "body": ""}


@pytest.mark.parametrize("setup", ALL, ids=lambda setup: setup.kind)
def test_a_good_setup_is_taken_kept_and_opened(setup: Setup) -> None:
    assert checked(setup) is setup
    assert checked_secret(setup, "a secret") == "a secret"
    kept = msgspec.json.encode(setup)
    assert msgspec.json.decode(kept, type=SETUPS[setup.kind]) == setup
    channel = opened(setup, "a secret", clock=VirtualClock(NOW))
    channel.cut()
    channel.close()


def test_every_kind_has_one_secret_of_its_own_name() -> None:
    assert set(SECRETS) == set(SETUPS) == {setup.kind for setup in ALL}
    assert len(set(SECRETS.values())) == len(SECRETS)


@pytest.mark.parametrize(
    ("setup", "changed", "field"),
    [
        (GATE, {"url": "ftp://x"}, "url"),
        (GATE, {"url": "https://till:secret@phone.example/"}, "url"),
        (GATE, {"lan": False}, "url"),
        (GATE, {"username": " "}, "username"),
        (TWILIO, {"url": "http://api.twilio.com"}, "url"),
        (TWILIO, {"account_sid": "AC1"}, "account_sid"),
        (TWILIO, {"account_sid": f"AC{'0' * 31}/"}, "account_sid"),
        (TWILIO, {"key_sid": f"AC{'0' * 32}"}, "key_sid"),
        (TWILIO, {"sender": ""}, "sender"),
        (TWILIO, {"sender": "0441234567"}, "sender"),
        (TWILIO, {"sender": "Траторія"}, "sender"),
        (TWILIO, {"sender": "Trattoria", "whatsapp": True}, "sender"),
        (TWILIO, {"approved": (READY,)}, "approved[0].name"),
        (TWILIO, {"approved": (HX, HX)}, "approved[1].about"),
        (TWILIO, {"approved": (replace(HX, gaps=("text", "phone")),)}, "approved[0].gaps"),
        (WHATSAPP, {"phone_number_id": "+380441234567"}, "phone_number_id"),
        (WHATSAPP, {"phone_number_id": "1/../2"}, "phone_number_id"),
        (WHATSAPP, {"version": "latest"}, "version"),
        (WHATSAPP, {"approved": ()}, "approved"),
        (WHATSAPP, {"approved": (READY, replace(READY, name="Ready!"))}, "approved[1].name"),
        (WHATSAPP, {"approved": (replace(READY, language=""),)}, "approved[0].code"),
        (WHATSAPP, {"approved": (replace(READY, code="Ukrainian"),)}, "approved[0].code"),
        (TURBO, {"sender": ""}, "sender"),
        (TURBO, {"sender": "x" * 21}, "sender"),
        (CLUB, {"sender": "a\nb"}, "sender"),
        (CLUB, {"url": ""}, "url"),
        (HTTP, {"url": "https://sms.example/#{text}"}, "url"),
        (HTTP, {"url": "https://{to}.example/"}, "url"),
        (HTTP, {"url": "https://sms.example/{text}"}, "url"),
        (HTTP, {"url": "https://sms.example/?t={phone}"}, "url"),
        (HTTP, {"url": "https://sms.example/?t={"}, "url"),
        (HTTP, {"url": "http://sms.example/"}, "url"),
        (HTTP, {"url": "https://[sms/"}, "url"),
        (HTTP, {"method": "DELETE"}, "method"),
        (HTTP, {"method": "GET"}, "kind_of_body"),
        (HTTP, {"headers": (("X-A", "1"), ("X-B", "a\r\nX: y"))}, "headers[1]"),
        (HTTP, {"headers": (("Host", "x.example"),)}, "headers[0]"),
        (HTTP, {"headers": (("content-LENGTH", "1"),)}, "headers[0]"),
        (HTTP, {"headers": (("X-T", "{text}"),)}, "headers[0]"),
        (HTTP, {"headers": (("X-T", "{key}"),)}, "headers[0]"),
        (HTTP, {"headers": (("X T", "1"),)}, "headers[0]"),
        (HTTP, {"kind_of_body": "xml"}, "kind_of_body"),
        (HTTP, {"kind_of_body": "none"}, "kind_of_body"),
        (HTTP, {"body": ""}, "body"),
        (HTTP, {"body": "{to}"}, "body"),
        (HTTP, {"body": '"{to}{text}"'}, "body"),
        (HTTP, {"body": "[" * 9000}, "body"),
        (HTTP, {"body": '{"to": "{to}", "text": "{message}"}'}, "body"),
        (HTTP, {"body": '{"to": "{to}"}'}, "body"),
        (HTTP, {"body": '{"text": "{text}"}'}, "body"),
        (HTTP, {"body": '{"{to}": 1, "text": "{text}"}'}, "body"),
        (HTTP, {"kind_of_body": "form", "body": "phone"}, "body"),
        (HTTP, {"kind_of_body": "form", "body": "a={to}&a={text}"}, "body"),
        (HTTP, BY_ADDRESS, "url"),
        (HTTP, {"success_statuses": (200, 302)}, "success_statuses"),
        (HTTP, {"success_value": "ok"}, "success_path"),
        (HTTP, {"success_path": "a..b"}, "success_path"),
        (HTTP, {"id_path": "$.a[*]"}, "id_path"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_field(
    setup: Setup, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        checked(replace(setup, **changed))
    assert refused.value.field == field


@pytest.mark.parametrize("setup", ALL, ids=lambda setup: setup.kind)
@pytest.mark.parametrize("secret", ["", " "])
def test_a_secret_is_asked_for(setup: Setup, secret: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked_secret(setup, secret)
    assert refused.value.field == "secret"


@pytest.mark.parametrize("secret", ["a\r\nX: y", "пароль", "a\x00", " a"])
def test_a_secret_that_no_header_carries_is_refused(secret: str) -> None:
    in_header = replace(HTTP, headers=(("Authorization", "Bearer {secret}"),))
    in_headers: tuple[Setup, ...] = (WHATSAPP, TURBO, CLUB, in_header)
    elsewhere: tuple[Setup, ...] = (GATE, TWILIO, HTTP)
    for setup in in_headers:
        with pytest.raises(BadInput) as refused:
            checked_secret(setup, secret)
        assert refused.value.field == "secret"
    for setup in elsewhere:
        assert checked_secret(setup, secret) == secret


def test_a_gateway_that_wants_no_secret_gets_none() -> None:
    setup = replace(HTTP, url="https://sms.example/send")
    assert checked_secret(setup, "") == ""
    opened(setup, "", clock=VirtualClock(NOW)).close()


def test_a_gateway_by_address_alone_is_taken() -> None:
    checked(replace(HTTP, url="https://sms.example/{secret}?t={text}&n={to_digits}", **BY_ADDRESS))


def test_a_refused_setup_or_secret_is_not_opened() -> None:
    with pytest.raises(BadInput, match="sender"):
        opened(replace(TURBO, sender=""), "a", clock=VirtualClock(NOW))
    with pytest.raises(BadInput, match="secret"):
        opened(TURBO, "", clock=VirtualClock(NOW))


@pytest.mark.parametrize("setup", ALL, ids=lambda setup: setup.kind)
def test_in_practice_nothing_leaves_whatever_the_setup(setup: Setup) -> None:
    kept: list[OutgoingText] = []
    channel = opened(setup, "", clock=VirtualClock(NOW), practice=kept.append)
    assert channel.send(TEXT) == Accepted(TEXT.uid)
    assert kept == [TEXT]


def test_a_shop_without_a_gateway_does_not_wait_for_the_library() -> None:
    program = (
        "import sys; from pos_app.channels import setups; from pos_app.clock import SystemClock\n"
        "turbo = setups.TurboSmsSetup('T')\n"
        "setups.checked(turbo); setups.checked_secret(turbo, 'x')\n"
        "setups.opened(turbo, 'x', clock=SystemClock(), practice=print)\n"
        "assert 'requests' not in sys.modules\n"
        "setups.opened(turbo, 'x', clock=SystemClock()).close()\n"
        "assert 'requests' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


@given(
    url=st.text(alphabet="{}[]?&#=/:.@abchtps ", max_size=30),
    body=st.text(alphabet='{}[]":,to extuid', max_size=30),
    path=st.text(alphabet="a.[]0{}$", max_size=8),
    kind=st.sampled_from(["json", "form", "none"]),
)
def test_any_template_is_either_refused_or_can_be_opened(
    url: str, body: str, path: str, kind: str
) -> None:
    setup = HttpTemplateSetup(
        f"https://x.example/{url}", kind_of_body=kind, body=body, id_path=path
    )
    with suppress(BadInput):
        opened(setup, "s", clock=VirtualClock(NOW)).close()


def test_the_stand_ins_are_set_up_as_a_shop_s_gateways_are() -> None:
    for way in WAYS:
        checked(way.setup("http://127.0.0.1:9"))
