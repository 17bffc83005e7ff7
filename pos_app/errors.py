"""One tree of errors, so that every door (screen, command line, site) can say the same thing.

An error carries what a person needs: a title (what happened), a message (what it means) and a
hint (what to do). `Refused` is the shop's rules saying no; `BadInput` names the field that could
not be read; `Unavailable` is something outside that is down. Anything that is not an
`OrderbellError` is a bug.

The words are templates of the catalogue and the values are kept beside them, because whoever
raises an error does not know in which language it will be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


class Phrase(str):
    """A value of an error that is itself a text of the catalogue, such as “It took too long.”"""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What an error says, in one language; `message` and `hint` may be empty."""

    title: str
    message: str = ""
    hint: str = ""


class OrderbellError(Exception):
    """Base of all errors that a person may see.

    `title` is a short sentence, `hint` says what to do (may be empty), `code` is stable and for
    machines (`lower_snake`). All three may hold fields, `{number}`, which `values` fill. The
    attributes of the same names are the English text; `told` gives that of another language.
    """

    code = "error"

    def __init__(self, title: str, message: str = "", hint: str = "", **values: object) -> None:
        super().__init__(title)
        self._templates = (title, message, hint)
        self._values = values
        english = self.told(str)
        self.title = english.title
        self.message = english.message
        self.hint = english.hint

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.message, self.hint) if part)

    def told(self, gettext: Callable[[str], str]) -> Told:
        """The words in the language of `gettext`; values stand in them as they are."""
        return Told(*(filled(template, gettext, self._values) for template in self._templates))


def filled(template: str, gettext: Callable[[str], str], values: Mapping[str, object]) -> str:
    """`template` in the language of `gettext`, and the phrases among `values` with it.

    A phrase may have fields of its own, which the other values fill.
    """
    # The empty text is the catalogue's own heading. Without values there is nothing to fill:
    # braces are then the speaker's own.
    words = gettext(template) if template else ""
    if not values:
        return words
    plain = {name: value for name, value in values.items() if not isinstance(value, Phrase)}
    told = {
        name: filled(value, gettext, plain) if isinstance(value, Phrase) else value
        for name, value in values.items()
    }
    return words.format_map(told)


class BadInput(OrderbellError):
    """What came in cannot be read. `field` is a path such as `lines[0].quantity`."""

    code = "bad_input"

    def __init__(
        self, field: str, title: str, message: str = "", hint: str = "", **values: object
    ) -> None:
        super().__init__(title, message, hint, **values)
        self.field = field

    def __str__(self) -> str:
        return f"{self.field}: {super().__str__()}" if self.field else super().__str__()


class Refused(OrderbellError):
    """Readable, but the shop's rules or the order's state say no."""

    code = "refused"


class Ambiguous(Refused):
    """A number that more than one order carries."""

    code = "ambiguous"


class NotFound(Refused):
    """Nothing of that name in this shop."""

    code = "not_found"


class ChangedMeanwhile(Refused):
    """What was to be changed is no longer what whoever changes it has seen."""

    code = "changed_meanwhile"


class PinRefused(Refused):
    """A PIN that is wrong, or that came too soon after a wrong one.

    `seconds` (also a field of the words) is how long the next try has to wait.
    """

    code = "pin_refused"

    def __init__(self, title: str, message: str = "", hint: str = "", *, seconds: int) -> None:
        super().__init__(title, message, hint, seconds=seconds)
        self.seconds = seconds


class AlreadyLeft(Refused):
    """Undo came after the message left: the other side of the race committed first."""

    code = "already_left"


class StoreError(OrderbellError):
    """The store on this machine cannot do its work."""

    code = "store"


class StoreTooNew(StoreError):
    """The store was written by a newer Orderbell."""

    code = "store_too_new"


class StoreStuck(StoreError):
    """The store's file cannot be read or written now: full disk, no rights, locked, gone."""


class StoreDamaged(StoreError):
    """The store's file does not read as it should."""

    code = "store_damaged"


class Unavailable(OrderbellError):
    """Something outside (internet, site, gateway, printer) does not answer."""

    code = "unavailable"
