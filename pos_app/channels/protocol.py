"""What every way out promises, so that one lane can drive them all.

A channel gets one text at a time and says what came of it. Errors end at the adapter as short
codes: an exception of an HTTP library carries addresses and credentials.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from pos_app.clock import Instant


class Declares(StrEnum):
    """What can be done after a try whose outcome nobody knows.

    `keyed`: repeat it, the gateway knows our id. `findable`: look for it (`Findable`), then
    decide. `blind`: neither, so it is never repeated by itself.
    """

    KEYED = "keyed"
    FINDABLE = "findable"
    BLIND = "blind"


@dataclass(frozen=True, slots=True)
class OutgoingText:
    """`uid` is our id of the message; nothing may be sent after `not_after`.

    `to` is the address as this way out spells it: a number in E.164, an e-mail address, a chat's
    id, a browser's subscription. `about` says which status text it is; `subject`, `html` and
    `link` are for ways out that have a place for them.
    """

    uid: str
    to: str
    text: str
    not_after: Instant
    about: str = ""
    language: str = ""
    subject: str = ""
    html: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The gateway has it, under its own `provider_id`."""

    provider_id: str


@dataclass(frozen=True, slots=True)
class RetryLater:
    """It was not taken. `after_s` when the gateway said how long; `down`: it takes nothing now.

    `for_number`: it takes nothing for this one address until then; others are not concerned.
    """

    code: str
    after_s: float | None = None
    down: bool = False
    for_number: bool = False


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It will never be taken."""

    code: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been taken or not. `down` as in `RetryLater`."""

    code: str
    down: bool = False


Outcome = Accepted | RetryLater | GiveUp | Unknown

SENT, DELIVERED, FAILED, ABSENT = "sent", "delivered", "failed", "absent"


@dataclass(frozen=True, slots=True)
class Report:
    """What the gateway says of a message: `sent`, `delivered`, `failed`, or `absent`: never had.

    `provider_id` is told by `find`: under which id the gateway has it.
    """

    state: str
    code: str = ""
    provider_id: str = ""


class Channel(Protocol):
    """One way out. `send` and `poll` may take seconds and never raise for the network's sake."""

    @property
    def declares(self) -> Declares: ...

    def send(self, message: OutgoingText) -> Outcome: ...

    def poll(self, provider_id: str) -> Report | None:
        """What became of a message; None when the gateway could not be asked."""
        ...

    def cut(self) -> None:
        """End a call that another thread has running or is about to begin, and every later one.

        Each comes back as a failure; one that had not begun, as not sent.
        """
        ...

    def close(self) -> None: ...


@runtime_checkable
class Findable(Protocol):
    """What a channel that declares `findable` can do besides."""

    def find(self, message: OutgoingText, since: Instant) -> Report | None:
        """What became of the try that began at `since`.

        `absent` only when it surely never came; None while that cannot be told: nobody answered,
        it is too early, or more than one message could be it.
        """
        ...


def tells_delivery(channel: Channel) -> bool:
    """Whether asking can ever say more than `sent`; without, `poll` is a waste of calls.

    A class says so by `tells_delivery = False`.
    """
    return bool(getattr(channel, "tells_delivery", True))
