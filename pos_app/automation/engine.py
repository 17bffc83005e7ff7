"""The engine: one event, one order, the rules that are on → intents and a trace. Pure.

It is asked inside the desk's transaction, so it never reads anything it was not given.
"""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.automation.model import Condition, Field, RuleVersion
from pos_app.clock import MINUTE_MS, SECOND_MS, Instant
from pos_app.domain.order import Order


@dataclass(frozen=True, slots=True)
class Intent:
    """What a rule wants sent: to whom is the order's guest, when is between the two instants."""

    rule_id: str
    rule_version: int
    step_id: str
    channel: str
    about: str
    not_before: Instant
    not_after: Instant
    each_time: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a triggered rule did or did not act. `failed` names the field; `found` its value."""

    rule_id: str
    rule_version: int
    matched: bool
    failed: str = ""
    found: str = ""


def value_of(order: Order, field: Field) -> str:
    """What `order` answers to a condition's question."""
    if field is Field.FULFILMENT:
        return order.fulfilment.value
    if field is Field.SOURCE:
        return order.source.value
    if field is Field.ORDER_TEXTS:
        return "yes" if order.customer.order_texts else "no"
    return "yes" if order.customer.phone else "no"


def first_failing(order: Order, conditions: tuple[Condition, ...]) -> tuple[str, str] | None:
    """The first condition that does not hold, with the value found; None when all hold."""
    for condition in conditions:
        found = value_of(order, condition.field)
        if found not in condition.values:
            return condition.field.value, found
    return None


def evaluate(
    rules: tuple[RuleVersion, ...], entered: str, order: Order, now: Instant
) -> tuple[list[Intent], list[Finding]]:
    """What follows from `order` having entered the status kind `entered` at `now`."""
    intents: list[Intent] = []
    findings: list[Finding] = []
    for versioned in rules:
        rule = versioned.rule
        if rule.entered != entered:
            continue
        failing = first_failing(order, rule.conditions)
        if failing is not None:
            findings.append(Finding(rule.id, versioned.version, False, *failing))
            continue
        findings.append(Finding(rule.id, versioned.version, True))
        step = rule.step
        intents.append(
            Intent(
                rule_id=rule.id,
                rule_version=versioned.version,
                step_id=step.id,
                channel=step.channel,
                about=step.about,
                not_before=Instant(now + step.grace_s * SECOND_MS),
                not_after=Instant(now + step.ttl_minutes * MINUTE_MS),
                each_time=rule.each_time,
            )
        )
    return intents, findings
