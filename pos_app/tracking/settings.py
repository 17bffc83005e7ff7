"""What a site is told when it starts. Every limit of the outer layer is a number here."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pos_app.errors import BadInput

Mode = Literal["hosted", "shop_network", "loopback"]

DEFAULT_PORT = 8123


@dataclass(frozen=True, slots=True)
class Limits:
    """Requests per minute, open streams and connections, sizes in bytes."""

    failures_per_minute: int = 20
    token_per_minute: int = 60
    signed_per_minute: int = 600
    streams_per_token: int = 6
    streams_per_address: int = 64
    connections_per_address: int | None = None
    connections: int | None = None
    body_bytes: int = 4_194_304
    pages_in_memory: int = 20_000


SHOP_NETWORK_LIMITS = Limits(connections_per_address=8, connections=200)
# On loopback every browser and lane of this machine has the same address.
LOOPBACK_LIMITS = Limits(connections_per_address=64, connections=200)


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """`origin` is what tokens, signatures and the `Host` check refer to.

    `host` and `port` are listened on (port 0: any free one); `trusted_proxy` is the one address
    whose `X-Forwarded-For` is believed. `key` is the file whose key seals link keys, where the
    host hands it over; without one the site makes its own beside the database.
    """

    origin: str
    database: Path
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    mode: Mode = "loopback"
    trusted_proxy: str | None = None
    limits: Limits = field(default_factory=Limits)
    key: Path | None = None

    @property
    def is_https(self) -> bool:
        return self.origin.startswith("https://")

    @property
    def is_local(self) -> bool:
        return self.mode != "hosted"

    @property
    def authority(self) -> str:
        """`host[:port]` of the origin, as a `Host` header must say it."""
        return urlsplit(self.origin).netloc


def default_limits(mode: Mode) -> Limits:
    by_mode = {"shop_network": SHOP_NETWORK_LIMITS, "loopback": LOOPBACK_LIMITS}
    return by_mode.get(mode, Limits())


def read_origin(text: str) -> str:
    """A clean origin: scheme and authority only, lower case. Raises BadInput."""
    parts = urlsplit(text.strip().lower())
    try:
        port = parts.port
    except ValueError:
        port = -1
    plain = f"{parts.scheme}://{parts.netloc}"
    if (
        parts.scheme not in ("https", "http")
        or not parts.hostname
        or port == -1
        or "@" in parts.netloc
        or text.strip().lower().rstrip("/") != plain
    ):
        raise BadInput(
            "origin",
            "This is no address of a site.",
            hint="Write it like https://orders.example.com, without a path.",
        )
    return plain
