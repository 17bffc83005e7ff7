"""A browser and its push service in one: verifies who pushes (RFC 8292), opens the body (RFC 8291).

It is written from the RFCs with bare HMAC, apart from the code that seals.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support.receiver import Receiver, Reply, Request

_SHAPE = re.compile(r"vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)")
_DAY_S = 86_400


def unbase64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@dataclass
class Browser:
    """What only the guest's browser holds."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def subscription(self, endpoint: str) -> str:
        """As `JSON.stringify(subscription)` gives it."""
        keys = {"p256dh": base64url(self.point), "auth": base64url(self.secret)}
        return json.dumps({"endpoint": endpoint, "expirationTime": None, "keys": keys})

    def opened(self, body: bytes) -> bytes:
        """The content of a push. Raises InvalidTag or AssertionError."""
        salt, record, size = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + size], body[21 + size :]
        assert len(body) <= record == 4096
        other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.key.exchange(ec.ECDH(), other)
        both = b"WebPush: info\x00" + self.point + sender + b"\x01"
        secret = hmac.digest(hmac.digest(self.secret, shared, "sha256"), both, "sha256")
        pseudo = hmac.digest(salt, secret, "sha256")
        key = hmac.digest(pseudo, b"Content-Encoding: aes128gcm\x00\x01", "sha256")[:16]
        nonce = hmac.digest(pseudo, b"Content-Encoding: nonce\x00\x01", "sha256")[:12]
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x00")
        assert plain.endswith(b"\x02")
        return plain[:-1]


@dataclass
class PushService(Receiver):
    """Takes pushes for one browser, subscribed under the shop's public key `subscribed`."""

    browser: Browser = field(default_factory=Browser)
    subscribed: str = ""
    origin: str = ""
    contacts: list[str] = field(default_factory=list)
    shown: list[Any] = field(default_factory=list)

    def reply(self, request: Request) -> Reply:
        status = self._judged(request)
        if status != 201:
            return Reply(status)
        if not request.headers.get("ttl", "").isdigit():
            return Reply(400)
        if len(request.body) > 4096:
            return Reply(413)
        try:
            self.shown.append(json.loads(self.browser.opened(request.body)))
        except InvalidTag:
            return Reply(400)
        return Reply(201, headers={"Location": f"{self.origin}/message/secret"})

    def _judged(self, request: Request) -> int:
        found = _SHAPE.fullmatch(request.headers.get("authorization", ""))
        if found is None:
            return 401
        head, claims, mark, key = found.groups()
        told = json.loads(unbase64(claims))
        if json.loads(unbase64(head)) != {"typ": "JWT", "alg": "ES256"}:
            return 401
        if told["aud"] != self.origin or not 0 < told["exp"] - time.time() <= _DAY_S:
            return 401
        if key != self.subscribed:
            return 403
        raw = unbase64(mark)
        signature = encode_dss_signature(
            int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
        )
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unbase64(key))
        try:
            public.verify(signature, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
        except InvalidSignature:
            return 401
        self.contacts.append(told["sub"])
        return 201


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
