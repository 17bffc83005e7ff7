"""What rules are tried on: past orders with what happened to them, and the shop around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from pos_app.automation.events import Event
from pos_app.automation.facts import Categories
from pos_app.clock import Instant
from pos_app.domain.board import StageLimits
from pos_app.domain.opening import ALWAYS_OPEN, OpeningHours
from pos_app.domain.order import Order


@dataclass(frozen=True, slots=True, eq=False)
class Occasion:
    """What an event was to rules. One value for all events alike: told apart by identity.

    `undoable_s`: for so long it could be undone. `withdraws`: what waited to be said was no
    longer true; `ends`: rules stopped too; `moves_promise`: so what waits for it moves.
    """

    events: tuple[Event, ...] = ()
    undoable_s: int = 0
    withdraws: bool = False
    ends: bool = False
    moves_promise: bool = False


class Change(Struct, eq=False):
    """One thing that happened to an order, and how the order stood then.

    `since`: when it was, if it was told later. `lasting` is shared by changes between which
    nothing changed but status, money and time: what conditions found of the rest still holds.
    """

    at: Instant
    seq: int
    occasion: Occasion
    order: Order
    since: Instant | None = None
    lasting: dict[str, tuple[str, ...]] = {}


@dataclass(frozen=True, slots=True)
class PastGuest:
    """What the shop knew of a guest. `before`: his orders before this one; `after`: when he
    placed the later ones. `offers`: what he answered and when; `tags` since when.
    """

    before: int = 0
    after: Sequence[int] = ()
    offers: tuple[tuple[int, bool], ...] = ()
    tags: tuple[tuple[int, str], ...] = ()

    def later(self, now: Instant) -> int:
        """How many orders he had placed since."""
        return sum(at <= now for at in self.after) if self.after else 0

    def wants_offers(self, now: Instant) -> bool:
        if not self.offers:
            return False
        given = [answer for at, answer in self.offers if at <= now]
        return bool(given) and given[-1]

    def called(self, now: Instant) -> tuple[str, ...]:
        return tuple(tag for at, tag in self.tags if at <= now) if self.tags else ()


NOBODY = PastGuest()


class PastOrder(Struct, eq=False):
    """An order with everything that happened to it, in order; its guest; what he rated and when.

    `asked_on`: channels beside his phone on which he asked to be told of it.
    """

    changes: tuple[Change, ...]
    guest: PastGuest = NOBODY
    rated: tuple[int, int] | None = None
    asked_on: tuple[str, ...] = ()


def _first(channels: tuple[str, ...]) -> str:
    return channels[0]


@dataclass(frozen=True, slots=True)
class World:
    """The shop as rules see it. `parts` of a text by about, language and channel; `prices` of a
    part by channel, in hundredths of the minor unit; `channel`: on which of a step's a text
    leaves; `load`: open orders at a moment; `hours` as they are now.
    """

    zone: str
    until: Instant
    limits: StageLimits = field(default_factory=StageLimits)
    categories: Categories = field(default_factory=dict)
    parts: Callable[[str, str, str], int] = lambda _about, _language, _channel: 1
    prices: Mapping[str, int] = field(default_factory=dict)
    channel: Callable[[tuple[str, ...]], str] = _first
    load: Callable[[Instant], int] = lambda _at: 0
    language: str = "en"
    hours: OpeningHours = ALWAYS_OPEN


def open_at(placed: Sequence[int], ended: Sequence[int]) -> Callable[[Instant], int]:
    """How many orders were open at a moment, from when they were placed and ended, both sorted."""
    return lambda at: bisect_right(placed, at) - bisect_right(ended, at)
