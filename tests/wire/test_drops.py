"""The courier's slip: keys and sealed content as recorded, and what the site cannot read of it."""

from __future__ import annotations

import base64
import hashlib

import msgspec
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pos_app.errors import BadInput
from pos_app.wire import tokens
from pos_app.wire.drops import (
    Drop,
    DropAct,
    DropLine,
    DropOff,
    bound_to,
    seal_drop_off,
    serves_slips,
    slip_key,
    slip_url,
)
from pos_app.wire.envelopes import decode

ROOT = bytes(range(32))
TOKEN = "2E4EQ94YC77LNA2F8YW5KF6CP51HZQ"
HASH = tokens.token_hash(TOKEN)
KEY = bytes.fromhex("02fd5c148ad28c21ab61004bd1830d9fab4bec36267e83b4bcee7ebd5b922676")
IRYNA = DropOff(
    name="Iryna", phone="+380671234567", street="Franka 12", entrance="2", floor="5",
    door_code="48", address_note="", note="", due=58_500, payment="cash", change_from=100_000,
    decimals=2, symbol="₴", promised_at=1_795_455_900_000, lines=[DropLine(1, {"en": "Pizza"})],
)  # fmt: skip


def opened(sealed: str, key: bytes = KEY, token_hash: str = HASH) -> bytes:
    raw = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    return AESGCM(key).decrypt(raw[:12], raw[12:], bound_to(token_hash))


def test_the_slip_s_key_is_the_recorded_one() -> None:
    assert slip_key(ROOT, TOKEN) == KEY
    assert slip_key(ROOT, TOKEN.lower()) == KEY
    assert slip_key(ROOT, TOKEN[:-1] + "0") != KEY
    assert slip_key(bytes(32), TOKEN) != KEY


def test_the_slip_s_key_is_none_that_the_site_is_given() -> None:
    given = tokens.link_key(ROOT, "https://t.example.ua", 1)
    assert slip_key(given, TOKEN) != KEY
    assert KEY not in (ROOT, given)


def test_the_sealed_content_is_the_recorded_one() -> None:
    plain = msgspec.structs.replace(IRYNA, also=[])
    sealed = seal_drop_off(KEY, HASH, plain, nonce=bytes(range(12)))
    digest = "6677abb8d7965de88e09f120db90bf8e53654835309e4f542e965ebdfbff16f2"
    assert hashlib.sha256(sealed.encode()).hexdigest() == digest
    assert decode(opened(sealed), DropOff) == plain
    assert decode(opened(seal_drop_off(KEY, HASH, IRYNA)), DropOff) == IRYNA


def test_the_same_content_is_never_sealed_alike() -> None:
    assert len({seal_drop_off(KEY, HASH, IRYNA) for _ in range(50)}) == 50


def test_it_opens_with_its_own_key_for_its_own_slip_only() -> None:
    sealed = seal_drop_off(KEY, HASH, IRYNA)
    for key, token_hash in ((slip_key(ROOT, "A" * 30), HASH), (KEY, tokens.token_hash("A" * 30))):
        with pytest.raises(InvalidTag):
            opened(sealed, key, token_hash)
    altered = ("A" if sealed[-5] != "A" else "B").join((sealed[:-5], sealed[-4:]))
    with pytest.raises(InvalidTag):
        opened(altered)


def test_the_length_tells_nothing_of_the_address() -> None:
    long = msgspec.structs.replace(IRYNA, street="Volodymyrska " * 8, note="ring twice")
    assert len(seal_drop_off(KEY, HASH, long)) == len(seal_drop_off(KEY, HASH, IRYNA))


def test_the_key_stands_behind_the_hash_and_keeps_its_case() -> None:
    fragment = "Av1cFIrSjCGrYQBL0YMNn6tL7DYmfoO0vO5-vVuSJnY"
    assert slip_url("https://t.example.ua", TOKEN, KEY) == (
        f"HTTPS://T.EXAMPLE.UA/D/{TOKEN}#{fragment}"
    )
    local = slip_url("http://127.0.0.1:8123", TOKEN, KEY)
    assert local == f"http://127.0.0.1:8123/D/{TOKEN}#{fragment}"


@pytest.mark.parametrize(
    ("mode", "origin", "serves"),
    [
        ("hosted", "https://t.example.ua", True),
        ("hosted", "http://127.0.0.1:8123", True),
        ("hosted", "http://[::1]:8123", True),
        ("hosted", "http://t.example.ua", False),
        ("hosted", "http://192.168.1.5:8123", False),
        ("shop_network", "http://192.168.1.5:8123", False),
        ("shop_network", "https://t.example.ua", False),
        ("loopback", "http://127.0.0.1:8123", False),
    ],
)
def test_only_a_hosted_site_with_https_has_courier_pages(
    mode: str, origin: str, serves: bool
) -> None:
    assert serves_slips(mode, origin) is serves


def test_what_the_site_is_told_has_no_field_for_a_person_or_money() -> None:
    assert set(Drop.__struct_fields__) == {
        "uid", "epoch", "revision", "hash", "number", "generation", "state", "closes_at", "sealed",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("action_id", "A" * 32), ("action_id", "a" * 31), ("kind", "rated"),
        ("reason", "because"), ("age_ms", -1), ("occurred_at", -1), ("age_ms", 1.5),
    ],
)  # fmt: skip
def test_a_tap_that_cannot_be_is_refused_naming_its_field(field: str, value: object) -> None:
    said = {"action_id": "a" * 32, "kind": "delivered", "occurred_at": 1, "age_ms": 0}
    with pytest.raises(BadInput) as refused:
        decode(msgspec.json.encode({**said, field: value}), DropAct)
    assert refused.value.field == field
