"""What a look has found, in words that are chosen only when somebody reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pos_app.clock import Instant, local
from pos_app.errors import OrderbellError, Phrase, filled

OK, OFF, TROUBLE = "ok", "off", "trouble"
NO_WORDS = Phrase("")


class Code(str):
    """A value that the program itself has made up: a lane's code, a version, a schema."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """`state` is `ok`, `off` (not set up, which is fine) or `trouble`.

    `words` and `hint` (what to do; may be empty) are templates of the catalogue, `values` fills
    both. `subject` is stable and for machines.
    """

    subject: str
    state: str
    words: Phrase
    hint: Phrase = NO_WORDS
    values: Mapping[str, object] = field(default_factory=dict)

    def said(self, gettext: Callable[[str], str] = str) -> str:
        """What was found, in the language of `gettext`."""
        return filled(self.words, gettext, self.values)

    def advice(self, gettext: Callable[[str], str] = str) -> str:
        """What to do about it; empty when there is nothing to do."""
        return filled(self.hint, gettext, self.values)

    def in_public(self) -> dict[str, Any]:
        """The same without anything that a person has typed: for a report that is sent on.

        It says the machine's own short code as well where the words are for people.
        """
        open_values = {
            name: value if isinstance(value, int | Code | Phrase) else "…"
            for name, value in self.values.items()
        }
        told = {
            "subject": self.subject,
            "state": self.state,
            "said": filled(self.words, str, open_values),
        }
        code = self.values.get("code")
        return told | {"code": code} if isinstance(code, Code) else told


def well(subject: str, words: Phrase, **values: object) -> Finding:
    return Finding(subject, OK, words, values=values)


def off(subject: str, words: Phrase, hint: Phrase = NO_WORDS, **values: object) -> Finding:
    return Finding(subject, OFF, words, hint, values)


def trouble(subject: str, words: Phrase, hint: Phrase = NO_WORDS, **values: object) -> Finding:
    return Finding(subject, TROUBLE, words, hint, values)


def of_error(subject: str, error: OrderbellError) -> Finding:
    """What a look could not do, in the error's own words."""
    return Finding(subject, TROUBLE, Phrase("{error}"), values={"error": str(error)})


def moment(at: Instant, zone: str) -> Code:
    """`2026-11-28 19:31`, the shop's time."""
    return Code(f"{local(at, zone):%Y-%m-%d %H:%M}")
