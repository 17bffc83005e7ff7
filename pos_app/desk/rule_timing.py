"""Rules and time: what they wait for becomes due, and what nobody does comes true.

Run by the timers lane, each run in a transaction of its own, so that one that fails never stops
another. Late, late to be and long in a status are read off the orders as they stand, so that no
timer can be lost; that a rule has spoken about it is in the store.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pos_app.automation import hours
from pos_app.automation.conditions import holds
from pos_app.automation.engine import begin, go_on, is_too_late
from pos_app.automation.model import OF_TIME, On, Rule, RuleVersion, Trigger
from pos_app.automation.reading import rule_of
from pos_app.clock import MINUTE_MS, Instant, business_date
from pos_app.config import ShopSettings
from pos_app.desk import automating, fact_finding
from pos_app.desk.rule_acts import Done
from pos_app.desk.transaction import Transaction
from pos_app.domain.board import Band, StageLimits, is_held, is_later, standing
from pos_app.domain.order import Order
from pos_app.domain.workflow import PHASES, Phase
from pos_app.store import documents, orders, rule_runs, rules
from pos_app.store.database import Connection

DAILY = "daily_rule"
_DAILY_LATE_MS = 12 * 60 * MINUTE_MS


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
    facts = fact_finding.gather(act, order, (one,))
    course = go_on(one.rule, run.step, facts, run.due_at)
    done = automating.carry_out(act, one, order, course.dues, run.occasion, run.depth)
    trace = documents.dump([*documents.load(run.trace, list[Done]), *done])
    if course.due_at is not None and course.waits_at is not None:
        rule_runs.wait(act.connection, run.id, course.waits_at, course.due_at, trace)
        return True
    return _end(
        act,
        run,
        rule_runs.STOPPED if course.not_met else rule_runs.DONE,
        "not_met" if course.not_met else "",
        trace,
    )


def _end(
    act: Transaction, run: rule_runs.Run, state: str, reason: str, trace: str | None = None
) -> bool:
    rule_runs.end(act.connection, run.id, state, reason, act.now, trace or run.trace)
    if run.order_id is not None:
        _begin_queued(act, run.order_id, run.rule_id)
    return True


def _begin_queued(act: Transaction, order_id: int, rule_id: str) -> None:
    """The next occasion of the same rule, which waited for this one to end."""
    for run in rule_runs.of_order(act.connection, order_id):
        if run.rule_id == rule_id and run.state == rule_runs.QUEUED and run.due_at is not None:
            due_at = max(run.due_at, act.now)
            rule_runs.wait(act.connection, run.id, run.step, due_at, run.trace)
            return


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
        return now if standing(order, now, limits).band is Band.LATE else None
    return now if is_predicted_late(order, now) else None


def ripe(
    connection: Connection,
    order: Order,
    of_time: Iterable[RuleVersion],
    now: Instant,
    limits: StageLimits,
) -> list[tuple[RuleVersion, Instant]]:
    """The rules of time that have come true of `order` and not spoken yet, with since when."""
    true = [
        (one, since)
        for one in of_time
        if (since := has_come_true(one.rule.trigger, order, now, limits)) is not None
    ]
    if not true:
        return []
    spoken = {(run.rule_id, run.entry) for run in rule_runs.of_order(connection, order.id)}
    return [(one, at) for one, at in true if (one.rule.id, _entry_of(one, order)) not in spoken]


def _entry_of(one: RuleVersion, order: Order) -> int:
    """Standing somewhere is of one stay there; late is late once."""
    return order.entry if one.rule.trigger.on is On.IN_STATUS else 0


def is_predicted_late(order: Order, now: Instant) -> bool:
    """Whether what is left to cook ends after the promise, though that has not passed yet."""
    if PHASES[order.kind] not in (Phase.NEW, Phase.IN_KITCHEN) or now > order.promised_at:
        return False
    left = max((line.prep_minutes for line in order.open_lines if line.made_at is None), default=0)
    began_at = order.times.preparing_at
    cooked = (now - began_at) // MINUTE_MS if began_at is not None else 0
    return now + max(0, left - cooked) * MINUTE_MS > order.promised_at


def notice(act: Transaction, order: Order) -> int:
    """Let the rules of time speak about one open order. Returns how many did."""
    mine = [one for one in act.setup.rules if one.rule.trigger.on in OF_TIME]
    limits = act.setup.settings.limits
    count = 0
    for one, since in ripe(act.connection, order, mine, act.now, limits):
        facts = fact_finding.gather(act, order, (one,))
        if not holds(one.rule.when, facts):
            continue
        said = {"rule_id": one.rule.id, "since": since}
        seq = act.record(f"rule_{one.rule.trigger.on.value}", order.id, said)
        entry = _entry_of(one, order)
        if is_too_late(one.rule.options, since, act.now):
            _skip(act, one, order, seq, entry)
            continue
        automating.start(act, one, order, seq, act.depth, begin(one.rule, facts), entry=entry)
        count += 1
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


def daily_slot(rule: Rule, now: Instant, zone: str) -> Instant:
    """The last moment at which a daily rule was to speak, at or before `now`."""
    day_before = Instant(now - 24 * 60 * MINUTE_MS)
    at = hours.next_at(rule.trigger.at, day_before, zone)
    following = hours.next_at(rule.trigger.at, Instant(at + MINUTE_MS), zone)
    return following if following <= now else at


def is_daily_due(
    connection: Connection, one: RuleVersion, shop: ShopSettings, now: Instant
) -> bool:
    """Whether the last slot of a daily rule has not been spoken about, and is not long gone."""
    slot = daily_slot(one.rule, now, shop.zone)
    number = slot_number(business_date(slot, shop.zone, shop.cutover_hour))
    if now - slot > _DAILY_LATE_MS or slot < _made_at(connection, one):
        return False
    return not rule_runs.of_rule(connection, one.rule.id, number)


def _made_at(connection: Connection, one: RuleVersion) -> Instant:
    """When this version of the rule was made: it says nothing of a time before it."""
    made = [at for version, _, at, _ in rules.history(connection, one.rule.id) if version == 1]
    return made[0] if made else Instant(0)


def speak_daily(act: Transaction, one: RuleVersion) -> bool:
    """Let a daily rule speak once for its slot."""
    shop = act.setup.settings.shop
    if not is_daily_due(act.connection, one, shop, act.now):
        return False
    facts = fact_finding.gather(act, None, (one,))
    if not holds(one.rule.when, facts):
        return False
    slot = daily_slot(one.rule, act.now, shop.zone)
    number = slot_number(business_date(slot, shop.zone, shop.cutover_hour))
    seq = act.record(DAILY, None, {"rule_id": one.rule.id, "slot": slot})
    automating.start(act, one, None, seq, act.depth, begin(one.rule, facts), entry=number)
    return True


def slot_number(day: date) -> int:
    """A business date as a number: 20261128."""
    return day.year * 10_000 + day.month * 100 + day.day
