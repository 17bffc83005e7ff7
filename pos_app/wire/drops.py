"""The courier's slip: what a scanned code opens on his phone, and what the site may know of it.

The till seals name, phone, address and money under a key that stands only in the part of the
slip's address that browsers never send (the fragment). The site keeps the sealed bytes, the hash
of the token, and who of the phones that opened it has claimed the delivery.
"""

from __future__ import annotations

import base64
import secrets
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from pos_app.clock import HOUR_MS, MINUTE_MS
from pos_app.wire.browsers import is_secure
from pos_app.wire.pairing import key_text
from pos_app.wire.snapshots import Count, Names, Time, TokenHash, Uid
from pos_app.wire.tokens import DROP, KEY_BYTES

DROP_TYPE = "drop"
PATH = "/D/"
TAKE_BACK_MS = 10 * MINUTE_MS
CLAIM_MS = 6 * HOUR_MS
EVIDENCE_MS = 24 * HOUR_MS

TOOK, PICKED_UP, DELIVERED = "took", "picked_up", "delivered"
FAILED, TOOK_BACK = "failed", "took_back"
AT_SHOP, ARRIVED = "at_shop", "arrived"
"""He waits at the restaurant; he stands at the guest's door."""
COURIER = "courier_"
"""Before a kind of these it is a kind of `Action`."""
REASONS = ("nobody_home", "wrong_address", "refused", "other")
UNPAID = "unpaid"
"""Reason of a delivery at whose door no money was taken."""

_SLIP_LABEL = b"orderbell/v1/slip-key\0"
_NONCE_BYTES = 12
# Whole blocks, so that the length tells nothing of an address.
_BLOCK_BYTES = 512

DropState = Literal["open", "ended", "cancelled", "revoked"]
DropKind = Literal["took", "at_shop", "picked_up", "arrived", "delivered", "failed", "took_back"]
ActionId = Annotated[str, Meta(pattern=r"\A[0-9a-f]{32}\Z")]
Reason = Literal["", "nobody_home", "wrong_address", "refused", "other", "unpaid"]


class Drop(msgspec.Struct, frozen=True):
    """One slip of a delivery, as the till pushes it; the site cannot read `sealed`.

    `generation` rises each time the shop takes the delivery from a phone; `closes_at` is until
    when a phone may claim it. An ended one comes without `sealed`.
    """

    uid: Uid
    epoch: Count
    revision: Count
    hash: TokenHash
    number: Annotated[str, Meta(min_length=1, max_length=16)]
    generation: Count
    state: DropState
    closes_at: Time
    sealed: Annotated[str, Meta(pattern=r"\A[0-9A-Za-z_-]{0,65536}\Z")] = ""


class DropLine(msgspec.Struct, frozen=True):
    """`names` are the kitchen's short ones, by language, with the modifiers in them."""

    quantity: int
    names: Names


class DropOff(msgspec.Struct, frozen=True, omit_defaults=True):
    """What only the courier's phone reads. Money in minor units with `decimals` of them.

    `due` is what to collect, 0 when paid; `payment` how (`cash`, `card` or nothing said);
    `change_from` the note that the guest has. `also` are the acts that his page may offer beside
    those that every till takes: an older one names none.
    """

    name: str
    phone: str
    street: str
    entrance: str
    floor: str
    door_code: str
    address_note: str
    note: str
    due: int
    payment: str
    change_from: int | None
    decimals: int
    symbol: str
    promised_at: int
    lines: list[DropLine]
    also: list[str] = []


class DropAct(msgspec.Struct, frozen=True):
    """POST /D/TOKEN/acts: one tap. `occurred_at` and `age_ms` by the phone's own clock."""

    action_id: ActionId
    kind: DropKind
    occurred_at: Time
    age_ms: Count
    reason: Reason = ""


def serves_slips(mode: str, origin: str) -> bool:
    """Whether a site of `mode` at `origin` may have courier pages: hosted, and https.

    A site of this very machine counts as https: browsers treat it alike.
    """
    return mode == "hosted" and is_secure(origin)


def slip_key(root: bytes, token: str) -> bytes:
    """`K_d` of one slip: 32 bytes from the terminal's root key, which no site has."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = _SLIP_LABEL + token.upper().encode("ascii")
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(root)


def slip_url(origin: str, token: str, key: bytes) -> str:
    """The address in the slip's code; everything behind `#` stays on the phone."""
    address = f"{origin.rstrip('/')}{PATH}{token}"
    if urlsplit(origin).scheme == "https":
        address = address.upper()
    return f"{address}#{key_text(key)}"


def seal_drop_off(
    key: bytes, token_hash: str, drop_off: DropOff, *, nonce: bytes | None = None
) -> str:
    """`drop_off` under `K_d`, bound to its slip: base64url of nonce (12 B) and AES-256-GCM.

    `nonce` is given only by tests and vectors.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    used = secrets.token_bytes(_NONCE_BYTES) if nonce is None else nonce
    text = msgspec.json.encode(drop_off)
    text += b" " * (-len(text) % _BLOCK_BYTES)
    closed = used + AESGCM(key).encrypt(used, text, bound_to(token_hash))
    return base64.urlsafe_b64encode(closed).decode("ascii").rstrip("=")


def bound_to(token_hash: str) -> bytes:
    """The associated data of a sealed drop-off: it opens for this slip and no other."""
    return DROP + b"\0" + token_hash.encode("ascii")
