"""Rules follow the journal: what an act has recorded is what they are triggered by.

Asked at the end of each transaction of the desk, inside it, so that an order, its event and what
follows from it are saved together or not at all. What a rule does records events as well, and
rules follow those: at most three deep.
"""

from __future__ import annotations

from functools import lru_cache

from pos_app.automation.book import Ready, Waiting
from pos_app.automation.conditions import Seen
from pos_app.automation.defaults import UNDO_READY_S, UNDO_S
from pos_app.automation.engine import (
    WAITS,
    Course,
    Done,
    Due,
    Finding,
    begin,
    wait_until,
)
from pos_app.automation.events import Event
from pos_app.automation.facts import Facts
from pos_app.automation.model import On, Result, RuleVersion, Wait
from pos_app.automation.reading import rule_of
from pos_app.clock import Instant
from pos_app.desk import (
    courier_legs,
    couriers,
    entries,
    fact_finding,
    paying,
    rule_acts,
    rule_traces,
    speaking,
)
from pos_app.desk.transaction import Recorded, Transaction
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from pos_app.store import documents, rule_runs, rules
from pos_app.wire.drops import ARRIVED, AT_SHOP
from pos_app.wire.snapshots import CANCEL_ASKED

DEEPEST = 3
PROMISE_MOVED = "promise_moved"
_ENTRIES = (
    entries.PLACED,
    entries.BUMPED,
    entries.ENDED,
    entries.STREET,
    entries.REOPENED,
    entries.CANCELLED,
)
_UNDOABLE = (entries.PLACED, entries.BUMPED, entries.ENDED, entries.CANCELLED)
BESIDE: dict[str, On] = {
    paying.PAID: On.PAID,
    PROMISE_MOVED: On.PROMISE_MOVED,
    couriers.ASSIGNED: On.COURIER_ASSIGNED,
    "message_failed": On.MESSAGE_FAILED,
    "guest_arrived": On.GUEST_ARRIVED,
    "guest_rated": On.GUEST_RATED,
    courier_legs.EVENTS[AT_SHOP]: On.COURIER_AT_SHOP,
    courier_legs.EVENTS[ARRIVED]: On.COURIER_ARRIVED,
    CANCEL_ASKED: On.CANCEL_ASKED,
}
_OF_STREET = (entries.STREET, *courier_legs.EVENTS.values())
_NEWS_MS = 10 * 60_000
"""What the street told so late is no news to anybody."""


def follow(act: Transaction) -> None:
    """Let the rules speak about everything that this transaction has recorded."""
    if not act.setup.book:
        return
    while act.events:
        recorded = act.events.pop(0)
        if recorded.kind == PROMISE_MOVED:
            _move_waits(act, recorded)
        events = events_of(recorded, act.now)
        if not events:
            continue
        waiting = act.setup.book.waiting(*events)
        if waiting.rules:
            _follow_one(act, recorded, waiting)


def events_of(recorded: Recorded, now: Instant) -> tuple[Event, ...]:
    """What a journalled event is to the rules; nothing where it is nothing to them."""
    said = recorded.payload
    if said.get("inferred") or (
        recorded.kind in _OF_STREET and now - said["occurred_at"] > _NEWS_MS
    ):
        return ()
    if recorded.kind in BESIDE:
        return (Event(BESIDE[recorded.kind]),)
    if recorded.kind not in _ENTRIES:
        return ()
    return _moves(said.get("from"), said["to"], is_placed=recorded.kind == entries.PLACED)


@lru_cache(maxsize=256)
def _moves(left: str | None, to: str, *, is_placed: bool) -> tuple[Event, ...]:
    came_from = Kind(left) if left else None
    entered = Kind(to)
    if came_from is entered:
        return ()
    found = [Event(On.ENTERED, came_from, entered)]
    if came_from is not None:
        found.append(Event(On.LEFT, came_from, entered))
    if is_placed:
        found += [Event(On.PLACED, None, entered), Event(On.NEW_CUSTOMER, None, entered)]
    return tuple(found)


def _follow_one(act: Transaction, recorded: Recorded, waiting: Waiting) -> None:
    order = None
    if recorded.order_id is not None:
        order = act.fresh.get(recorded.order_id) or act.order(recorded.order_id)
    seen = Seen(fact_finding.look_up(act, order, waiting.stored))
    for name in waiting.names:
        # The trace has them all, also behind a condition that decided early.
        seen[name]
    told: list[tuple[int, Finding]] = []
    if places := waiting.elimination.left(seen):
        past = speaking.Past(act, order)
        told = [(at, _speak(act, recorded, past, seen, waiting.rules[at])) for at in places]
    rule_traces.keep(act, recorded.seq, seen, waiting, told)


def _speak(
    act: Transaction, recorded: Recorded, past: speaking.Past, seen: Seen, ready: Ready
) -> Finding:
    """What one triggered rule, whose conditions hold, does about an event, and why."""
    one, order = ready.one, past.order
    if one.rule.trigger.on is On.NEW_CUSTOMER and not is_new(act, order):
        return _finding(one, Result.NOT_MET)
    if recorded.depth >= DEEPEST:
        return _finding(one, Result.LOOP)
    if not ready.is_plain:
        held_by = past.holds_back(one, order.entry if order is not None else 0)
        if held_by is not None:
            return _finding(one, held_by)
        past.begin_anew(one)
    course = begin(
        one.rule,
        seen.facts,
        undoable_s=undoable_s(recorded),
        since=happened_at(recorded, act.now),
    )
    done = start(act, ready, order, recorded.seq, recorded.depth, course, past=past)
    return _finding(one, Result.ACTED, tuple(done))


def _finding(one: RuleVersion, result: Result, done: tuple[Done, ...] = ()) -> Finding:
    """What its conditions found stands beside, once for all rules."""
    return Finding(one.rule.id, one.version, result, (), done)


def happened_at(recorded: Recorded, now: Instant) -> Instant:
    """When it was, if it is told later: an order from paper, a delivery by a phone offline."""
    said = recorded.payload
    return Instant(min(now, said.get("occurred_at") or said.get("placed_at") or now))


def is_new(at: fact_finding.Moment, order: Order | None) -> bool:
    """Whether the guest of this order has never ordered before."""
    if order is None or order.people_id is None:
        return False
    return fact_finding.past_orders(at, order) == 0


def undoable_s(recorded: Recorded) -> int:
    """For how long what was recorded can be undone."""
    if recorded.kind not in _UNDOABLE:
        return 0
    return UNDO_READY_S if recorded.payload.get("to") == Kind.READY.value else UNDO_S


def start(
    act: Transaction,
    ready: Ready,
    order: Order | None,
    occasion: int,
    depth: int,
    course: Course,
    *,
    past: speaking.Past,
    entry: int | None = None,
) -> list[Done]:
    """Do what is due of a rule that begins, and keep what waits."""
    one = ready.one
    done = carry_out(act, one, order, course.dues, occasion, depth)
    done += held(one, course)
    if ready.is_plain:
        return done
    is_waiting = course.due_at is not None
    must_queue = is_waiting and past.must_queue(one)
    rule_runs.add(
        act.connection,
        rule_id=one.rule.id,
        rule_version=one.version,
        order_id=order.id if order is not None else None,
        people_id=order.people_id if order is not None else None,
        occasion=occasion,
        entry=entry if entry is not None else order.entry if order is not None else 0,
        depth=depth,
        step=course.waits_at or 0,
        state=_state(course, queued=must_queue),
        due_at=course.due_at,
        now=act.now,
        trace=documents.dump(done),
        reason=course.ended,
    )
    return done


def held(one: RuleVersion, course: Course) -> list[Done]:
    """What the trace says of a step that waits for its hours."""
    if not course.waits_for or course.waits_at is None:
        return []
    return [Done(one.rule.steps[course.waits_at].id, WAITS, course.waits_for)]


def _state(course: Course, *, queued: bool) -> str:
    if course.due_at is None:
        return rule_runs.STOPPED if course.ended else rule_runs.DONE
    return rule_runs.QUEUED if queued else rule_runs.WAITING


def carry_out(
    act: Transaction,
    one: RuleVersion,
    order: Order | None,
    dues: tuple[Due, ...],
    occasion: int,
    depth: int,
) -> list[Done]:
    """Do the steps that are due, one after the other, in the name of `occasion`."""
    before = act.cause_id, act.depth
    act.cause_id, act.depth = occasion, depth + 1
    try:
        done = []
        for due in dues:
            events = len(act.events)
            done.append(rule_acts.do(act, one, order, due, occasion))
            if order is not None and len(act.events) > events:
                order = act.order(order.id)
        return done
    finally:
        act.cause_id, act.depth = before


def _move_waits(act: Transaction, recorded: Recorded) -> None:
    """What waits until so long before the promise follows the promise."""
    if recorded.order_id is None:
        return
    for run in rule_runs.of_order(act.connection, recorded.order_id):
        if run.state != rule_runs.WAITING or run.step == 0:
            continue
        document = rules.document(act.connection, run.rule_id, run.rule_version)
        step = rule_of(document).steps[run.step - 1] if document is not None else None
        if isinstance(step, Wait) and step.minutes_before_promise is not None:
            zone = act.setup.settings.shop.zone
            facts = Facts(act.now, zone, act.order(recorded.order_id))
            due_at = max(act.now, wait_until(step, facts, act.now))
            rule_runs.wait(act.connection, run.id, run.step, due_at, run.trace)
