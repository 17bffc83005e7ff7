"""One tree of errors, so that every door (screen, command line, site) can say the same thing.

An error carries what a person needs: a title (what happened), a message (what it means) and a
hint (what to do). `Refused` is the shop's rules saying no; `BadInput` names the field that could
not be read; `Unavailable` is something outside that is down. Anything that is not an
`OrderbellError` is a bug.
"""

from __future__ import annotations


class OrderbellError(Exception):
    """Base of all errors that a person may see.

    `title` is a short sentence, `hint` says what to do (may be empty), `code` is stable and for
    machines (`lower_snake`).
    """

    code = "error"

    def __init__(self, title: str, message: str = "", hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.message, self.hint) if part)


class BadInput(OrderbellError):
    """What came in cannot be read. `field` is a path such as `lines[0].quantity`."""

    code = "bad_input"

    def __init__(self, field: str, title: str, message: str = "", hint: str = "") -> None:
        super().__init__(title, message, hint)
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


class AlreadyLeft(Refused):
    """Undo came after the message left: the other side of the race committed first."""

    code = "already_left"


class StoreError(OrderbellError):
    """The store on this machine cannot do its work."""

    code = "store"


class StoreTooNew(StoreError):
    """The store was written by a newer Orderbell."""

    code = "store_too_new"


class StoreDamaged(StoreError):
    """The store's file does not read as it should."""

    code = "store_damaged"


class Unavailable(OrderbellError):
    """Something outside (internet, site, gateway, printer) does not answer."""

    code = "unavailable"
