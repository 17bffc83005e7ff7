"""Words as people mean them, whatever keyboard they used: what search compares.

Case, accents and apostrophes aside, ґ as г, and a Cyrillic letter as the Latin one that is drawn
the same way: “А43” typed on a Ukrainian keyboard is A43, and “O’Hara” is “ohara”.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 64
SHORTEST_ENDING = 3

# What a Ukrainian keyboard and an English one both draw the same way.
LOOKALIKES = str.maketrans("АВЕІКМНОРСТХаеікорсух", "ABEIKMHOPCTXaeikopcyx")
# Case is gone before these: where the capitals look alike, the small letters are one too.
_ALIKE = str.maketrans("авеікмнорстухґ", "abeikmhopctyxг")
_APOSTROPHES = re.compile("['’‘ʼ`´′]")
_WORD = re.compile(r"[^\W_]+")


def folded_letters(text: str) -> str:
    """`text` with every letter in the one form that search knows; its length may change."""
    apart = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_ALIKE)


def folded_words(text: str) -> set[str]:
    """The words of `text`, folded, each at most 64 characters long."""
    return {word[:LONGEST_WORD] for word in _WORD.findall(folded_letters(text))}


def endings(phone: str) -> set[str]:
    """Every ending of a number's digits from three on: a fragment begins one of them."""
    digits = "".join(sign for sign in phone if sign.isdecimal())[:LONGEST_WORD]
    return {digits[start:] for start in range(len(digits) - SHORTEST_ENDING + 1)}
