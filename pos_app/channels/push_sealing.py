"""A push text that only the guest's browser can read (RFC 8291, `aes128gcm` of RFC 8188).

Written here because the library for it brings a second HTTP stack along; it is held to the
example of the RFC itself.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from dataclasses import dataclass
from typing import Annotated

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Meta

from pos_app.channels.vapid import point

RECORD_BYTES = 4096
MOST_BYTES = 3993
"""Of content: a push service need not take a body above 4096 bytes."""
_POINT_BYTES, _AUTH_BYTES, _SALT_BYTES = 65, 16, 16
_LAST = b"\x02"
_BASE64 = re.compile(r"[A-Za-z0-9_=-]*", re.ASCII)


class _Keys(msgspec.Struct, frozen=True):
    p256dh: Annotated[str, Meta(max_length=120)]
    auth: Annotated[str, Meta(max_length=40)]


class _Subscription(msgspec.Struct, frozen=True):
    endpoint: Annotated[str, Meta(max_length=2000)]
    keys: _Keys


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where one browser is reached, its public key, and its secret of 16 bytes."""

    endpoint: str
    key: ec.EllipticCurvePublicKey
    secret: bytes


def subscription(text: str) -> Subscription:
    """What a browser gave as JSON. Raises ValueError, and nothing else."""
    try:
        found = msgspec.json.decode(text.encode(), type=_Subscription)
    except (msgspec.DecodeError, UnicodeError):
        raise ValueError("no subscription") from None
    raw, secret = _bytes(found.keys.p256dh), _bytes(found.keys.auth)
    if len(raw) != _POINT_BYTES or len(secret) != _AUTH_BYTES:
        raise ValueError("no subscription")
    # Refuses what is no point of the curve.
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    return Subscription(found.endpoint, key, secret)


def sealed(content: bytes, to: Subscription) -> bytes:
    """The body of a push. Raises ValueError for more than `MOST_BYTES`."""
    ours = ec.generate_private_key(ec.SECP256R1())
    return sealed_with(content, to, ours, secrets.token_bytes(_SALT_BYTES))


def sealed_with(
    content: bytes, to: Subscription, ours: ec.EllipticCurvePrivateKey, salt: bytes
) -> bytes:
    """As `sealed`, with a key and a salt that must never be used twice; given only by tests."""
    if len(content) > MOST_BYTES:
        raise ValueError("too long")
    own_point = point(ours.public_key())
    shared = ours.exchange(ec.ECDH(), to.key)
    both = b"WebPush: info\0" + point(to.key) + own_point
    secret = _derived(shared, to.secret, both, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD_BYTES.to_bytes(4, "big") + bytes((len(own_point),)) + own_point
    return head + AESGCM(key).encrypt(nonce, content + _LAST, None)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def _bytes(text: str) -> bytes:
    if not _BASE64.fullmatch(text):
        raise ValueError("no subscription")
    try:
        return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except binascii.Error:
        raise ValueError("no subscription") from None
