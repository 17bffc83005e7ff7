"""A number as somebody has typed it so far."""

from __future__ import annotations

NO_NUMBER = -1
"""What stands for anything that is no whole number: whoever checks a rule refuses it."""
_LONGEST = 6


def whole(text: str) -> int:
    """The number in `text`; `NO_NUMBER` where there is none."""
    plain = text.strip()
    is_number = plain.isascii() and plain.isdigit() and len(plain) <= _LONGEST
    return int(plain) if is_number else NO_NUMBER


def shown(number: int) -> str:
    """`number` for a field; nothing where none was typed."""
    return "" if number == NO_NUMBER else str(number)
