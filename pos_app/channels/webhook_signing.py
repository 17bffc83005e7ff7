"""Signatures of outgoing webhooks by the Standard Webhooks specification (symmetric, `v1`).

The receiver holds the same secret and finds out that a call came from this shop, is whole, and is
not an old one sent again.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from collections.abc import Sequence

from pos_app.clock import Instant
from pos_app.errors import BadInput

PREFIX = "whsec_"
SECRET_BYTES = 32
_LEAST, _MOST = 24, 64


def new_secret() -> str:
    """A secret to show to the manager once and to keep sealed."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def secret_bytes(secret: str) -> bytes:
    """The key in a `whsec_…` text. Raises BadInput, which does not repeat it."""
    text = secret.strip()
    try:
        key = base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not text.startswith(PREFIX) or not _LEAST <= len(key) <= _MOST:
        raise BadInput(
            "secret",
            "This is no secret of a webhook",
            hint="It begins with whsec_ and holds 24 to 64 bytes in Base64.",
        )
    return key


def signed(uid: str, body: bytes, keys: Sequence[bytes], now: Instant) -> dict[str, str]:
    """The three headers of one try. Several `keys`: old and new while a secret is exchanged."""
    timestamp = str(now // 1000)
    content = f"{uid}.{timestamp}.".encode() + body
    marks = [base64.b64encode(hmac.digest(key, content, "sha256")).decode("ascii") for key in keys]
    return {
        "webhook-id": uid,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{mark}" for mark in marks),
    }
