"""Signatures: the recorded vector, and that every signed line matters."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_app.errors import BadInput
from pos_app.wire import signing

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
REQUEST = signing.Request(
    method="POST",
    origin="https://t.example.ua",
    path="/v1/snapshots",
    query="",
    key_id="018f3a5e-7c1d-7e2a-9b3c-4d5e6f708192",
    time_s=1795392000,
    nonce="AAECAwQFBgcICQoLDA0ODw",
    content_type="application/json",
    body=b'{"orders":[]}',
)
SIGNATURE = (
    "v1=qLw7QEQwmAx64oy9lSwzqAr68WFEUuXZiRC8HDayFUzMNSEs751x8IfBTj_cm28Zv3LNByG7qqlBEGeNNOxIDA"
)


def raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def test_the_signature_is_the_recorded_one() -> None:
    assert signing.sign(REQUEST, KEY)[signing.SIGNATURE_HEADER] == SIGNATURE


def test_what_was_signed_is_proven() -> None:
    read = signing.read_headers(raw(signing.sign(REQUEST, KEY)))
    assert (read.key_id, read.time_s, read.nonce) == (
        REQUEST.key_id,
        REQUEST.time_s,
        REQUEST.nonce,
    )
    assert signing.is_signed_by(PUBLIC, REQUEST, read.signature)
    assert signing.is_digest_of(read.digest, REQUEST.body)
    assert not signing.is_digest_of(read.digest, b"other")


@pytest.mark.parametrize("name", [field.name for field in fields(signing.Request)])
def test_every_part_of_a_request_is_signed(name: str) -> None:
    read = signing.read_headers(raw(signing.sign(REQUEST, KEY)))
    value = getattr(REQUEST, name)
    other: Any = value + (1 if name == "time_s" else b"x" if name == "body" else "x")
    assert not signing.is_signed_by(PUBLIC, replace(REQUEST, **{name: other}), read.signature)


def test_a_key_that_is_no_key_proves_nothing() -> None:
    read = signing.read_headers(raw(signing.sign(REQUEST, KEY)))
    assert not signing.is_signed_by(b"short", REQUEST, read.signature)


def test_a_path_that_is_not_ascii_is_no_signed_text() -> None:
    read = signing.read_headers(raw(signing.sign(REQUEST, KEY)))
    assert not signing.is_signed_by(PUBLIC, replace(REQUEST, path="/ж"), read.signature)


@pytest.mark.parametrize("name", signing.HEADERS)
def test_a_header_missing_twice_or_damaged_is_named(name: str) -> None:
    headers = signing.sign(REQUEST, KEY)
    without = {key: value for key, value in headers.items() if key != name}
    damaged = (raw(without), [*raw(headers), (name.encode(), b"1")], raw({**headers, name: "€"}))
    for wrong in damaged:
        with pytest.raises(BadInput) as refused:
            signing.read_headers(wrong)
        assert refused.value.field == name


def test_nonces_are_sixteen_random_bytes() -> None:
    nonces = {signing.new_nonce() for _ in range(1000)}
    assert len(nonces) == 1000
    assert {len(nonce) for nonce in nonces} == {22}
