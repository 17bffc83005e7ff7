"""One-time words by which a guest opens the shop's bot for one order.

A link `t.me/BOT?start=WORD` is seen by Telegram and may be passed on, so the word is no tracking
token: it joins one chat to one order, once, and only for some hours.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from pos_app.clock import HOUR_MS, Instant

WORD_BITS = 120
LIFE_MS = 12 * HOUR_MS
_LENGTH = WORD_BITS // 6
_SHAPE = re.compile(rf"[A-Za-z0-9_-]{{{_LENGTH}}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class StartWord:
    """What the till keeps of a word: its hash, the order it opens, until when, and its use."""

    hash: str
    order_uid: str
    until: Instant
    used: bool = False

    def opens(self, word: str, now: Instant) -> bool:
        """Whether `word` is this one, unused and not too old."""
        is_same = secrets.compare_digest(self.hash, word_hash(word))
        return is_same and not self.used and now < self.until


def new_word() -> str:
    """120 bits in Telegram's alphabet; shorter than a tracking token, so never taken for one."""
    return secrets.token_urlsafe(WORD_BITS // 8)


def is_word(text: str) -> bool:
    """Whether `text` has the shape of `new_word`."""
    return _SHAPE.fullmatch(text) is not None


def word_hash(word: str) -> str:
    """What is stored of a word."""
    return hashlib.sha256(word.encode()).hexdigest()


def kept(word: str, order_uid: str, now: Instant) -> StartWord:
    """The row of a new word."""
    return StartWord(word_hash(word), order_uid, Instant(now + LIFE_MS))


def link(bot: str, word: str) -> str:
    """What the slip's QR or a text leads to."""
    return f"https://t.me/{bot}?start={word}"
