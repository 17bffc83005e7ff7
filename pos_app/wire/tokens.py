"""Tracking tokens: made on the till without the site, proven by the site without a database.

A token is 30 base-36 digits of ``((kid·2⁷ + week)·2⁸⁸ + rand)·2⁴⁰ + tag``. The tag shields the
database and proves a token before the site has heard of the order; the lock is the 128 bits that
an outsider cannot predict.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from pos_app.clock import Instant
from pos_app.errors import BadInput

LENGTH = 30
TRACK = b"orderbell/v1/track"
DROP = b"orderbell/v1/drop"
KID_BITS = 20
LOCAL_KIDS = 16
"""Kids below this are for sites on a shop's own network and worthless on a hosted one."""
HORIZON_WEEKS = 26
WEEK_MS = 604_800_000
KEY_BYTES = 32

_WEEK_ZERO_S = 1_767_571_200
_WEEKS = 128
_RAND_BITS = 88
_TAG_BYTES = 5
_TAG_BITS = 8 * _TAG_BYTES
_LIMIT = 1 << (KID_BITS + 7 + _RAND_BITS + _TAG_BITS)
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# ASCII first: int("٣", 36) is 3.
_SHAPE = re.compile(rf"[0-9A-Za-z]{{{LENGTH}}}\Z", re.ASCII)
_LINK_LABEL = b"orderbell/v1/link\0"


class BadToken(BadInput):
    """Not the shape of a token."""

    code = "bad_token"


@dataclass(frozen=True, slots=True)
class Token:
    """The fields of a token, not yet proven. `rand` has 88 bits, `tag` 5 bytes."""

    kid: int
    week: int
    rand: int
    tag: bytes

    def text(self) -> str:
        """The 30 upper-case digits."""
        number = ((self.kid << 7 | self.week) << _RAND_BITS | self.rand) << _TAG_BITS
        number |= int.from_bytes(self.tag, "big")
        digits = []
        for _ in range(LENGTH):
            number, digit = divmod(number, 36)
            digits.append(_DIGITS[digit])
        return "".join(reversed(digits))


def link_key(root: bytes, origin: str, gen: int) -> bytes:
    """`K_link`: 32 bytes from the terminal's root key for one site and one key generation."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = _LINK_LABEL + origin.encode() + b"\0" + gen.to_bytes(4, "big")
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(root)


def mint(
    key: bytes, kid: int, now: Instant, *, label: bytes = TRACK, rand: int | None = None
) -> str:
    """A new token under `kid`. `rand` (88 bits) is given only by tests and vectors."""
    chosen = secrets.randbits(_RAND_BITS) if rand is None else rand
    week = week_of(now)
    return Token(kid, week, chosen, _tag(key, kid, week, chosen, label)).text()


def parse(text: str) -> Token:
    """The fields of `text`; lower case is accepted. Raises BadToken, and nothing else."""
    if not _SHAPE.match(text):
        raise BadToken("token", "This is no tracking code.")
    number = int(text, 36)
    if number >= _LIMIT:
        raise BadToken("token", "This is no tracking code.")
    number, tag = divmod(number, 1 << _TAG_BITS)
    number, rand = divmod(number, 1 << _RAND_BITS)
    kid, week = divmod(number, _WEEKS)
    return Token(kid, week, rand, tag.to_bytes(_TAG_BYTES, "big"))


def is_genuine(token: Token, key: bytes, label: bytes = TRACK) -> bool:
    """Whether the tag was made with `key` for `label`; one HMAC, constant time."""
    expected = _tag(key, token.kid, token.week, token.rand, label)
    return hmac.compare_digest(expected, token.tag)


def week_of(now: Instant) -> int:
    """The week number that a token minted at `now` carries (0–127)."""
    return (now // 1000 - _WEEK_ZERO_S) // (WEEK_MS // 1000) % _WEEKS


def week_start(now: Instant) -> Instant:
    """When the week that `now` lies in began."""
    zero_ms = _WEEK_ZERO_S * 1000
    return Instant(now - (now - zero_ms) % WEEK_MS)


def age_weeks(token: Token, now: Instant) -> int:
    """Whole weeks since minting. A till whose clock runs ahead counts as this week."""
    age = (week_of(now) - token.week) % _WEEKS
    return 0 if age == _WEEKS - 1 else age


def is_past_horizon(token: Token, now: Instant) -> bool:
    """Whether a genuine token is too old to be answered with anything of the order."""
    return age_weeks(token, now) > HORIZON_WEEKS


def token_hash(text: str) -> str:
    """What the site stores of a token: lower hex SHA-256 of the 30 upper-case digits."""
    return hashlib.sha256(text.upper().encode("ascii")).hexdigest()


def token_url(origin: str, token: str) -> str:
    """The address in the QR code.

    All upper case for https, so that the code stays in the dense alphanumeric mode; local
    addresses keep their case.
    """
    if urlsplit(origin).scheme == "https":
        return f"{origin.rstrip('/')}/{token}".upper()
    return f"{origin.rstrip('/')}/{token}"


def _tag(key: bytes, kid: int, week: int, rand: int, label: bytes) -> bytes:
    text = label + b"\0" + kid.to_bytes(3, "big") + bytes((week,)) + rand.to_bytes(11, "big")
    return hmac.digest(key, text, "sha256")[:_TAG_BYTES]
