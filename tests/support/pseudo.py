"""A language 40 % longer than English, and what a screen says that is in no language at all.

Every word of three letters or more grows and ends in ŧ, so that a text without a ŧ was never
handed to a translator. Names of dishes, people, streets and units are told apart as `data`.
"""

from __future__ import annotations

import gettext
import math
import re

MARK = "ŧ"
LONGER = 0.4

_PLACEHOLDER = re.compile(r"(\{[^{}]*\})")
_WORD = re.compile(r"[^\W\d_]{3,}")


def longer(text: str) -> str:
    """`text` with its words grown to 140 %, its placeholders left alone."""
    parts = _PLACEHOLDER.split(text)
    return "".join(part if part.startswith("{") else _WORD.sub(_grow, part) for part in parts)


def _grow(word: re.Match[str]) -> str:
    more = math.ceil(len(word.group()) * LONGER)
    return word.group() + (word.group().lower() * 2)[: more - 1] + MARK


class LongerWords(gettext.NullTranslations):
    """Stands where a catalogue stands."""

    def gettext(self, message: str) -> str:
        return longer(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return longer(msgid1 if n == 1 else msgid2)


def untranslated(texts: list[str], data: frozenset[str]) -> list[str]:
    """Those of `texts` with a word that no translator saw and that is not part of `data`."""
    found = []
    for text in texts:
        rest = text
        for known in sorted(data, key=len, reverse=True):
            rest = rest.replace(known, " ")
        is_cut = text.endswith("…") and any(text[:-1] in known for known in data)
        if MARK not in rest and _WORD.search(rest) and not is_cut:
            found.append(text)
    return found


def untranslated_rows(rows: list[str], data: frozenset[str]) -> list[str]:
    """The same for painted rows: data may have been wrapped, or cut off where it is long."""
    words = {word for known in data for word in _WORD.findall(known)}
    return [
        row
        for row in rows
        if MARK not in row
        and set(_WORD.findall(row)) - words
        and not any(row.removesuffix("…") in known for known in data)
    ]
