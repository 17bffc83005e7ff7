"""A simple kitchen: how long the orders of a sales file would have taken.

The file knows when pizzas were sold, not when they were ready, so the times are a model:

- Orders are taken in the order they come. Each of the cooks (2 unless said otherwise) makes one
  pizza at a time: 3 minutes for a size S, half a minute more per size, each time 25 % more or less.
- The oven takes any number; a pizza bakes nine minutes.
- An order is *preparing* when its first pizza is begun and *ready* when its last is baked.
- Two orders of three are picked up: the guest comes when he was told to (20 minutes after he
  ordered) or later, when it is ready, and up to a quarter of an hour after that. The third is
  eaten in and served one to four minutes after it is ready.
- Half are paid by card, half in cash, all when they are placed. Guests have no names and no
  phones: the file has none, so no text is due to anyone.

Everything random depends on the seed and the order's id alone, so the same file, seed and number
of cooks give the same evening again, wherever a run was interrupted.
"""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass

from pos_app.clock import MINUTE_MS, SECOND_MS, Instant
from pos_app.domain.workflow import Fulfilment
from pos_app.replay.sales import Sale

COOKS = 2
SEED = 1
BAKING_MS = 9 * MINUTE_MS
MAKING_MS = 3 * MINUTE_MS
LARGER_MS = 30 * SECOND_MS
TOLD_MS = 20 * MINUTE_MS
_SIZES = ("S", "M", "L", "XL", "XXL")


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of one order and when."""

    sale: Sale
    placed_at: Instant
    started_at: Instant
    ready_at: Instant
    gone_at: Instant
    fulfilment: Fulfilment
    payment_type: str


def making_ms(size: str) -> int:
    """How long a cook has a pizza of `size` in hand, on average."""
    larger = _SIZES.index(size) if size in _SIZES else 1
    return MAKING_MS + larger * LARGER_MS


def prep_minutes(size: str) -> int:
    """From the first touch until it is baked, in whole minutes: what the menu says."""
    return -(-(making_ms(size) + BAKING_MS) // MINUTE_MS)


def plan(
    arrivals: list[tuple[Sale, Instant]], *, seed: int = SEED, cooks: int = COOKS
) -> list[Plan]:
    """The kitchen's day for `arrivals` (in the order of time), one plan per order."""
    free = [Instant(0)] * cooks
    heapq.heapify(free)
    return [_plan(sale, at, free, random.Random(f"{seed}:{sale.id}")) for sale, at in arrivals]


def _plan(sale: Sale, at: Instant, free: list[Instant], chance: random.Random) -> Plan:
    begun: list[Instant] = []
    made: list[Instant] = []
    for pizza in sale.pizzas:
        start = Instant(max(at + 5 * SECOND_MS, heapq.heappop(free)))
        end = Instant(start + round(making_ms(pizza.size) * chance.uniform(0.75, 1.25)))
        heapq.heappush(free, end)
        begun.append(start)
        made.append(end)
    ready_at = Instant(max(made) + BAKING_MS)
    fulfilment = Fulfilment.DINE_IN if chance.random() < 1 / 3 else Fulfilment.PICKUP
    return Plan(
        sale=sale,
        placed_at=at,
        started_at=min(begun),
        ready_at=ready_at,
        gone_at=_gone_at(fulfilment, at, ready_at, chance),
        fulfilment=fulfilment,
        payment_type="card" if chance.random() < 0.5 else "cash",
    )


def _gone_at(
    fulfilment: Fulfilment, at: Instant, ready_at: Instant, chance: random.Random
) -> Instant:
    if fulfilment is Fulfilment.DINE_IN:
        return Instant(ready_at + round(chance.uniform(1, 4) * MINUTE_MS))
    comes = max(ready_at + MINUTE_MS, at + TOLD_MS)
    return Instant(comes + round(chance.uniform(0, 15) * MINUTE_MS))
