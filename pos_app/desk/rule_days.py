"""Rules of the day: each speaks once for its slot, at its time on the shop's clocks."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from pos_app.automation import hours, traces
from pos_app.automation.book import Ready
from pos_app.automation.conditions import Seen
from pos_app.automation.engine import begin, judge
from pos_app.automation.model import Result, Rule, RuleVersion, TellOwner
from pos_app.clock import DAY_MS, MINUTE_MS, Instant, business_date
from pos_app.desk import automating, fact_finding, speaking
from pos_app.desk.fact_finding import Moment
from pos_app.desk.transaction import Transaction
from pos_app.store import rule_runs, rules
from pos_app.store.database import Connection

DAILY = "daily_rule"
_LATE_MS = 12 * 60 * MINUTE_MS


def daily_slot(rule: Rule, now: Instant, zone: str) -> Instant:
    """The last moment at which a daily rule was to speak, at or before `now`."""
    at = hours.next_at(rule.trigger.at, Instant(now - DAY_MS - 60 * MINUTE_MS), zone)
    while True:
        following = hours.next_at(rule.trigger.at, Instant(at + 1), zone)
        if following > now:
            return at
        at = following


def is_due(at: Moment, rule: Rule) -> bool:
    """Whether the last slot of a daily rule has not been spoken about, and is not long gone."""
    slot, number = _slot(at, rule)
    if slot > at.now or at.now - slot > _may_be_late_ms(rule):
        return False
    if slot < _made_at(at.connection, rule):
        return False
    return not rule_runs.of_rule(at.connection, rule.id, number)


def _may_be_late_ms(rule: Rule) -> int:
    """What the staff is told is old by noon; the owner hears of his day whenever the till wakes."""
    tells_owner = any(isinstance(step, TellOwner) for step in rule.steps)
    return DAY_MS if tells_owner else _LATE_MS


def _slot(at: Moment, rule: Rule) -> tuple[Instant, int]:
    shop = at.setup.settings.shop
    slot = daily_slot(rule, at.now, shop.zone)
    return slot, slot_number(business_date(slot, shop.zone, shop.cutover_hour))


def _made_at(connection: Connection, rule: Rule) -> Instant:
    """When the rule was first made: it says nothing of a time before it."""
    made = [at for version, _, at, _ in rules.history(connection, rule.id) if version == 1]
    return made[0] if made else Instant(0)


def speak(act: Transaction, one: Ready) -> bool:
    """Let a daily rule speak once for its slot, or decide once that it does not."""
    rule = one.one.rule
    if not is_due(act, rule):
        return False
    slot, number = _slot(act, rule)
    facts = fact_finding.gather(act, None, (one,))
    finding = judge(one, Seen(facts))
    seq = act.record(DAILY, None, {"rule_id": rule.id, "slot": slot})
    acts = finding.result is Result.ACTED
    if acts:
        past = speaking.Past(act, None)
        course = begin(rule, facts, since=slot)
        done = automating.start(act, one, None, seq, act.depth, course, past=past, entry=number)
        finding = replace(finding, done=tuple(done))
    else:
        _write_off(act, one.one, seq, number, "not_met")
    rules.keep_trace(act.connection, seq, traces.written_of(one, finding))
    return acts


def pass_over(act: Transaction, one: RuleVersion) -> None:
    """A daily rule that is switched on, or moved, says nothing of the slot that has passed."""
    if is_due(act, one.rule):
        seq = act.record(DAILY, None, {"rule_id": one.rule.id, "slot": _slot(act, one.rule)[0]})
        _write_off(act, one, seq, _slot(act, one.rule)[1], "just_on")


def _write_off(act: Transaction, one: RuleVersion, seq: int, number: int, reason: str) -> None:
    rule_runs.add(
        act.connection,
        rule_id=one.rule.id,
        rule_version=one.version,
        order_id=None,
        people_id=None,
        occasion=seq,
        entry=number,
        depth=0,
        step=0,
        state=rule_runs.SKIPPED,
        due_at=None,
        now=act.now,
        trace="[]",
        reason=reason,
    )


def slot_number(day: date) -> int:
    """A business date as a number: 20261128."""
    return day.year * 10_000 + day.month * 100 + day.day
