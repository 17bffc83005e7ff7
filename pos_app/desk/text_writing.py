"""Writing the shop's own texts: checked, in their place, never over words that nobody has seen."""

from __future__ import annotations

import hashlib

from pos_app import config
from pos_app.automation.wording.choice import OwnText
from pos_app.automation.wording.rendering import checked, checked_subject
from pos_app.automation.wording.standard import abouts
from pos_app.desk.setup import touch
from pos_app.desk.transaction import Transaction
from pos_app.errors import BadInput, ChangedMeanwhile
from pos_app.language import LANGUAGES
from pos_app.store import status_texts
from pos_app.store.status_texts import StatusText

TEXTS = "texts"
"""What other screens are told has changed."""
WITH_SUBJECT = ("mail", "push")
"""Ways out with a place above the text."""
_STANDARD = ""


def version_of(text: StatusText | None) -> str:
    """What tells apart two states of one place; empty where the standard words stand."""
    if text is None:
        return _STANDARD
    return hashlib.sha256(f"{text.subject}\n\n{text.body}".encode()).hexdigest()[:16]


def place_checked(about: str, channel: str, language: str) -> None:
    """Raises BadInput naming `about`, `channel` or `language`."""
    for field, given, known in (
        ("about", about, abouts()),
        ("channel", channel, ("", *config.CHANNEL_NAMES)),
        ("language", language, LANGUAGES),
    ):
        if given not in known:
            raise BadInput(
                field,
                "“{given}” is not known here",
                hint="{known}",
                given=given,
                known=", ".join(name for name in known if name),
            )


def sound(text: OwnText) -> OwnText:
    """`text` as it is to be stored. Raises BadInput naming the field, and the line of a text."""
    place_checked(text.about, text.channel, text.language)
    if text.subject.strip() and text.channel not in WITH_SUBJECT:
        raise BadInput(
            "subject",
            "Only a letter and a note on a screen have a subject",
            hint="Choose mail or push.",
        )
    subject = checked_subject(text.subject) if text.subject.strip() else ""
    return OwnText(text.about, text.channel, text.language, checked(text.text), subject)


def save(act: Transaction, text: OwnText, expected: str | None) -> StatusText:
    """Write `text`; `expected` is the version that whoever wrote it has seen, None: whichever.

    Raises BadInput, ChangedMeanwhile.
    """
    text = sound(text)
    before = _standing(act, text.about, text.channel, text.language, expected)
    written = StatusText(
        text.about, text.channel, text.language, text.subject, text.text, act.now, act.staff_id
    )
    if before is not None and version_of(before) == version_of(written):
        return before
    status_texts.write(act.connection, written)
    _record(act, "text_written", text.about, text.channel, text.language)
    return written


def reset(act: Transaction, about: str, channel: str, language: str, expected: str | None) -> bool:
    """Back to the standard words; False where they stood already. Raises as `save` does."""
    place_checked(about, channel, language)
    if _standing(act, about, channel, language, expected) is None:
        return False
    status_texts.remove(act.connection, about, channel, language)
    _record(act, "text_reset", about, channel, language)
    return True


def _standing(
    act: Transaction, about: str, channel: str, language: str, expected: str | None
) -> StatusText | None:
    found = status_texts.find(act.connection, about, channel, language)
    if expected is not None and version_of(found) != expected:
        raise ChangedMeanwhile(
            "Somebody else has changed this text meanwhile",
            "Nothing was saved.",
            "Look at the text as it is now, then save yours or leave theirs.",
        )
    return found


def _record(act: Transaction, kind: str, about: str, channel: str, language: str) -> None:
    """Which text, never its words: those stand in their own row."""
    place = {"about": about, "channel": channel, "language": language}
    act.record(kind, None, {**place, "keys": [TEXTS]})
    touch(act.connection)
