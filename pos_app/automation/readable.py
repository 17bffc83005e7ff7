"""Values in a rule that a person or a file has written, and whether they can be read."""

from __future__ import annotations

import re
import unicodedata

from pos_app.domain.workflow import Kind, Phase

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_KINDS = frozenset(kind.value for kind in Kind)
_PHASES = frozenset(phase.value for phase in Phase)
_NUMBER = re.compile(r"[0-9]{1,12}", re.ASCII)


def is_time(text: str) -> bool:
    """`00:00` to `23:59`."""
    return _TIME.fullmatch(text) is not None


def is_uid(text: str) -> bool:
    """A UUID in small letters."""
    return _UID.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """A whole number that is not negative, in ASCII digits."""
    return _NUMBER.fullmatch(text) is not None


def is_status(text: str) -> bool:
    """The name of a kind of status, or of a phase."""
    return is_kind(text) or text in _PHASES


def is_kind(text: str) -> bool:
    """The name of a kind of status."""
    return text in _KINDS


def is_words(text: str, longest: int) -> bool:
    """Something that a person can read on one line."""
    return bool(text.strip()) and len(text) <= longest and is_printable(text)


def is_printable(text: str) -> bool:
    """Whether nothing in it moves a cursor, hides or turns letters, or is no letter at all."""
    return all(unicodedata.category(sign) not in _UNSEEN or sign == _JOINER for sign in text)


_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Zl", "Zp"))
# Joins the parts of one picture sign.
_JOINER = "\u200d"
