"""Signed requests from a till to its site.

The signature covers the origin that the site is configured with, never the `Host` header, so
that a request cannot be replayed at another site. Reading the headers, checking the signature
and checking the digest are separate steps, because the site does its limiting in between.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pos_app.errors import BadInput

KEY_HEADER = "orderbell-key"
TIME_HEADER = "orderbell-time"
NONCE_HEADER = "orderbell-nonce"
DIGEST_HEADER = "content-digest"
SIGNATURE_HEADER = "orderbell-signature"
HEADERS = (KEY_HEADER, TIME_HEADER, NONCE_HEADER, DIGEST_HEADER, SIGNATURE_HEADER)

UNPAIRED_KEY = "-"
"""The key id in the pairing request, whose terminal has no id yet."""
SKEW_S = 300
NONCE_KEPT_S = 600
NONCE_BYTES = 16

_VERSION = "orderbell-request-v1"
_KEY_SHAPE = re.compile(r"[0-9A-Za-z-]{1,64}\Z", re.ASCII)
_TIME_SHAPE = re.compile(r"[0-9]{1,12}\Z", re.ASCII)
_NONCE_SHAPE = re.compile(r"[0-9A-Za-z_-]{22}\Z", re.ASCII)
_DIGEST_SHAPE = re.compile(r"sha-256=:([0-9A-Za-z+/]{43}=):\Z", re.ASCII)
_SIGNATURE_SHAPE = re.compile(r"v1=([0-9A-Za-z_-]{86})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Request:
    """What is signed. `path` and `query` are raw as sent; `time_s` is unix seconds."""

    method: str
    origin: str
    path: str
    query: str
    key_id: str
    time_s: int
    nonce: str
    content_type: str
    body: bytes

    def signed_text(self) -> bytes:
        lines = (
            _VERSION,
            self.method,
            self.origin,
            self.path,
            self.query,
            self.key_id,
            str(self.time_s),
            self.nonce,
            self.content_type,
            hashlib.sha256(self.body).hexdigest(),
        )
        return "".join(f"{line}\n" for line in lines).encode("ascii")


@dataclass(frozen=True, slots=True)
class SignatureHeaders:
    """The five headers, read but not yet proven. `digest` is 32 bytes, `signature` 64."""

    key_id: str
    time_s: int
    nonce: str
    digest: bytes
    signature: bytes


def new_nonce() -> str:
    """16 random bytes in base64url without padding."""
    return _base64url(secrets.token_bytes(NONCE_BYTES))


def sign(request: Request, key: Ed25519PrivateKey) -> dict[str, str]:
    """The five headers to send with `request` (the content type is the caller's)."""
    digest = base64.b64encode(hashlib.sha256(request.body).digest()).decode("ascii")
    return {
        KEY_HEADER: request.key_id,
        TIME_HEADER: str(request.time_s),
        NONCE_HEADER: request.nonce,
        DIGEST_HEADER: f"sha-256=:{digest}:",
        SIGNATURE_HEADER: f"v1={_base64url(key.sign(request.signed_text()))}",
    }


def read_headers(headers: Iterable[tuple[bytes, bytes]]) -> SignatureHeaders:
    """The signature headers of a request (names lower case), each exactly once.

    Raises BadInput naming the header.
    """
    found: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name = raw_name.decode("latin-1")
        if name not in HEADERS:
            continue
        if name in found:
            raise BadInput(name, "This header came twice.")
        found[name] = raw_value.decode("latin-1")
    key_id = _matched(found, KEY_HEADER, _KEY_SHAPE).group()
    time_s = int(_matched(found, TIME_HEADER, _TIME_SHAPE).group())
    nonce = _matched(found, NONCE_HEADER, _NONCE_SHAPE).group()
    digest = _decoded(DIGEST_HEADER, _matched(found, DIGEST_HEADER, _DIGEST_SHAPE).group(1))
    signature = _decoded(
        SIGNATURE_HEADER, _matched(found, SIGNATURE_HEADER, _SIGNATURE_SHAPE).group(1) + "=="
    )
    return SignatureHeaders(key_id, time_s, nonce, digest, signature)


def is_signed_by(public_key: bytes, request: Request, signature: bytes) -> bool:
    """Whether `signature` is `public_key`'s (32 raw bytes) over `request`."""
    try:
        text = request.signed_text()
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_digest_of(digest: bytes, body: bytes) -> bool:
    return hmac.compare_digest(digest, hashlib.sha256(body).digest())


def _matched(found: dict[str, str], name: str, shape: re.Pattern[str]) -> re.Match[str]:
    match = shape.match(found.get(name, ""))
    if match is None:
        raise BadInput(name, "This header is missing or cannot be read.")
    return match


def _decoded(name: str, text: str) -> bytes:
    try:
        return base64.b64decode(text.translate(_URL_TO_PLAIN), validate=True)
    except binascii.Error as error:
        raise BadInput(name, "This header is missing or cannot be read.") from error


_URL_TO_PLAIN = str.maketrans("-_", "+/")


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")
