"""What rules are tried on: past orders with what happened to them, and the shop around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from pos_app.automation.events import Event
from pos_app.automation.facts import Categories
from pos_app.clock import Instant
from pos_app.config import TextLimits
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

    `asked_on`: channels beside his phone on which he asked to be told of it; `reached_on`: all on
    which anybody knew how to reach him, None for every one. `unwanted`: why rules say nothing
    to him at all; `stopped_at`: since when nothing was to be said of this order.
    """

    changes: tuple[Change, ...]
    guest: PastGuest = NOBODY
    rated: tuple[int, int] | None = None
    asked_on: tuple[str, ...] = ()
    reached_on: tuple[str, ...] | None = None
    unwanted: str = ""
    stopped_at: int | None = None

    def silence(self, at: Instant) -> str:
        """Why rules said nothing to him at a moment; empty when they might."""
        if self.unwanted or self.stopped_at is None or at < self.stopped_at:
            return self.unwanted
        return STOPPED


STOPPED, UNREACHED = "stopped", "no_address"
Way = Callable[[tuple[str, ...], tuple[str, ...], tuple[str, ...] | None], str]
"""On which channel a text leaves, empty for none: of a step's, of those on which the guest asked
to be told, and of those on which he is reached at all."""


def _first(
    channels: tuple[str, ...], asked_on: tuple[str, ...], reached_on: tuple[str, ...] | None
) -> str:
    named = (*asked_on, *channels)
    return next((name for name in named if reached_on is None or name in reached_on), "")


_UNLIMITED = TextLimits(to_number_a_day=0, a_day=0)


def _undated(_at: Instant) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class World:
    """The shop as rules see it. `parts` of a text by about, language and channel; `prices` of a
    part by channel, in hundredths of the minor unit; `load`: open orders at a moment; `hours` as
    they are now; `month` as spend is counted: `2026-11`; `text_limits`: caps and the budget.
    """

    zone: str
    until: Instant
    limits: StageLimits = field(default_factory=StageLimits)
    categories: Categories = field(default_factory=dict)
    parts: Callable[[str, str, str], int] = lambda _about, _language, _channel: 1
    prices: Mapping[str, int] = field(default_factory=dict)
    channel: Way = _first
    load: Callable[[Instant], int] = lambda _at: 0
    language: str = "en"
    hours: OpeningHours = ALWAYS_OPEN
    month: Callable[[Instant], str] = _undated
    text_limits: TextLimits = _UNLIMITED


def open_at(placed: Sequence[int], ended: Sequence[int]) -> Callable[[Instant], int]:
    """How many orders were open at a moment, from when they were placed and ended, both sorted."""
    return lambda at: bisect_right(placed, at) - bisect_right(ended, at)
