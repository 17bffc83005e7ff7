"""How late a ticket is: one function for every screen, page and rule.

The band is the worse of two clocks. Against the promise: *soon* in its last five minutes, *late*
after it. Against the stage (New 3 min, Preparing its longest prep minutes, Ready 4 min): *soon*
when the limit has passed, *late* five minutes later, because a stage limit of three minutes has
no last five minutes to warn in.

An order that has not entered the kitchen yet has no stage clock, and that of a held one stands
still: only their promise can make them late.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.clock import MINUTE_MS, Instant
from pos_app.domain.order import Order
from pos_app.domain.workflow import PHASES, Kind, Phase, has_ended

SOON_MS = 5 * MINUTE_MS


class Band(StrEnum):
    ON_TIME = "on_time"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class StageLimits:
    """Minutes a ticket may stay; preparing takes the order's longest prep time."""

    new_minutes: int = 3
    ready_minutes: int = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """`minutes`: late by, or left until the promise; `waiting` is the word for soon in Ready."""

    band: Band
    minutes: int
    age_ms: int
    waiting: bool


def _stage_limit_ms(order: Order, limits: StageLimits) -> int | None:
    phase = PHASES[order.kind]
    if phase is Phase.NEW:
        return limits.new_minutes * MINUTE_MS
    if phase is Phase.IN_KITCHEN:
        longest = max((line.prep_minutes for line in order.open_lines), default=0)
        return max(1, longest) * MINUTE_MS
    if phase is Phase.READY:
        return limits.ready_minutes * MINUTE_MS
    return None


def has_entered(order: Order) -> bool:
    """Whether the kitchen has been told of `order`; what was started early has entered."""
    return PHASES[order.kind] is not Phase.NEW or order.entered_at >= order.enters_at


def is_later(order: Order, now: Instant) -> bool:
    """Whether `order` waits in the strip *Later*: its time in the kitchen has not come."""
    return not has_entered(order) and order.enters_at > now


def is_held(order: Order) -> bool:
    """Whether the kitchen waits with `order`; what is ready cannot be held any more."""
    return order.held_at is not None and PHASES[order.kind] in (Phase.NEW, Phase.IN_KITCHEN)


def has_remake(order: Order) -> bool:
    """Whether a dish that had to be made again is not made yet."""
    done = {ticket.station_id for ticket in order.tickets if ticket.kind is Kind.READY}
    return any(
        line.remake_reason and line.made_at is None and line.station_id not in done
        for line in order.open_lines
    )


def place_on_board(order: Order) -> tuple[bool, bool, Instant, int]:
    """Where `order` stands among others, first to last, on every screen."""
    return (not order.rush, not has_remake(order), _came_at(order), order.id)


def _came_at(order: Order) -> Instant:
    return max(order.placed_at, order.enters_at)


def _age_ms(order: Order, now: Instant) -> int:
    since = order.entered_at
    if PHASES[order.kind] is Phase.NEW:
        since = max(since, order.enters_at)
    until = now
    if order.held_at is not None and is_held(order):
        until = min(now, order.held_at)
    return max(0, until - since)


def standing(order: Order, now: Instant, limits: StageLimits = StageLimits()) -> Standing:
    """Where `order` stands at `now`. Ended orders are on time: nobody waits for them."""
    age_ms = _age_ms(order, now)
    if has_ended(order.kind):
        return Standing(Band.ON_TIME, 0, age_ms, waiting=False)
    over_promise = now - order.promised_at
    limit_ms = _stage_limit_ms(order, limits)
    over_stage = age_ms - limit_ms if limit_ms is not None else -SOON_MS
    waiting = order.kind is Kind.READY
    if over_promise > 0:
        return Standing(Band.LATE, max(1, over_promise // MINUTE_MS), age_ms, waiting)
    if over_stage > SOON_MS:
        return Standing(Band.LATE, over_stage // MINUTE_MS, age_ms, waiting)
    minutes_left = -over_promise // MINUTE_MS
    if over_promise > -SOON_MS or over_stage > 0:
        return Standing(Band.SOON, minutes_left, age_ms, waiting)
    return Standing(Band.ON_TIME, minutes_left, age_ms, waiting)


@dataclass(frozen=True, slots=True)
class ToMake:
    """One row of the all-day count: pieces of a dish (with its size) not made yet."""

    name: str
    quantity: int


def all_day(orders: tuple[Order, ...], language: str, station_id: int | None) -> list[ToMake]:
    """Lines still to make over all open orders, most first; not those of later and held ones."""
    from pos_app.language import pick

    counts: dict[str, int] = {}
    for order in orders:
        if PHASES[order.kind] not in (Phase.NEW, Phase.IN_KITCHEN):
            continue
        if is_held(order) or not has_entered(order):
            continue
        made = {t.station_id for t in order.tickets if t.kind is Kind.READY}
        for line in order.open_lines:
            if line.made_at is not None or line.station_id in made:
                continue
            if station_id is not None and line.station_id != station_id:
                continue
            name = pick(line.names, language)
            counts[name] = counts.get(name, 0) + line.quantity
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [ToMake(name, quantity) for name, quantity in ranked]
