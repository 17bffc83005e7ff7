"""Rules and time: what they wait for becomes due, and what nobody does comes true.

Run by the timers lane, each run in a transaction of its own, so that one that fails never stops
another. Late, late to be and long in a status are read off the orders as they stand, so that no
timer can be lost; that a rule has spoken about it is in the store.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from pos_app.automation import traces
from pos_app.automation.book import Ready, ready
from pos_app.automation.conditions import Seen
from pos_app.automation.engine import (
    WAITS,
    Done,
    Finding,
    begin,
    go_on,
    is_too_late,
    judge,
    later_promise,
)
from pos_app.automation.model import On, Result, RuleVersion
from pos_app.automation.moments import has_come_true
from pos_app.automation.reading import rule_of
from pos_app.clock import Instant
from pos_app.desk import automating, fact_finding, speaking
from pos_app.desk.fact_finding import Moment
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.store import documents, orders, rule_runs, rules


def advance(act: Transaction, run_id: int) -> bool:
    """Go on with one run whose time has come. False when it was not due any more."""
    run = rule_runs.get(act.connection, run_id)
    if run is None or run.state != rule_runs.WAITING or run.due_at is None or run.due_at > act.now:
        return False
    document = rules.document(act.connection, run.rule_id, run.rule_version)
    order = orders.load(act.connection, run.order_id) if run.order_id is not None else None
    if document is None or not rules.is_on(act.connection, run.rule_id):
        return _end(act, run, rule_runs.STOPPED, "rule_off")
    one = RuleVersion(rule_of(document), run.rule_version)
    options = one.rule.options
    if order is not None and options.stops_when_moved and order.entry != run.entry:
        return _end(act, run, rule_runs.STOPPED, "moved_on")
    if is_too_late(options, run.due_at, act.now):
        return _end(act, run, rule_runs.SKIPPED, "too_late")
    filed = ready(one)
    facts = fact_finding.gather(act, order, (filed,))
    later = later_promise(one.rule, run.step, facts)
    if later is not None:
        rule_runs.wait(act.connection, run.id, run.step, later, run.trace)
        return True
    past = documents.load(run.trace, list[Done])
    waited_for = _waited_for(one, run.step, past)
    course = go_on(one.rule, run.step, facts, run.due_at, waited_for=waited_for)
    done = automating.carry_out(act, one, order, course.dues, run.occasion, run.depth)
    trace = documents.dump([*past, *done, *automating.held(one, course)])
    if course.due_at is not None and course.waits_at is not None:
        rule_runs.wait(act.connection, run.id, course.waits_at, course.due_at, trace)
        return True
    state = rule_runs.STOPPED if course.ended else rule_runs.DONE
    return _end(act, run, state, course.ended, trace)


def _waited_for(one: RuleVersion, step: int, past: list[Done]) -> str:
    """Which hours of the day the run has waited for with this step; empty for none."""
    if not past or step >= len(one.rule.steps):
        return ""
    last = past[-1]
    is_held = last.did == WAITS and last.step_id == one.rule.steps[step].id
    return last.why if is_held else ""


def fail(act: Transaction, run_id: int, code: str) -> None:
    """The run has ended with a bug of ours: it is not tried for ever."""
    run = rule_runs.get(act.connection, run_id)
    if run is not None:
        _end(act, run, rule_runs.FAILED, code)


def _end(
    act: Transaction, run: rule_runs.Run, state: str, reason: str, trace: str | None = None
) -> bool:
    rule_runs.end(act.connection, run.id, state, reason, act.now, trace or run.trace)
    if run.order_id is not None:
        rule_runs.let_next(act.connection, run.order_id, act.now)
    return True


def ripe(at: Moment, order: Order) -> Iterator[tuple[Ready, Instant, Finding, speaking.Past]]:
    """The rules of time that have come true of `order` and may speak, with since when and why."""
    limits = at.setup.settings.limits
    past = speaking.Past(at, order)
    for one in at.setup.book.of_time:
        since = has_come_true(one.one.rule.trigger, order, at.now, limits)
        if since is None or past.holds_back(one.one, _entry_of(one.one, order)) is not None:
            continue
        finding = judge(one, Seen(fact_finding.gather(at, order, (one,))))
        if finding.result is Result.ACTED:
            yield one, since, finding, past


def _entry_of(one: RuleVersion, order: Order) -> int:
    """Standing somewhere is of one stay there; late is late once."""
    return order.entry if one.rule.trigger.on is On.IN_STATUS else 0


def notice(act: Transaction, order: Order) -> int:
    """Let the rules of time speak about one open order. Returns how many did."""
    count = 0
    for one, since, finding, past in list(ripe(act, order)):
        rule = one.one.rule
        seq = act.record(
            f"rule_{rule.trigger.on.value}", order.id, {"rule_id": rule.id, "since": since}
        )
        entry = _entry_of(one.one, order)
        if is_too_late(rule.options, since, act.now):
            _skip(act, one.one, order, seq, entry)
            told = replace(finding, result=Result.SKIPPED)
        else:
            facts = fact_finding.gather(act, order, (one,))
            course = begin(rule, facts)
            past.begin_anew(one.one)
            done = automating.start(act, one, order, seq, act.depth, course, past=past, entry=entry)
            told = replace(finding, done=tuple(done))
            count += 1
        rules.keep_trace(act.connection, seq, traces.written_of(one, told))
    return count


def _skip(act: Transaction, one: RuleVersion, order: Order, seq: int, entry: int) -> None:
    rule_runs.add(
        act.connection,
        rule_id=one.rule.id,
        rule_version=one.version,
        order_id=order.id,
        people_id=order.people_id,
        occasion=seq,
        entry=entry,
        depth=0,
        step=0,
        state=rule_runs.SKIPPED,
        due_at=None,
        now=act.now,
        trace="[]",
        reason="too_late",
    )
