"""Whose words a guest reads: the manager's own where there are some, in a language he knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.automation.wording.standard import STANDARD_SUBJECT, abouts, standard_text
from pos_app.language import LANGUAGES, SOURCE_LANGUAGE


@dataclass(frozen=True, slots=True)
class OwnText:
    """A manager's template; an empty `channel` is for every way out without one of its own.

    `subject` is a template too, for letters and notes on a screen; empty: the standard one.
    """

    about: str
    channel: str
    language: str
    text: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """The template for one message, and the language that it is written in."""

    text: str
    language: str
    is_own: bool
    subject: str = STANDARD_SUBJECT


def chosen(
    own: Iterable[OwnText], about: str, channel: str, guest_language: str, shop_language: str
) -> Choice:
    """The guest's language, else the shop's, else English; in each of them own words first.

    Raises ValueError when nobody has any words about it.
    """
    found = {(one.language, one.channel): one for one in own if one.about == about}
    for language in dict.fromkeys((guest_language, shop_language, SOURCE_LANGUAGE)):
        mine = found.get((language, channel)) or found.get((language, ""))
        if mine is not None:
            return Choice(mine.text, language, True, mine.subject or STANDARD_SUBJECT)
        if language in LANGUAGES and about in abouts():
            return Choice(standard_text(about, language), language, False)
    raise ValueError(f"no text about {about}")
