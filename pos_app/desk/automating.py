"""Rules follow the journal: what an act has recorded is what they are triggered by.

Asked at the end of each transaction of the desk, inside it, so that an order, its event and what
follows from it are saved together or not at all. What a rule does records events as well, and
rules follow those: at most three deep.
"""

from __future__ import annotations

from dataclasses import replace

from pos_app.automation.defaults import UNDO_READY_S, UNDO_S
from pos_app.automation.engine import (
    Course,
    Due,
    Event,
    Finding,
    begin,
    judge,
    triggered,
)
from pos_app.automation.facts import Facts
from pos_app.automation.model import Mode, On, Once, Result, RuleVersion, Send
from pos_app.clock import DAY_MS, Instant
from pos_app.desk import couriers, entries, fact_finding, paying, rule_acts
from pos_app.desk.transaction import Recorded, Transaction
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from pos_app.store import documents, rule_runs, rules
from pos_app.wire.snapshots import CANCEL_ASKED

DEEPEST = 3
_ENTRIES = (
    entries.PLACED,
    entries.BUMPED,
    entries.ENDED,
    entries.STREET,
    entries.REOPENED,
    entries.CANCELLED,
)
_UNDOABLE = (entries.PLACED, entries.BUMPED, entries.ENDED, entries.CANCELLED)
_BESIDE: dict[str, On] = {
    paying.PAID: On.PAID,
    "promise_moved": On.PROMISE_MOVED,
    couriers.ASSIGNED: On.COURIER_ASSIGNED,
    "message_failed": On.MESSAGE_FAILED,
    "guest_arrived": On.GUEST_ARRIVED,
    "guest_rated": On.GUEST_RATED,
    CANCEL_ASKED: On.CANCEL_ASKED,
}
_NEWS_MS = 15 * 60_000
"""What the street told so late is no news to a guest."""


def follow(act: Transaction) -> None:
    """Let the rules speak about everything that this transaction has recorded."""
    if not act.setup.rules:
        return
    while act.events:
        recorded = act.events.pop(0)
        events = events_of(act, recorded)
        if events:
            _follow_one(act, recorded, events)


def events_of(act: Transaction, recorded: Recorded) -> list[Event]:
    """What a journalled event is to the rules; nothing where it is nothing to them."""
    said = recorded.payload
    if recorded.kind in _BESIDE:
        return [Event(_BESIDE[recorded.kind])]
    if recorded.kind not in _ENTRIES or said.get("inferred"):
        return []
    if recorded.kind == entries.STREET and act.now - said["occurred_at"] > _NEWS_MS:
        return []
    came_from = Kind(said["from"]) if said.get("from") else None
    entered = Kind(said["to"])
    if came_from is entered:
        return []
    found = [Event(On.ENTERED, came_from, entered)]
    if came_from is not None:
        found.append(Event(On.LEFT, came_from, entered))
    if recorded.kind == entries.PLACED:
        found += [Event(On.PLACED, None, entered), Event(On.NEW_CUSTOMER, None, entered)]
    return found


def _follow_one(act: Transaction, recorded: Recorded, events: list[Event]) -> None:
    waiting = [one for event in events for one in triggered(act.setup.rules, event)]
    if not waiting:
        return
    order = None
    if recorded.order_id is not None:
        order = act.fresh.get(recorded.order_id) or act.order(recorded.order_id)
    facts = fact_finding.gather(act, order, waiting)
    findings = [_speak(act, recorded, order, facts, one) for one in waiting]
    rules.keep_trace(act.connection, recorded.seq, documents.dump(findings))


def _speak(
    act: Transaction, recorded: Recorded, order: Order | None, facts: Facts, one: RuleVersion
) -> Finding:
    """What one triggered rule does about an event, and why."""
    finding = judge(one, facts)
    if finding.result is not Result.ACTED:
        return finding
    if one.rule.trigger.on is On.NEW_CUSTOMER and not is_new(act, order):
        return replace(finding, result=Result.NOT_MET)
    if recorded.depth >= DEEPEST:
        return replace(finding, result=Result.LOOP)
    held_by = _held_back(act, order, one)
    if held_by is not None:
        return replace(finding, result=held_by)
    late_ms = act.now - recorded.payload.get("placed_at", act.now)
    course = begin(one.rule, facts, undoable_s=_undoable_s(recorded))
    start(act, one, order, recorded.seq, recorded.depth, course, late_ms)
    return finding


def is_new(act: Transaction, order: Order | None) -> bool:
    """Whether the guest of this order has never ordered before."""
    if order is None or order.people_id is None:
        return False
    asked = fact_finding.past_orders(act, order)
    return asked == 0


def _undoable_s(recorded: Recorded) -> int:
    if recorded.kind not in _UNDOABLE:
        return 0
    return UNDO_READY_S if recorded.payload.get("to") == Kind.READY.value else UNDO_S


def _held_back(act: Transaction, order: Order | None, one: RuleVersion) -> Result | None:
    """Whether the rule has spoken already, as often as it may, or is still at it."""
    rule = one.rule
    if order is None or _is_plain(one):
        return None
    options = rule.options
    mine = [run for run in rule_runs.of_order(act.connection, order.id) if run.rule_id == rule.id]
    mine = [run for run in mine if run.reason != "undone"]
    if options.once is Once.ORDER and mine:
        return Result.ONCE
    if options.once is Once.ENTRY and any(run.entry == order.entry for run in mine):
        return Result.ONCE
    if options.once is Once.CUSTOMER and order.people_id is not None:
        last = rule_runs.last_of(act.connection, rule.id, order.people_id)
        if last is not None and act.now - last < options.once_days * DAY_MS:
            return Result.ONCE
    is_running = any(run.state == rule_runs.WAITING for run in mine)
    if is_running and options.mode is Mode.SINGLE:
        return Result.RUNNING
    if is_running and options.mode is Mode.RESTART:
        rule_runs.stop(act.connection, order.id, "restarted", act.now, rule_id=rule.id)
    return None


def _is_plain(one: RuleVersion) -> bool:
    """One text at once, once per order or each time: its row says everything, no run is kept."""
    rule = one.rule
    is_said = len(rule.steps) == 1 and isinstance(rule.steps[0], Send)
    return is_said and rule.options.once in (Once.ORDER, Once.ENTRY, Once.ALWAYS)


def start(
    act: Transaction,
    one: RuleVersion,
    order: Order | None,
    occasion: int,
    depth: int,
    course: Course,
    late_ms: int = 0,
    entry: int | None = None,
) -> None:
    """Do what is due of a rule that begins, and keep what waits."""
    done = carry_out(act, one, order, course.dues, occasion, depth, late_ms)
    if _is_plain(one):
        return
    is_waiting = course.due_at is not None
    must_queue = is_waiting and _must_queue(act, one, order)
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
        reason="not_met" if course.not_met else "",
    )


def _must_queue(act: Transaction, one: RuleVersion, order: Order | None) -> bool:
    if one.rule.options.mode is not Mode.QUEUED or order is None:
        return False
    return any(
        run.rule_id == one.rule.id and run.state == rule_runs.WAITING
        for run in rule_runs.of_order(act.connection, order.id)
    )


def _state(course: Course, *, queued: bool) -> str:
    if course.due_at is None:
        return rule_runs.STOPPED if course.not_met else rule_runs.DONE
    return rule_runs.QUEUED if queued else rule_runs.WAITING


def carry_out(
    act: Transaction,
    one: RuleVersion,
    order: Order | None,
    dues: tuple[Due, ...],
    occasion: int,
    depth: int,
    late_ms: int = 0,
) -> list[rule_acts.Done]:
    """Do the steps that are due, one after the other, in the name of `occasion`."""
    before = act.cause_id, act.depth
    act.cause_id, act.depth = occasion, depth + 1
    try:
        done = []
        for due in dues:
            in_time = replace(due, not_after=Instant(due.not_after - late_ms))
            done.append(rule_acts.do(act, one, order, in_time, occasion))
        return done
    finally:
        act.cause_id, act.depth = before
