"""What a text costs as SMS: its alphabet, its parts, and the characters that make it dear.

GSM 03.38: 160 septets, or 153 in each part of a longer text. One character outside of it makes
the whole text UCS-2: 70 units, 67 in each part. A character of two units is never split.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.automation.wording import transliteration

GSM_SEPTETS = 160
GSM_SEPTETS_JOINED = 153
UCS2_UNITS = 70
UCS2_UNITS_JOINED = 67
GSM7, UCS2 = "gsm7", "ucs2"
_GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_ESCAPED = frozenset("^{}\\[~]|€")
_CHEAPER = {
    "’": "'", "‘": "'", "ʼ": "'", "′": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"',
    "«": '"', "»": '"', "″": '"', "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "…": "...",
    "№": "No.", "₴": "UAH", "×": "x", "•": "-", "·": "-", "→": "->", "°": " deg", "©": "(c)",
    "®": "(R)", "™": "(TM)", "\t": " ", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i",
}  # fmt: skip
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offending:
    """A character outside the cheap alphabet; `instead` is empty where nothing can stand for it."""

    sign: str
    instead: str


@dataclass(frozen=True, slots=True)
class SmsFacts:
    """`units` are septets or UCS-2 units; `left`: how many still fit without a further part."""

    encoding: str
    units: int
    parts: int
    left: int
    offending: tuple[Offending, ...]
    has_link: bool


def facts(text: str) -> SmsFacts:
    """All there is to say about `text` as SMS."""
    encoding = encoding_of(text)
    widths = _widths(text, encoding)
    units = sum(widths)
    parts, left = _fill(widths, encoding)
    return SmsFacts(encoding, units, parts, left, offending(text), has_link(text))


def sms_parts(text: str) -> int:
    """How many SMS the text takes: one «’» turns 160 Latin characters into 70."""
    encoding = encoding_of(text)
    return _fill(_widths(text, encoding), encoding)[0]


def encoding_of(text: str) -> str:
    """`gsm7`, or `ucs2` as soon as one character needs it."""
    return GSM7 if all(_is_cheap(sign) for sign in text) else UCS2


def offending(text: str) -> tuple[Offending, ...]:
    """The characters that need UCS-2, each once, in the order in which they come."""
    return tuple(
        Offending(sign, cheaper(sign)) for sign in dict.fromkeys(text) if not _is_cheap(sign)
    )


def cheaper(sign: str) -> str:
    """What could be written for a character outside the cheap alphabet; empty when nothing can."""
    found = _CHEAPER.get(sign)
    if found is None:
        found = transliteration.latin(sign)
        if found == sign:
            found = _plainest(sign)
    return found if all(_is_cheap(part) for part in found) else ""


def plain(text: str) -> str:
    """`text` with everything replaced that can be; Ukrainian goes to `transliteration` first."""
    return "".join(sign if _is_cheap(sign) else cheaper(sign) or sign for sign in text)


def has_link(text: str) -> bool:
    """Whether a network may hold the text back for its link."""
    return _LINK.search(text) is not None


def _is_cheap(sign: str) -> bool:
    return sign in _GSM_BASIC or sign in _GSM_ESCAPED


def _plainest(sign: str) -> str:
    """Without its accent, or in the form that compatible characters share."""
    apart = unicodedata.normalize("NFKD", sign)
    return "".join(part for part in apart if not unicodedata.combining(part))


def _widths(text: str, encoding: str) -> list[int]:
    if encoding == GSM7:
        return [2 if sign in _GSM_ESCAPED else 1 for sign in text]
    return [2 if ord(sign) > 0xFFFF else 1 for sign in text]


def _fill(widths: Iterable[int], encoding: str) -> tuple[int, int]:
    """Parts, and how many units are left in the last one."""
    single, joined = (
        (GSM_SEPTETS, GSM_SEPTETS_JOINED) if encoding == GSM7 else (UCS2_UNITS, UCS2_UNITS_JOINED)
    )
    widths = list(widths)
    units = sum(widths)
    if units <= single:
        return 1, single - units
    parts, left = 1, joined
    for width in widths:
        if width > left:
            parts, left = parts + 1, joined
        left -= width
    return parts, left
