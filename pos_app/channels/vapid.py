"""The shop's voice towards push services (RFC 8292): a signed word that says who pushes.

Browsers hand out an endpoint for one public key only; who has the endpoint but not the private
key can push nothing.
"""

from __future__ import annotations

import base64
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pos_app.clock import HOUR_MS, Instant

KEY_BYTES = 32
# A push service takes at most 24 hours; clocks may differ.
LIFE_MS = 12 * HOUR_MS
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class _Claims(msgspec.Struct, frozen=True):
    aud: str
    exp: int
    sub: str


def new_key() -> bytes:
    """A private key of web push, 32 bytes, to be kept sealed. A new one ends all subscriptions."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return number.to_bytes(KEY_BYTES, "big")


def private_key(raw: bytes) -> ec.EllipticCurvePrivateKey:
    """The key of `new_key`. Raises ValueError for anything else."""
    number = int.from_bytes(raw, "big")
    if len(raw) != KEY_BYTES or not 0 < number < _ORDER:
        raise ValueError("no key of web push")
    return ec.derive_private_key(number, ec.SECP256R1())


def public_text(key: ec.EllipticCurvePrivateKey) -> str:
    """What a page gives the browser as `applicationServerKey`."""
    return base64url(point(key.public_key()))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """65 bytes, uncompressed."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def authorization(
    endpoint: str, contact: str, key: ec.EllipticCurvePrivateKey, now: Instant
) -> str:
    """The `Authorization` header for one push service; it is worthless at any other."""
    parts = urlsplit(endpoint)
    claims = _Claims(f"{parts.scheme}://{parts.netloc}", (now + LIFE_MS) // 1000, contact)
    head = base64url(b'{"typ":"JWT","alg":"ES256"}')
    content = f"{head}.{base64url(msgspec.json.encode(claims))}"
    r, s = decode_dss_signature(key.sign(content.encode("ascii"), ec.ECDSA(SHA256())))
    mark = r.to_bytes(KEY_BYTES, "big") + s.to_bytes(KEY_BYTES, "big")
    return f"vapid t={content}.{base64url(mark)}, k={public_text(key)}"


def base64url(raw: bytes) -> str:
    """Without padding, as the web's own formats have it."""
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")
