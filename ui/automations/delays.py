"""The one number of a plain rule: how long it waits before it speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from pos_app.automation.model import On, Rule, Send, TellStaff, Wait

_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Delay:
    """`amount` in minutes, or in seconds where the rule only waits out a wrong tap."""

    amount: int
    in_minutes: bool


def delay_of(rule: Rule) -> Delay | None:
    """How long `rule` waits; None where it does not, or where somebody has made more of it."""
    if rule.trigger.on is On.IN_STATUS:
        return Delay(rule.trigger.minutes, in_minutes=True)
    first = rule.steps[0] if rule.steps else None
    if isinstance(first, Wait) and first.seconds and not first.seconds % _MINUTE_S:
        return Delay(first.seconds // _MINUTE_S, in_minutes=True)
    if isinstance(first, Send):
        return Delay(first.grace_s, in_minutes=False)
    return None


def with_delay(rule: Rule, amount: int) -> Rule:
    """`rule`, waiting for `amount` of its own unit; words that name the number name the new one."""
    before = delay_of(rule)
    if before is None or before.amount == amount:
        return rule
    return _waiting(_reworded(rule, before.amount, amount), amount)


def _reworded(rule: Rule, before: int, amount: int) -> Rule:
    replace, number = msgspec.structs.replace, re.compile(rf"\b{before}\b")
    steps = tuple(
        replace(step, words=number.sub(str(amount), step.words))
        if isinstance(step, TellStaff)
        else step
        for step in rule.steps
    )
    return replace(rule, name=number.sub(str(amount), rule.name), steps=steps)


def _waiting(rule: Rule, amount: int) -> Rule:
    replace = msgspec.structs.replace
    if rule.trigger.on is On.IN_STATUS:
        return replace(rule, trigger=replace(rule.trigger, minutes=amount))
    first, rest = rule.steps[0], rule.steps[1:]
    if isinstance(first, Wait):
        return replace(rule, steps=(replace(first, seconds=amount * _MINUTE_S), *rest))
    if isinstance(first, Send):
        return replace(rule, steps=(replace(first, grace_s=amount), *rest))
    return rule
