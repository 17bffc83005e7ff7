"""Texts that a messenger has approved beforehand: which one fits, and what fills its gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.channels.protocol import OutgoingText

GAPS = ("text", "subject", "link")
"""What of a message may fill a gap."""

# The messengers refuse a gap that is left empty.
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class ApprovedText:
    """One text as the messenger knows it.

    `about` is the status text it stands for, empty: any; `language` likewise. `name` is how the
    messenger calls it, `code` the messenger's own name of the language. `gaps` are filled in this
    order, each with one of `GAPS`.
    """

    name: str
    about: str = ""
    language: str = ""
    code: str = ""
    gaps: tuple[str, ...] = ("text",)


def chosen(texts: Iterable[ApprovedText], message: OutgoingText) -> ApprovedText | None:
    """The closest fit: what is said counts before the language."""
    fitting = [
        text
        for text in texts
        if text.about in ("", message.about) and text.language in ("", message.language)
    ]
    return max(fitting, key=lambda text: (bool(text.about), bool(text.language)), default=None)


def filled(text: ApprovedText, message: OutgoingText) -> list[str]:
    """What goes into the gaps. New lines and runs of blanks are refused there."""
    said = {"text": message.text, "subject": message.subject, "link": message.link}
    return [" ".join(said.get(gap, "").split()) or _NOTHING for gap in text.gaps]
