"""What the parts of a text are called on the screen: its fields, its ways, what it costs."""

from __future__ import annotations

import re

from pos_app.automation.wording.fields import FIELDS
from pos_app.config import CHANNEL_NAMES
from pos_app.domain import money
from pos_app.language import LANGUAGES
from ui.automations.vocabulary import Options, channels
from ui.words import _, language

ALL_WAYS = ""
_PIECE, _BREAK = 16, "\u200b"
_LONG = re.compile(r"\S{25,}")
_LANGUAGES = {"en": "English", "uk": "Українська"}


def fields() -> Options:
    """What a text can name, in the order in which it is offered."""
    said = {
        "number": _("Number"),
        "time": _("Time"),
        "name": _("Guest’s name"),
        "total": _("Total"),
        "link": _("Link"),
        "shop": _("Shop"),
        "phone": _("Shop’s phone"),
        "courier": _("Courier"),
        "minutes": _("Minutes left"),
    }
    return [*said.items(), *((name, name) for name in FIELDS if name not in said)]


def field(name: str) -> str:
    return dict(fields()).get(name, name)


def ways() -> Options:
    """By which way: all of them first, then each that can have words of its own."""
    known = dict(channels())
    return [
        (ALL_WAYS, _("Every way")),
        *((name, known.get(name, name)) for name in CHANNEL_NAMES),
    ]


def languages() -> Options:
    return [(code, _LANGUAGES.get(code, code)) for code in LANGUAGES]


def price(hundredths: int, currency: str) -> str:
    """`0,65 ₴`: a price of a text, kept in hundredths of the minor unit."""
    whole, _point, rest = money.finely(hundredths, currency).partition(".")
    rest = rest.ljust(money.decimals(currency), "0") if rest else ""
    point = "," if language() == "uk" else "."
    digits = f"{whole}{point}{rest}" if rest else whole
    return f"{digits} {money.symbol(currency, language())}"


def breakable(text: str) -> str:
    """`text` with places at which a long address may go on in the next line."""
    return _LONG.sub(lambda found: _BREAK.join(_pieces(found[0])), text)


def _pieces(word: str) -> list[str]:
    return [word[at : at + _PIECE] for at in range(0, len(word), _PIECE)]
