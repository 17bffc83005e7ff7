"""From plans to acts in the order of time: what happens when, up to which moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pos_app.clock import Instant, instant_of
from pos_app.domain.workflow import Kind
from pos_app.replay.kitchen import Plan, plan
from pos_app.replay.sales import Sales


@dataclass(frozen=True, slots=True)
class Step:
    """One act: `leaves` None places the order, else it is bumped out of that status."""

    at: Instant
    plan: Plan
    leaves: Kind | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """`steps` by time. `stop` is the last moment played, None for the whole file.

    All of these are the file's own times; `shift_ms` is what the acts' times get added.
    """

    steps: tuple[Step, ...]
    orders: int
    left_out: int
    stop: Instant | None
    shift_ms: int

    def stays_open(self, planned: Plan) -> bool:
        """Whether the order is still on the board when the replay stops."""
        return self.stop is not None and planned.gone_at > self.stop


def schedule(
    sales: Sales, zone: ZoneInfo, until: datetime | None, now: Instant | None, seed: int, cooks: int
) -> Schedule:
    """What to play. `now` None leaves the file's times as they are, else `until` becomes `now`."""
    arrivals = [(sale, in_zone(sale.at, zone)) for sale in sales.sales]
    arrivals.sort(key=lambda arrival: arrival[1])
    stop = None if until is None else in_zone(until, zone)
    plans = plan(arrivals, seed=seed, cooks=cooks)
    wanted = [one for one in plans if stop is None or one.placed_at <= stop]
    steps = [step for one in wanted for step in _steps(one) if stop is None or step.at <= stop]
    # Steps of one order never share a moment, so ties are between orders: in the file's order.
    steps.sort(key=lambda step: step.at)
    shift_ms = now - stop if now is not None and stop is not None else 0
    return Schedule(tuple(steps), len(wanted), len(plans) - len(wanted), stop, shift_ms)


def _steps(one: Plan) -> tuple[Step, ...]:
    return (
        Step(one.placed_at, one, None),
        Step(one.started_at, one, Kind.ACCEPTED),
        Step(one.ready_at, one, Kind.PREPARING),
        Step(one.gone_at, one, Kind.READY),
    )


def in_zone(moment: datetime, zone: ZoneInfo) -> Instant:
    """The instant of a wall time in `zone` (a moment that has a zone keeps it).

    A wall time that the clocks skip in spring is read as if they had not been moved yet; of one
    that comes twice in autumn the first is meant.
    """
    return instant_of(moment if moment.tzinfo is not None else moment.replace(tzinfo=zone))
