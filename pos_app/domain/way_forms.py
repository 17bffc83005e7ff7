"""What a person is asked and told when he sets up a way out. Values only.

The adapters say what they need (`channels/setup_forms.py`), the screens ask for it in words of
their own; neither knows the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.clock import Instant


class Ask(StrEnum):
    """How one field is asked for, and what its answer is in a setup's document.

    `line` and `lines` are text, `number` a whole number as text, `tick` a bool, `choice` one of
    the options. `pairs` is a list of [name, value], `codes` a list of whole numbers, `approved`
    a list of the texts that a messenger has approved.
    """

    LINE = "line"
    LINES = "lines"
    NUMBER = "number"
    TICK = "tick"
    CHOICE = "choice"
    PAIRS = "pairs"
    CODES = "codes"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class AskedField:
    """One field of a setup. `default` is what an empty answer stands for, as it is shown.

    `is_further`: right for nearly everybody as it is. `only_with`: it counts only while the tick
    of that name is set.
    """

    name: str
    ask: Ask
    default: str | bool = ""
    is_needed: bool = False
    options: tuple[str, ...] = ()
    is_further: bool = False
    only_with: str = ""


class Secret(StrEnum):
    """Whether a kind has a secret that a person enters: always, where one is set, or never."""

    NEEDED = "needed"
    OPTIONAL = "optional"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class WayForm:
    """What one kind of way out asks for. `channel` is the one that it serves.

    `is_priced`: each part costs money. `can_be_asked`: it can say that somebody is there, without
    a text. `is_tried`: one text can be sent to an address that a person types.
    """

    kind: str
    channel: str
    fields: tuple[AskedField, ...]
    secret: Secret
    is_priced: bool = False
    can_be_asked: bool = False
    is_tried: bool = True


class Trial(StrEnum):
    """What came of trying a way out by hand."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    THERE = "there"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Tried:
    """`code` says why in a word for machines; empty when all went well."""

    trial: Trial
    code: str = ""


@dataclass(frozen=True, slots=True)
class WayStanding:
    """How a way out fares: `code` why nothing leaves by it since `since`; empty while it works.

    `taken_at` is when a text was last taken by it, None when none of the newest was.
    """

    name: str
    code: str = ""
    since: Instant | None = None
    taken_at: Instant | None = None
