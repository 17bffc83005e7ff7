"""When a rule of time comes true of an order, if nothing happens to it meanwhile."""

from __future__ import annotations

from pos_app.automation.model import On, Trigger
from pos_app.clock import MINUTE_MS, Instant
from pos_app.domain.board import Band, StageLimits, is_held, is_later, standing
from pos_app.domain.order import Order
from pos_app.domain.workflow import PHASES, Kind, Phase, has_ended


def has_come_true(
    trigger: Trigger, order: Order, now: Instant, limits: StageLimits
) -> Instant | None:
    """Since when `trigger` (one of time) is true of an open order; None when it is not yet."""
    if is_held(order) or is_later(order, now):
        return None
    if trigger.on is On.IN_STATUS:
        if trigger.status not in ("", order.kind.value, PHASES[order.kind].value):
            return None
        since = Instant(order.entered_at + trigger.minutes * MINUTE_MS)
        return since if since <= now else None
    if trigger.on is On.BECAME_LATE:
        # A guest is late by the promise; how long it stands in a stage is the kitchen's matter.
        is_late = standing(order, now, limits).band is Band.LATE
        return order.promised_at if is_late and now > order.promised_at else None
    return now if is_predicted_late(order, now) else None


def is_predicted_late(order: Order, now: Instant) -> bool:
    """Whether what is left to cook ends after the promise, though that has not passed yet."""
    if PHASES[order.kind] not in (Phase.NEW, Phase.IN_KITCHEN) or now > order.promised_at:
        return False
    left = _minutes_left(order)
    began_at = order.times.preparing_at
    cooked = (now - began_at) // MINUTE_MS if began_at is not None else 0
    return now + max(0, left - cooked) * MINUTE_MS > order.promised_at


def _minutes_left(order: Order) -> int:
    """How long the longest dish takes that is not made yet."""
    return max((line.prep_minutes for line in order.open_lines if line.made_at is None), default=0)


def may_come_true(trigger: Trigger, kind: Kind) -> bool:
    """Whether `trigger` can ever be true of an order that stands in `kind`."""
    if has_ended(kind):
        return False
    if trigger.on is On.IN_STATUS:
        return trigger.status in ("", kind.value, PHASES[kind].value)
    return trigger.on is On.BECAME_LATE or PHASES[kind] in (Phase.NEW, Phase.IN_KITCHEN)


def comes_true(
    trigger: Trigger, order: Order, at: Instant, limits: StageLimits, before: Instant
) -> Instant | None:
    """The first moment from `at` on, but `before` then, at which `trigger` is true of `order`."""
    if has_ended(order.kind) or is_held(order):
        return None
    first = int(max(at, order.enters_at))
    if trigger.on is On.IN_STATUS:
        first = max(first, order.entered_at + trigger.minutes * MINUTE_MS)
    elif trigger.on is On.BECAME_LATE:
        first = max(first, order.promised_at + 1)
    elif not is_predicted_late(order, Instant(first)):
        first = max(first, order.promised_at - _minutes_left(order) * MINUTE_MS + 1)
    if first >= before:
        return None
    moment = Instant(first)
    return moment if has_come_true(trigger, order, moment, limits) is not None else None
