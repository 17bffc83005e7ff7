"""What a text can name: flat fields that are already words, in the guest's language."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

LONGEST_VALUE = 500
LONGEST_NAME = 40
# An address of the web or of mail, or a number to call: no one is called like that.
_LURE = re.compile(r"://|www\.|@|\w\.\w\w|\d{4}|[$€₴£]", re.IGNORECASE)

_BREAKS = str.maketrans("\t\r\x0b\x0c\x85\u2028\u2029", " \n\n\n\n\n\n")


@dataclass(frozen=True, slots=True)
class TextFields:
    """`time` is the promise in the shop's zone (`19:45`); all but the first three may be empty.

    `total` is money as people read it, `minutes` a whole number: how long until `time`.
    """

    shop: str
    number: str
    time: str
    link: str = ""
    phone: str = ""
    name: str = ""
    total: str = ""
    courier: str = ""
    minutes: str = ""


FIELDS = tuple(field.name for field in fields(TextFields))
ALWAYS = frozenset(("shop", "number", "time"))
"""Fields that every order has; the others may be empty."""


def values(said: TextFields) -> dict[str, str]:
    """The fields by name, as they stand in a text: trimmed, of bounded length, otherwise as is."""
    return {name: _value(str(getattr(said, name))) for name in FIELDS}


def sayable(name: str) -> str:
    """A guest's name if it looks like one; empty for an address, a number or money.

    A name from outside goes to a number from outside under the shop's own: who orders for a
    stranger must not be able to send him a link.
    """
    plain = " ".join(name.split())
    return "" if len(plain) > LONGEST_NAME or _LURE.search(plain) else plain


def is_unsayable(sign: str) -> bool:
    """Whether a character belongs in no text: control, half of a pair, no character at all."""
    code = ord(sign)
    return (
        (code < 0x20 and sign != "\n")
        or 0x7F <= code < 0xA0
        or 0xD800 <= code < 0xE000
        or 0xFDD0 <= code < 0xFDF0
        or code & 0xFFFE == 0xFFFE
    )


def one_kind_of_breaks(text: str) -> str:
    """`text` with the line breaks and tabs of any system as `\\n` and spaces."""
    return text.replace("\r\n", "\n").translate(_BREAKS)


def _value(text: str) -> str:
    plain = one_kind_of_breaks(text[:LONGEST_VALUE]).strip()
    return "".join("�" if is_unsayable(sign) else sign for sign in plain)
