"""A guest's browser that wants to be told (web push): what it sends, and what of it is refused.

Checked by the site before it is sealed, and again by the till that opens it.
"""

from __future__ import annotations

import base64
import ipaddress
from typing import Annotated, Literal
from urllib.parse import SplitResult, urlsplit

import msgspec
from msgspec import Meta

from pos_app.errors import BadInput
from pos_app.wire.envelopes import decode, encode

PUSH_ON, PUSH_OFF = "push_on", "push_off"
KINDS = (PUSH_ON, PUSH_OFF)
"""Kinds of `Action` whose `sealed` holds a `BrowserWish`."""
LONGEST_BODY = 4096
LONGEST_ENDPOINT = 1000
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_OF_THIS_NETWORK = (".localhost", ".local", ".internal", ".lan", ".home.arpa")

BrowserKind = Literal["push_on", "push_off"]


class BrowserKeys(msgspec.Struct, frozen=True):
    """The browser's public key (a point of P-256, 65 bytes) and its secret (16 bytes)."""

    p256dh: Annotated[str, Meta(pattern=r"\A[0-9A-Za-z_-]{87}\Z")]
    auth: Annotated[str, Meta(pattern=r"\A[0-9A-Za-z_-]{22}\Z")]


class Subscription(msgspec.Struct, frozen=True):
    """Where one browser is reached, and what texts for it are sealed with."""

    endpoint: Annotated[str, Meta(min_length=1, max_length=LONGEST_ENDPOINT)]
    keys: BrowserKeys


class BrowserWish(msgspec.Struct, frozen=True):
    """POST /TOKEN/push: this browser wants to be told of the order, or no more.

    `language` is the page's; empty where the browser's worker asks by itself.
    """

    kind: BrowserKind
    subscription: Subscription
    language: Annotated[str, Meta(pattern=r"\A([a-z]{2,3})?\Z")] = ""


def wish(body: bytes) -> BrowserWish:
    """What a browser sent, whole and usable. Raises BadInput naming the field, and nothing else."""
    found = decode(body, BrowserWish)
    _check_endpoint(found.subscription.endpoint)
    _check_keys(found.subscription.keys)
    return found


def address(subscription: Subscription) -> str:
    """The subscription as the till keeps it, and as `channels.push` reads it."""
    return encode(subscription).decode()


def endpoint_of(kept: str) -> str:
    """The endpoint of an `address`; empty where it cannot be read."""
    try:
        return decode(kept.encode(), Subscription).endpoint
    except BadInput:
        return ""


def leads_inside(endpoint: str) -> bool:
    """Whether an endpoint names this machine or a private network by its very letters.

    No vendor's push service does. What a name leads to is judged when it is called.
    """
    host = (urlsplit(endpoint).hostname or "").rstrip(".")
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_OF_THIS_NETWORK)
    return not found.is_global


def is_secure(origin: str) -> bool:
    """Whether pages of `origin` may have workers and pushes: https, or this very machine."""
    parts = urlsplit(origin)
    return parts.scheme == "https" or parts.hostname in _LOOPBACK


def _check_endpoint(endpoint: str) -> None:
    if not endpoint.isascii() or not endpoint.isprintable() or set(endpoint) & set(' \\"<>#'):
        raise _bad_endpoint()
    try:
        parts: SplitResult | None = urlsplit(endpoint)
        is_sound = parts is not None and bool(parts.hostname) and parts.port != 0
    except ValueError:
        parts, is_sound = None, False
    if parts is None or not is_sound or parts.scheme != "https" or "@" in parts.netloc:
        raise _bad_endpoint()


def _check_keys(keys: BrowserKeys) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec

    raw = base64.urlsafe_b64decode(keys.p256dh + "=")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        raise BadInput("subscription.keys.p256dh", "This is no key of a browser.") from None


def _bad_endpoint() -> BadInput:
    return BadInput("subscription.endpoint", "This is no address of a push service.")
