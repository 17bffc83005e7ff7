"""The manifest of releases: what a newer Orderbell is, signed by whoever publishes it.

`{version, published_at, expires_at, notes{en, uk}, downloads[{platform, url, sha256, size}]}` in
JSON. The signature stands beside it (`ADDRESS.sig`): Ed25519 over the label, a zero byte and the
very bytes of the manifest, in base64url.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import datetime
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pos_app.clock import Instant, instant_of

LABEL = b"orderbell/v1/release\0"
LARGEST_BYTES = 65_536
LONGEST_NOTES = 4_000
_VERSION = re.compile(r"\d{1,4}(?:\.\d{1,6}){1,3}\Z", re.ASCII)
_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Untrusted(Exception):
    """A manifest that is not followed. `code` is short and says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Download(msgspec.Struct, frozen=True):
    """Where a build lies; `size` in bytes. Told to people: nothing here fetches it."""

    platform: str
    url: str
    sha256: str
    size: int


class Manifest(msgspec.Struct, frozen=True):
    """`notes` by language; nothing of it counts before `read` has proven it."""

    version: str
    published_at: _Moment
    expires_at: _Moment
    notes: dict[str, str] = {}
    downloads: tuple[Download, ...] = ()

    @property
    def published(self) -> Instant:
        return instant_of(self.published_at)


def read(raw: bytes, signature: bytes, key: str, now: Instant) -> Manifest:
    """The manifest in `raw`, if `key` has signed it and it still holds. Raises Untrusted.

    Nothing is parsed before the signature has been proven.
    """
    if len(raw) > LARGEST_BYTES:
        raise Untrusted("too_large")
    try:
        proof = _unpacked(signature.decode("ascii").strip())
        public_key(key).verify(proof, LABEL + raw)
    except (InvalidSignature, UnicodeDecodeError, binascii.Error, ValueError):
        raise Untrusted("bad_signature") from None
    try:
        manifest = msgspec.json.decode(raw, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise Untrusted("garbage") from None
    if not is_version(manifest.version) or any(
        len(words) > LONGEST_NOTES for words in manifest.notes.values()
    ):
        raise Untrusted("garbage")
    if instant_of(manifest.expires_at) <= now:
        raise Untrusted("expired")
    return manifest


def sign(raw: bytes, key: Ed25519PrivateKey) -> bytes:
    """What stands in `.sig` beside the manifest `raw`."""
    return base64.urlsafe_b64encode(key.sign(LABEL + raw)) + b"\n"


def public_key(text: str) -> Ed25519PublicKey:
    """The key that a person has configured: 32 bytes in base64. Raises ValueError."""
    raw = _unpacked(text.strip())
    if len(raw) != 32:
        raise ValueError("an Ed25519 key has 32 bytes")
    return Ed25519PublicKey.from_public_bytes(raw)


def is_version(text: str) -> bool:
    return _VERSION.match(text) is not None


def is_newer(one: str, than: str) -> bool:
    """Whether version `one` comes after `than`; both numbers with dots between."""
    return _numbers(one) > _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _unpacked(text: str) -> bytes:
    """Base64 in either alphabet, with or without its padding. Raises ValueError."""
    plain = text.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
