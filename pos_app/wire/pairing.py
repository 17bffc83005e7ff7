"""Pairing: one pasted code joins a till to a site, and both show the same check word."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta

from pos_app.errors import BadInput
from pos_app.wire.snapshots import Count, Time

CODE_LIFE_MS = 600_000
SECRET_BITS = 130

_PREFIX = "OB1"
# Crockford's alphabet: nothing in it is read for something else.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SECRET_LENGTH = SECRET_BITS // 5
_CHECK_LENGTH = 4
_HOST = re.compile(r"([a-z0-9.-]{1,253}|\[[0-9a-f:]{2,45}\])(:[0-9]{1,5})?\Z", re.ASCII)
_LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?\Z", re.ASCII)
_CONSONANTS = "bdfghklmnprstvzj"
_VOWELS = "aeio"
KeyText = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z_-]{43}\Z")]
Generation = Annotated[int, Meta(ge=1, le=2**32 - 1)]


class BadCode(BadInput):
    """Not a pairing code, or mistyped."""

    code = "bad_pairing_code"


@dataclass(frozen=True, slots=True)
class PairingCode:
    """Where to pair (`host[:port]`, lower case) and the one-time secret (26 characters)."""

    host: str
    secret: str

    @property
    def origin(self) -> str:
        """https, except for a site on this very machine."""
        return f"{'http' if _LOOPBACK.match(self.host) else 'https'}://{self.host}"

    def text(self) -> str:
        return f"{_PREFIX}.{self.host}.{self.secret}.{_checksum(self.host, self.secret)}"


class PairRequest(msgspec.Struct, frozen=True):
    """POST /v1/pair, signed with the new key under the key id ``-``.

    `code` is the secret of the pairing code; `sig_pub` and `link_key` are 32 bytes in base64url.
    """

    code: Annotated[str, Meta(pattern=r"\A[0-9A-Z]{26}\Z")]
    sig_pub: KeyText
    link_key: KeyText
    gen: Generation
    store_id: Annotated[str, Meta(min_length=1, max_length=64)]
    epoch: Count
    terminal_name: Annotated[str, Meta(min_length=1, max_length=80)]


class PairAnswer(msgspec.Struct, frozen=True):
    """The till's names on the site. `kid` goes into its tokens."""

    shop_id: str
    terminal_id: str
    kid: int
    site_id: str
    site_epoch: int
    now: Time


def new_code(host: str) -> PairingCode:
    """A fresh code for the site at `host[:port]`."""
    number = secrets.randbits(SECRET_BITS)
    return PairingCode(host.lower(), _crockford(number, _SECRET_LENGTH))


def parse_code(text: str) -> PairingCode:
    """The code that a person pasted or typed; case and spaces do not matter.

    Raises BadCode, and nothing else.
    """
    parts = "".join(text.split()).rsplit(".", 2)
    head = parts[0] if len(parts) == 3 else ""
    prefix, _, host = head.partition(".")
    host = host.lower()
    if prefix.upper() != _PREFIX or not _HOST.match(host):
        raise _bad_code()
    secret, check = parts[1].upper(), parts[2].upper()
    if len(secret) != _SECRET_LENGTH or not set(secret) <= set(_ALPHABET):
        raise _bad_code()
    if check != _checksum(host, secret):
        raise _bad_code()
    return PairingCode(host, secret)


def secret_hash(secret: str) -> str:
    """What the site stores of a code."""
    return hashlib.sha256(f"{_PREFIX}.{secret}".encode()).hexdigest()


def check_word(secret: str, sig_pub: bytes) -> str:
    """Four syllables that till and site both show after pairing, such as ``lomi-tare``."""
    digest = hashlib.sha256(b"orderbell/v1/check\0" + secret.encode() + b"\0" + sig_pub).digest()
    syllables = [_CONSONANTS[byte >> 4] + _VOWELS[byte & 3] for byte in digest[:4]]
    return f"{syllables[0]}{syllables[1]}-{syllables[2]}{syllables[3]}"


def key_text(key: bytes) -> str:
    """32 bytes in base64url without padding."""
    return base64.urlsafe_b64encode(key).decode("ascii").rstrip("=")


def key_bytes(text: str) -> bytes:
    """The 32 bytes of `key_text`; the request's pattern has been checked before."""
    return base64.urlsafe_b64decode(text + "=")


def _checksum(host: str, secret: str) -> str:
    digest = hashlib.sha256(f"{_PREFIX}.{host}.{secret}".encode()).digest()
    bits = 5 * _CHECK_LENGTH
    return _crockford(int.from_bytes(digest, "big") % (1 << bits), _CHECK_LENGTH)


def _crockford(number: int, length: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def _bad_code() -> BadCode:
    return BadCode(
        "code",
        "This is no pairing code.",
        hint="Copy the whole line that begins with OB1.",
    )
