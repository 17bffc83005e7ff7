"""Ukrainian in Latin letters, by the table of the Cabinet of Ministers (resolution 55, 2010).

Its rules: є, ї, й, ю, я are written otherwise at the beginning of a word; зг is zgh; the soft
sign and the apostrophe are not written. An SMS in Latin letters has room for more than twice as
many of them.

Four letters that Ukrainian has not, but guests' names may have (ё, ъ, ы, э), are written by their
nearest sounds. Addresses of the web stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

_ANYWHERE = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia",
    "ё": "io", "ъ": "", "ы": "y", "э": "e",
}  # fmt: skip
_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya", "ё": "yo"}
_APOSTROPHES = frozenset("'’ʼ‘`´′")
_STRESS = "\u0301"
_ADDRESS = re.compile(r"(\S*(?:://|www\.|@)\S*)", re.IGNORECASE)


def latin(text: str) -> str:
    """`text` with every Cyrillic letter in Latin ones; all other characters stay."""
    # An address stands at every odd place.
    pieces = _ADDRESS.split(text)
    return "".join(piece if at % 2 else _words(piece) for at, piece in enumerate(pieces))


def _words(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(_sign(composed, at) for at in range(len(composed)))


def _sign(text: str, at: int) -> str:
    sign = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if sign in _APOSTROPHES:
        return "" if _is_cyrillic(before) and _is_cyrillic(after) else sign
    if sign == _STRESS:
        return "" if _is_cyrillic(before) else sign
    if not _is_cyrillic(sign):
        return sign
    return _cased(sign, _letter(text, at), _is_loud(text, at))


def _letter(text: str, at: int) -> str:
    small = text[at].lower()
    if small == "г" and text[at - 1 : at].lower() == "з":
        return "gh"
    if small in _FIRST and not _is_inside(text, at):
        return _FIRST[small]
    return _ANYWHERE[small]


def _is_inside(text: str, at: int) -> bool:
    """Whether the letter has one before it in its word, an apostrophe or a stress between."""
    while at > 0 and (text[at - 1] in _APOSTROPHES or text[at - 1] == _STRESS):
        at -= 1
    return at > 0 and text[at - 1].isalpha()


def _is_loud(text: str, at: int) -> bool:
    """Whether the word is written in capitals: a neighbour that is a letter is one too."""
    after = text[at + 1 : at + 2]
    beside = after if after.isalpha() else text[at - 1 : at]
    return beside.isupper()


def _cased(sign: str, letters: str, loud: bool) -> str:
    if not sign.isupper():
        return letters
    return letters.upper() if loud else letters.capitalize()


def _is_cyrillic(sign: str) -> bool:
    return sign.lower() in _ANYWHERE
