"""The language of the screens: chosen once per window set-up, from the shop's settings."""

from __future__ import annotations

from pos_app.errors import OrderbellError, Told
from pos_app.language import Texts

_texts = Texts("en")


def set_language(language: str) -> None:
    """Speak `language` from now on; screens that stand are made anew by the main window."""
    global _texts  # noqa: PLW0603 - one window set, one language, like Qt's own translators
    _texts = Texts(language)


def language() -> str:
    return _texts.language


def _(message: str) -> str:
    return _texts.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    return _texts.ngettext(singular, plural, count)


def quoted(note: str) -> str:
    """Somebody's own words, in the quotation marks of the language; nothing for nothing."""
    return _("“{note}”").format(note=note) if note else ""


def told(error: OrderbellError) -> Told:
    """What `error` says, in the language of the screens."""
    return error.told(_texts.gettext)


def sentences(*parts: str) -> str:
    """`parts` that say something, one after the other, each but the last ended as a sentence."""
    said = [part for part in parts if part]
    ended = [part if part.endswith((".", "?", "!", "…")) else f"{part}." for part in said[:-1]]
    return " ".join(ended + said[-1:])
