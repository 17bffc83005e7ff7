"""How late a ticket is: one function for every screen, page and rule.

The band is the worse of two clocks. Against the promise: *soon* in its last five minutes, *late*
after it. Against the stage (New 3 min, Preparing its longest prep minutes, Ready 4 min): *soon*
when the limit has passed, *late* five minutes later, because a stage limit of three minutes has
no last five minutes to warn in.
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


def standing(order: Order, now: Instant, limits: StageLimits = StageLimits()) -> Standing:
    """Where `order` stands at `now`. Ended orders are on time: nobody waits for them."""
    age_ms = max(0, now - order.entered_at)
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
    """Lines still to make over all open orders, most first."""
    from pos_app.language import pick

    counts: dict[str, int] = {}
    for order in orders:
        if PHASES[order.kind] not in (Phase.NEW, Phase.IN_KITCHEN):
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
