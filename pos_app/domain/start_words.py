"""One-time words by which a guest opens the shop's bot for one order.

A link `t.me/BOT?start=WORD` is seen by Telegram and may be passed on, so the word is no tracking
token: it joins one chat to one order, once, and only for some hours. It follows from the order by
a key of the shop's own, so that slip and page can say it again and the store need not keep it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode

from pos_app.clock import HOUR_MS, Instant

LABEL = b"orderbell/v1/start-word"
WORD_BITS = 120
LIFE_MS = 12 * HOUR_MS
_LENGTH = WORD_BITS // 6
_SHAPE = re.compile(rf"[A-Za-z0-9_-]{{{_LENGTH}}}", re.ASCII)
_SITE = "https://t.me/"


def key_of(store_key: bytes) -> bytes:
    """What words are made with, from the shop's `K_store`."""
    # Most shops have no bot and do without this library.
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=LABEL).derive(store_key)


def word_of(key: bytes, order_uid: str) -> str:
    """The word of an order in Telegram's alphabet; only who has `key` can make it.

    It is shorter than a tracking token, so never taken for one.
    """
    digest = hmac.digest(key, order_uid.encode(), "sha256")
    return urlsafe_b64encode(digest[: WORD_BITS // 8]).decode()


def is_word(text: str) -> bool:
    """Whether `text` has the shape of `word_of`."""
    return _SHAPE.fullmatch(text) is not None


def word_hash(word: str) -> str:
    """What is stored of a word."""
    return hashlib.sha256(word.encode()).hexdigest()


def good_until(made_at: Instant, promised_at: Instant) -> Instant:
    """From when on a word opens nothing any more: an order for tomorrow keeps its own so long."""
    return Instant(max(made_at, promised_at) + LIFE_MS)


def link(bot: str, word: str) -> str:
    """What the slip's QR or the page leads to."""
    return f"{_SITE}{bot}?start={word}"


def is_link(url: str) -> bool:
    """Whether an address opens a bot, not a page."""
    return url.startswith(_SITE)
