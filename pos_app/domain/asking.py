"""What somebody typed to find an order, read: each word with everything that it may mean.

A word may be an order's number, a piece of a phone number, the beginning of a word in a guest's
name, the beginning of a word in a dish's, a table, a day. Several words must all fit the same
order. Groups of digits side by side are one piece of a phone number, however it was spaced; the
words of a table's name find it when the whole text is its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pos_app.domain.folding import (
    LONGEST_WORD,
    LOOKALIKES,
    SHORTEST_ENDING,
    folded_words,
)

MOST_WORDS = 8
_PHONE_SIGNS = re.compile(r"[+(]?[\d()+-]*\d[\d()-]*")
_SPACED_PHONE = 5
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SPOKEN = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2})?)?")
_DAYS_AGO = {"today": 0, "сьогодні": 0, "yesterday": 1, "вчора": 1, "учора": 1}


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question. `number`, `phone` and `tables` are empty where it cannot be one.

    `number` is what an order's number may begin with; `phone` digits that some ending of a phone
    number begins with; `words` what words of a dish's name begin with, all of them; `days`
    business dates (ISO), and then the word means nothing else.
    """

    number: str = ""
    phone: str = ""
    words: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    days: tuple[str, ...] = ()

    @property
    def of_guest(self) -> tuple[str, ...]:
        """What a guest's words begin with. Fewer digits than three fit too many phones."""
        if self.phone:
            return (self.phone,)
        return () if any(word.isdecimal() for word in self.words) else self.words


def terms_of(text: str, today: date, first_year: int) -> list[Term]:
    """The words of `text`, at most eight; none when there is nothing to look for.

    A day without its year is that day of each year from `first_year` on.
    """
    typed = _phones_joined(text.split())[:MOST_WORDS]
    found = [_term(word, today, first_year) for word in typed]
    return [term for term in found if term != Term()]


def table_spellings(text: str) -> tuple[str, ...]:
    """How the name of a table may be written in the store: as typed, in small or big letters."""
    name = " ".join(text.split())
    variants = (name, name.lower(), name.upper(), name.capitalize(), name.title())
    alike = tuple(variant.translate(LOOKALIKES) for variant in variants)
    return tuple(dict.fromkeys((*variants, *alike)))


def _phones_joined(words: list[str]) -> list[str]:
    joined: list[str] = []
    group: list[str] = []
    for word in [*words, ""]:
        if word and _PHONE_SIGNS.fullmatch(word) and not _ISO.fullmatch(word):
            group.append(word)
            continue
        spaced = "".join(group)
        is_one = len(group) > 1 and len(_digits(spaced)) >= _SPACED_PHONE
        joined += [spaced] if is_one else group
        group = []
        if word:
            joined.append(word)
    return joined


def _term(word: str, today: date, first_year: int) -> Term:
    days = _days(word, today, first_year)
    if days:
        return Term(days=days)
    digits = _digits(word)
    is_phone = len(digits) >= SHORTEST_ENDING and _PHONE_SIGNS.fullmatch(word) is not None
    number = word.translate(LOOKALIKES).upper()
    return Term(
        number=number if number.isalnum() else "",
        # The nought before a national number is not part of it.
        phone=(digits.lstrip("0") or digits)[:LONGEST_WORD] if is_phone else "",
        words=tuple(sorted(folded_words(word))),
        tables=table_spellings(word),
    )


def _digits(word: str) -> str:
    return "".join(sign for sign in word if sign.isdecimal())


def _days(word: str, today: date, first_year: int) -> tuple[str, ...]:
    """The business dates that a word may be."""
    ago = _DAYS_AGO.get(word.casefold())
    if ago is not None:
        return ((today - timedelta(days=ago)).isoformat(),)
    iso = _ISO.fullmatch(word)
    if iso:
        return _existing([int(iso[1])], int(iso[2]), int(iso[3]))
    spoken = _SPOKEN.fullmatch(word)
    if not spoken:
        return ()
    day, month, year = int(spoken[1]), int(spoken[2]), spoken[3]
    if year is None:
        # Next year too: an order for New Year's Day is taken before it.
        years = list(range(today.year + 1, first_year - 1, -1))
    else:
        years = [int(year) if len(year) == 4 else 2000 + int(year)]
    return _existing(years, month, day)


def _existing(years: list[int], month: int, day: int) -> tuple[str, ...]:
    found = []
    for year in years:
        try:
            found.append(date(year, month, day).isoformat())
        except ValueError:
            continue
    return tuple(found)
