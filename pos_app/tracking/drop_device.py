"""Which phone it is: a random cookie, of which the site keeps only a hash bound to the shop."""

from __future__ import annotations

import hashlib
import re
import secrets
from http.cookies import CookieError, SimpleCookie

from pos_app.clock import SECOND_MS
from pos_app.tracking.asgi import Scope, header
from pos_app.wire.drops import CLAIM_MS, EVIDENCE_MS

COOKIE = "__Host-obd"
_KEPT_S = (CLAIM_MS + EVIDENCE_MS) // SECOND_MS
_BYTES = 16
_SHAPE = re.compile(r"[0-9A-Za-z_-]{22}\Z", re.ASCII)


def cookie_of(scope: Scope) -> str:
    """The phone's own secret, or nothing."""
    try:
        found = SimpleCookie(header(scope, b"cookie").decode("latin-1")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None and _SHAPE.match(found.value) else ""


def new_cookie() -> str:
    return secrets.token_urlsafe(_BYTES)


def device_of(shop_id: str, cookie: str) -> str:
    """What the site keeps: shops on one site cannot tell that it is the same phone."""
    return hashlib.sha256(f"{shop_id}\0{cookie}".encode()).hexdigest()


def set_cookie(cookie: str) -> tuple[bytes, bytes]:
    """The header; renewed with each opening of a page, so that it outlives every claim."""
    text = f"{COOKIE}={cookie}; Path=/; Max-Age={_KEPT_S}; Secure; HttpOnly; SameSite=Lax"
    return (b"set-cookie", text.encode("ascii"))
