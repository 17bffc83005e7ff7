"""When an order can be expected once its promise cannot be kept: what a text of sorry names.

An estimate of what is left, not a second promise: the longest dish that is not made yet, the way,
and never less than five minutes, told in whole five minutes.
"""

from __future__ import annotations

from pos_app.clock import MINUTE_MS, Instant
from pos_app.domain.order import Order
from pos_app.domain.quote import TellGuests
from pos_app.domain.workflow import PHASES, Fulfilment, Phase, has_ended

STEP_MS = 5 * MINUTE_MS


def expected_at(order: Order, now: Instant, way_ms: int) -> Instant:
    """The promise as long as it can be kept, else `now` and what is left of the work.

    `way_ms` is how long a courier is under way. What has ended is expected no more: its promise.
    """
    if has_ended(order.kind):
        return order.promised_at
    left_ms = max(STEP_MS, _left_ms(order, now, way_ms))
    if order.promised_at > now and order.promised_at - now >= left_ms - STEP_MS:
        return order.promised_at
    return Instant(-(-(now + left_ms) // STEP_MS) * STEP_MS)


def way_ms(told: TellGuests) -> int:
    """How long a courier is under way, as the shop tells it: what a delivery takes longer."""
    return max(0, told.delivery_minutes - told.pickup_minutes) * MINUTE_MS


def _left_ms(order: Order, now: Instant, way_ms: int) -> int:
    phase, age_ms = PHASES[order.kind], max(0, now - order.entered_at)
    way = way_ms if order.fulfilment is Fulfilment.DELIVERY else 0
    if phase is Phase.ON_THE_WAY:
        return way - age_ms
    if phase is Phase.READY:
        return way
    unmade = [line.prep_minutes for line in order.open_lines if line.made_at is None]
    cooking = max(unmade, default=0) * MINUTE_MS
    if phase is Phase.IN_KITCHEN:
        cooking = max(STEP_MS, cooking - age_ms)
    return cooking + way
