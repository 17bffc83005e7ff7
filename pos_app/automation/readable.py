"""Values in a rule that a person or a file has written, and whether they can be read."""

from __future__ import annotations

import re
import unicodedata

from pos_app.domain.workflow import Kind, Phase

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_UID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_KINDS = frozenset(kind.value for kind in Kind)
_PHASES = frozenset(phase.value for phase in Phase)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)
_BRACES = re.compile(r"\{\{([^{}]*)\}\}")
WORD_FIELDS = ("orders", "takings", "late", "number")
"""The day's own figures that may stand in words to the staff, in double braces."""
_NUMBER = re.compile(r"[0-9]{1,12}", re.ASCII)


def is_time(text: str) -> bool:
    """`00:00` to `23:59`."""
    return _TIME.fullmatch(text) is not None


def is_uid(text: str) -> bool:
    """A UUID in small letters."""
    return _UID.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """A name in a program's own letters: `not_collected`."""
    return _NAME.fullmatch(text) is not None


def unknown_fields(text: str) -> tuple[str, ...]:
    """What stands in double braces and is none of `WORD_FIELDS`; any other code of a template."""
    found = [name for name in _BRACES.findall(text) if name.strip() not in WORD_FIELDS]
    rest = _BRACES.sub("", text)
    return (*found, *(mark for mark in ("{{", "}}", "{%", "%}", "{#") if mark in rest))


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
