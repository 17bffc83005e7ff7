"""A rule from its stored document, in whatever shape it was written."""

from __future__ import annotations

import msgspec

from pos_app.automation.model import (
    Condition,
    Group,
    On,
    Once,
    Options,
    Rule,
    Send,
    Trigger,
)


class _FirstStep(msgspec.Struct, frozen=True):
    id: str
    channel: str
    about: str
    grace_s: int
    ttl_minutes: int


class _FirstShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What rules were before they had triggers, groups and steps: one status, one text."""

    id: str
    name: str
    entered: str
    conditions: tuple[Condition, ...]
    step: _FirstStep
    each_time: bool = False


def rule_of(document: str | bytes) -> Rule:
    """The rule that `document` (JSON) says. Raises msgspec.MsgspecError where it says none."""
    try:
        return msgspec.json.decode(document, type=Rule)
    except msgspec.ValidationError:
        return _from_first_shape(msgspec.json.decode(document, type=_FirstShape))


def document_of(rule: Rule) -> str:
    """`rule` as it is stored."""
    return msgspec.json.encode(rule).decode()


def _from_first_shape(old: _FirstShape) -> Rule:
    step = Send(
        old.step.id,
        old.step.about,
        (old.step.channel,),
        grace_s=old.step.grace_s,
        ttl_minutes=old.step.ttl_minutes,
    )
    return Rule(
        old.id,
        old.name,
        Trigger(On.ENTERED, old.entered),
        (step,),
        Group(conditions=old.conditions),
        Options(once=Once.ENTRY if old.each_time else Once.ORDER),
    )
