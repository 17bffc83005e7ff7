"""What an address or a header may look like, wherever it leads: asked at entry and at each call."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pos_app.errors import BadInput

_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"(?:[!-~](?:[ -~]*[!-~])?)?")


def fault(url: str) -> str:
    """Why this address is never called, as a short code; empty when nothing is wrong."""
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return "bad_address"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "bad_address"
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        return "bad_address"
    return "user_in_address" if "@" in parts.netloc else ""


def check(url: str, *, lan: bool) -> None:
    """Raises BadInput for an address that would never be called. `lan` as ticked by a manager."""
    code = fault(url)
    if code == "user_in_address":
        raise BadInput("url", "A web address here has no user name in it")
    if code:
        raise BadInput("url", "This is no web address", hint="Such as https://example.com/orders")
    if not lan and not url.startswith("https://"):
        raise BadInput(
            "url",
            "The address must begin with https://",
            hint="http only in the shop's own network, when a manager allowed it.",
        )


def is_header(name: str, value: str) -> bool:
    """Whether HTTP can carry this header as it is: no second line hides in it."""
    return bool(_HEADER_NAME.fullmatch(name) and _HEADER_VALUE.fullmatch(value))
