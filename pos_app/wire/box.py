"""What the site seals so that only the shop can read it: HPKE (RFC 9180) to the shop's `S_box`.

Whatever a guest's browser sends about itself is closed before it is stored; the site keeps bytes
that it cannot open, and the till opens them with a key that no site ever gets.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from pos_app.wire.pairing import key_text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import Suite

KEY_BYTES = 32
_LABEL = b"orderbell/v1/box\0"
# Whole blocks, so that the length tells nothing of what is inside.
_BLOCK_BYTES = 512


def public_text(private: bytes) -> str:
    """What the till tells its site: the public half of `S_box` (32 bytes) in base64url."""
    return key_text(_private(private).public_key().public_bytes_raw())


def close(content: bytes, public: str, order_uid: str) -> str:
    """`content` (JSON) sealed to the shop whose `public_text` this is, for one order only.

    Base64url of the encapsulated key and AES-256-GCM. Raises ValueError for what is no key.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    key = X25519PublicKey.from_public_bytes(_bytes(public))
    padded = content + b" " * (-len(content) % _BLOCK_BYTES)
    closed = _suite().encrypt(padded, key, info=_bound_to(order_uid))
    return base64.urlsafe_b64encode(closed).decode("ascii").rstrip("=")


def opened(sealed: str, private: bytes, order_uid: str) -> bytes:
    """What `close` was given, with blanks behind it.

    Raises ValueError, and nothing else, when it was sealed to another key or for another order.
    """
    from cryptography.exceptions import InvalidTag

    try:
        return _suite().decrypt(_bytes(sealed), _private(private), info=_bound_to(order_uid))
    except InvalidTag:
        raise ValueError("sealed to another key") from None


def _suite() -> Suite:
    # Imported when the first guest asks: a board opens without cryptography.
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _private(raw: bytes) -> X25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(raw)


def _bound_to(order_uid: str) -> bytes:
    return _LABEL + order_uid.encode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise ValueError("not base64url") from None
