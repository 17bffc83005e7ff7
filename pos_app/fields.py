"""Reading JSON objects strictly: each field once, of its type, with nothing left over.

Every refusal is a BadInput that carries the field's path (`lines[0].quantity`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from pos_app.errors import BadInput, Phrase

LONGEST_TEXT = 500
_QUOTED = 40

Kind = TypeVar("Kind", bound=StrEnum)
T = TypeVar("T")


def clean(text: str, path: str, longest: int = LONGEST_TEXT) -> str:
    """`text` trimmed, on one line. Raises BadInput for control characters and excess length."""
    flat = text.replace("\r\n", " ").translate(_BREAKS).strip()
    if len(flat) > longest:
        raise BadInput(path, "At most {most} characters", most=longest)
    if any(_is_control(sign) for sign in flat):
        raise BadInput(path, "The text holds a control character")
    return flat


_BREAKS = str.maketrans("\t\n\r\x0b\x0c\x85\u2028\u2029", " " * 8)


def _is_control(sign: str) -> bool:
    code = ord(sign)
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code & 0xFFFE == 0xFFFE


def plain_text(value: Any, path: str) -> str:
    """`value` if it is a text. Raises BadInput."""
    if not isinstance(value, str):
        raise BadInput(path, "A text is needed, not {kind}", kind=kind_of(value))
    return value


def kind_of(value: Any) -> Phrase:
    """What a JSON value is, in a person's words."""
    names: dict[type, Phrase] = {
        bool: Phrase("true or false"),
        int: Phrase("a number"),
        float: Phrase("a number"),
        str: Phrase("a text"),
        list: Phrase("a list"),
        dict: Phrase("an object"),
    }
    return names.get(type(value), Phrase("nothing"))


def shown(text: str) -> str:
    """Untrusted text as an error may repeat it: short, and without anything that moves a cursor."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in text[:_QUOTED])
    return plain + ("…" if len(text) > _QUOTED else "")


class Fields:
    """The fields of one JSON object; each is taken once, and what is left over is refused."""

    def __init__(self, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            raise BadInput(path or "order", "An object is needed, not {kind}", kind=kind_of(value))
        self._left = dict(value)
        self._path = path

    def path(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def take(self, name: str) -> Any:
        """The field's value; None when it is absent or null."""
        return self._left.pop(name, None)

    def nothing_else(self) -> None:
        for name in self._left:
            raise BadInput(self.path(shown(name)), "There is no such field")

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        value = self.take(name)
        if value is None:
            return ""
        return clean(plain_text(value, self.path(name)), self.path(name), longest)

    def requiredplain_text(self, name: str) -> str:
        value = self.take(name)
        if value is None:
            raise BadInput(self.path(name), "This field is needed")
        return plain_text(value, self.path(name))

    def word(self, name: str, known: tuple[str, ...], default: str | None) -> str:
        value = self.take(name)
        if value is None and default is not None:
            return default
        return self._known(name, value, known)

    def choice(self, name: str, kinds: type[Kind], default: Kind | None) -> Kind:
        value = self.take(name)
        if value is None and default is not None:
            return default
        return kinds(self._known(name, value, tuple(kind.value for kind in kinds)))

    def _known(self, name: str, value: Any, known: tuple[str, ...]) -> str:
        choices = ", ".join(known)
        if value is None:
            raise BadInput(
                self.path(name), "This field is needed", hint="One of {known}.", known=choices
            )
        text = plain_text(value, self.path(name))
        if text not in known:
            raise BadInput(
                self.path(name),
                "“{text}” is not known here",
                hint="One of {known}.",
                text=shown(text),
                known=choices,
            )
        return text

    def truth(self, name: str, default: bool) -> bool:
        return self._typed(name, bool, default, Phrase("true or false is needed"))

    def optional_truth(self, name: str) -> bool | None:
        return self._typed(name, bool, None, Phrase("true or false is needed"))

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        number = self.optional_whole(name, least, most)
        return default if number is None else number

    def optional_whole(self, name: str, least: int, most: int) -> int | None:
        number = self._typed(name, int, None, Phrase("A whole number is needed"))
        if number is not None and not least <= number <= most:
            raise BadInput(
                self.path(name),
                "A whole number from {least} to {most} is needed",
                least=least,
                most=most,
            )
        return number

    def _typed(self, name: str, kind: type[T], default: T, needed: Phrase) -> T:
        value = self.take(name)
        if value is None:
            return default
        # Not isinstance: true is no number here.
        if type(value) is not kind:
            raise BadInput(
                self.path(name), "{needed}, not {kind}", needed=needed, kind=kind_of(value)
            )
        return value

    def array(self, name: str, most: int) -> list[Any]:
        value = self.take(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise BadInput(self.path(name), "A list is needed, not {kind}", kind=kind_of(value))
        if len(value) > most:
            raise BadInput(self.path(name), "At most {most} of these", most=most)
        return value

    def group(self, name: str) -> Fields | None:
        value = self.take(name)
        return None if value is None else Fields(value, self.path(name))
