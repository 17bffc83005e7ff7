"""Makes any text safe to set on paper, whoever typed it.

Names and notes come from guests, web shops and menus. What no printer can show (control
characters, stray surrogates, marks that turn the reading direction around) is taken out; what is
endless is cut with a sentence that says so, because a slip of thirteen metres helps nobody.
"""

from __future__ import annotations

import unicodedata

from pos_app.language import Texts

LONGEST = 600
"""Characters of one field on paper: a note of 600 fills 12 cm of the narrow paper."""

_MARKS_IN_A_ROW = 4
# Joiners carry meaning in Persian, Indic scripts and emoji; every other format character
# (direction overrides, tags, byte order marks) only deceives on paper.
_JOINERS = "\u200c\u200d"
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_SPACES = {"Zs", "Zl", "Zp"}
_MARKS = {"Mn", "Me"}


def printable(text: str, texts: Texts) -> str:
    """`text` on one paragraph without control characters, at most `LONGEST` of its characters."""
    clean = _clean(text)
    if len(clean) <= LONGEST:
        return clean
    more = len(clean) - LONGEST
    cut = texts.ngettext(
        "({count} more character: see the screen)",
        "({count} more characters: see the screen)",
        more,
    )
    return f"{clean[:LONGEST].rstrip()} {cut.format(count=more)}"


def _clean(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for letter in text:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in _MARKS else 0
        if category in _SPACES or letter in "\t\n\r\v\f\x85":
            kept.append(" ")
        elif marks <= _MARKS_IN_A_ROW and (category not in _DROPPED or letter in _JOINERS):
            kept.append(letter)
    return unicodedata.normalize("NFC", " ".join("".join(kept).split()))
