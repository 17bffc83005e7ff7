"""Time of a day: which promises were kept, how long the kitchen took, and where time was lost."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pos_app.clock import MINUTE_MS, Instant
from pos_app.desk import entries
from pos_app.domain.board import StageLimits
from pos_app.domain.menu import Names
from pos_app.domain.workflow import Fulfilment, Kind
from pos_app.insights.telling import named, open_lines
from pos_app.insights.values import Late, Promises, Stage, StationTimes, Timed, Times
from pos_app.store.insights import DayOrder, DayRows, DayTicket


def started(order: DayOrder) -> Instant:
    """When the kitchen's clock began: a later order waits outside until its time has come."""
    return max(order.placed_at, order.enters_at)


def promises(rows: DayRows, cooked: Sequence[DayOrder], limits: StageLimits) -> Promises:
    """`cooked` are orders with something from the kitchen that were not cancelled."""
    judged = moved = 0
    late = []
    for order in cooked:
        met_at = _met_at(order) if order.times_known else None
        if met_at is None:
            continue
        judged += 1
        moved += order.promise_moved
        if met_at > order.promised_at:
            stage = _lost_in(rows, order, limits)
            station_id = _last_station(rows, order) if stage is Stage.KITCHEN else None
            late_ms = met_at - order.promised_at
            late.append(Late(named(order), late_ms, stage, station_id, order.promise_moved))
    left_out = sum(not order.times_known for order in cooked)
    return Promises(judged, tuple(sorted(late, key=lambda one: -one.late_ms)), left_out, moved)


def times(cooked: Sequence[DayOrder]) -> Times:
    """From placed to ready."""
    timed = _longest_first(
        Timed(named(order), order.ready_at - started(order))
        for order in cooked
        if order.times_known and order.ready_at is not None
    )
    left_out = sum(not order.times_known for order in cooked)
    if not timed:
        return Times((), None, None, left_out)
    return Times(timed, _rank(timed, 0.5), _rank(timed, 0.9), left_out)


def stations(
    rows: DayRows, cooked: Iterable[DayOrder], names: dict[int, Names]
) -> tuple[StationTimes, ...]:
    """The slowest first. Only tickets whose own station said *ready*: the pass knows no station."""
    timed: dict[int, list[Timed]] = defaultdict(list)
    for order in cooked:
        if not order.times_known:
            continue
        cooks = {line.station_id for line in open_lines(rows, order) if line.prep_minutes > 0}
        for ticket in _own_tickets(rows, order):
            if ticket.station_id in cooks:
                span = ticket.entered_at - started(order)
                timed[ticket.station_id].append(Timed(named(order), span))
    found = [
        StationTimes(
            station_id,
            names.get(station_id, {}),
            _rank(_longest_first(tickets), 0.5),
            _longest_first(tickets),
        )
        for station_id, tickets in timed.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.median_ms, one.station_id)))


def _met_at(order: DayOrder) -> Instant | None:
    """When what was promised had happened; None while it has not, or nobody was there for it.

    What is fetched is promised to be ready, what is brought to table or door to be there.
    """
    if order.partner or order.fulfilment is Fulfilment.PICKUP:
        return order.ready_at
    brought = Kind.SERVED if order.fulfilment is Fulfilment.DINE_IN else Kind.DELIVERED
    return order.ended_at if order.kind is brought else None


def _lost_in(rows: DayRows, order: DayOrder, limits: StageLimits) -> Stage:
    """The stage that most overran what it may take; the way gets what the promise leaves it."""
    began, ready = started(order), order.ready_at or started(order)
    cooking = order.preparing_at or began
    prep = max((line.prep_minutes for line in open_lines(rows, order)), default=0)
    may_take = [limits.new_minutes, max(1, prep), limits.ready_minutes]
    took = {Stage.NEW: cooking - began, Stage.KITCHEN: ready - cooking}
    if not order.partner and order.fulfilment is not Fulfilment.PICKUP:
        left = order.out_at or order.ended_at or ready
        took[Stage.READY] = left - ready
        took[Stage.ON_THE_WAY] = (order.ended_at or left) - left
    for_the_way = order.promised_at - began - sum(may_take) * MINUTE_MS
    allowed = [minutes * MINUTE_MS for minutes in may_take] + [max(0, for_the_way)]
    over = {
        stage: took[stage] - most
        for stage, most in zip(Stage, allowed, strict=True)
        if stage in took
    }
    return max(over, key=lambda stage: over[stage])


def _own_tickets(rows: DayRows, order: DayOrder) -> list[DayTicket]:
    """Finished tickets of which the station's own time is known."""
    ready = [t for t in rows.tickets.get(order.id, ()) if t.kind is Kind.READY]
    if len(rows.tickets.get(order.id, ())) == 1:
        return ready
    tapped = {
        (event.told().get("station_id"), event.at)
        for event in rows.events.get(order.id, ())
        if event.kind == entries.BUMPED
    }
    return [ticket for ticket in ready if (ticket.station_id, ticket.entered_at) in tapped]


def _last_station(rows: DayRows, order: DayOrder) -> int | None:
    """The station that finished last, if all of them spoke for themselves."""
    own = _own_tickets(rows, order)
    if not own or len(own) < len(rows.tickets.get(order.id, ())):
        return None
    return max(own, key=lambda ticket: ticket.entered_at).station_id


def _longest_first(timed: Iterable[Timed]) -> tuple[Timed, ...]:
    return tuple(sorted(timed, key=lambda one: (-one.span_ms, one.order.order_id)))


def _rank(longest_first: Sequence[Timed], share: float) -> int:
    """The nearest rank: the time within which `share` of the orders were done."""
    place = max(1, math.ceil(share * len(longest_first)))
    return longest_first[len(longest_first) - place].span_ms
