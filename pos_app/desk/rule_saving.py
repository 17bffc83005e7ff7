"""Writing rules: checked, with their ids, each change as a further version."""

from __future__ import annotations

import msgspec

from pos_app.automation import checking
from pos_app.automation.known import Known
from pos_app.automation.model import On, Rule, RuleVersion
from pos_app.automation.reading import document_of, rule_of
from pos_app.desk import rule_days
from pos_app.desk.setup import Setup, touch
from pos_app.desk.transaction import Transaction
from pos_app.domain.ids import new_uid
from pos_app.errors import BadInput, NotFound
from pos_app.store import rules

RULES = "rules"
"""What other screens are told has changed."""
ORIGINS = ("ours", "own", "pack", "import")


def known_of(setup: Setup) -> Known:
    """What a rule of this shop may name. Dishes that a menu no longer has stay known to nobody."""
    return Known(
        dishes=frozenset(str(dish.id) for dish in setup.menu.dishes),
        categories=frozenset(str(category.id) for category in setup.menu.categories),
        staff=None,
        # A shop that calls nobody has perhaps not set it up yet: its rules may be written first.
        targets=frozenset(one.id for one in setup.settings.webhooks.receivers) or None,
    )


def save(act: Transaction, rule: Rule, *, on: bool, origin: str) -> Rule:
    """Write `rule` as a new one, or as a further version of its own. Raises BadInput."""
    checking.refuse(rule, known_of(act.setup))
    if origin not in ORIGINS:
        raise BadInput("origin", "A rule comes from nowhere like this")
    rule = with_ids(rule)
    version = _write(act, rule, origin)
    rules.switch(act.connection, rule.id, on=on)
    if on and rule.trigger.on is On.DAILY:
        rule_days.pass_over(act, RuleVersion(rule, version))
    act.record("rule_saved", None, {"rule_id": rule.id, "on": on, "keys": [RULES]})
    touch(act.connection)
    return rule


def _write(act: Transaction, rule: Rule, origin: str) -> int:
    """Returns the version that now says `rule`."""
    latest = rules.latest(act.connection, rule.id)
    document = document_of(rule)
    if latest is None:
        rules.add(
            act.connection,
            rule_id=rule.id,
            document=document,
            is_enabled=False,
            now=act.now,
            origin=origin,
            staff_id=act.staff_id,
        )
        return 1
    rules.put_back(act.connection, rule.id)
    if _says(latest.document, rule):
        return latest.version
    changed = rules.change(act.connection, rule.id, document, act.now, act.staff_id)
    return changed or latest.version


def _says(document: str, rule: Rule) -> bool:
    try:
        return rule_of(document) == rule
    except msgspec.MsgspecError:
        return False


def switch(act: Transaction, rule_id: str, *, on: bool) -> None:
    """Turn a rule on or off. Raises NotFound; BadInput when what it says is no longer there."""
    latest = rules.latest(act.connection, rule_id)
    if latest is None or not rules.switch(act.connection, rule_id, on=on):
        raise NotFound("There is no such rule")
    if on:
        rule = _read(latest.document)
        checking.refuse(rule, known_of(act.setup))
        if rule.trigger.on is On.DAILY:
            rule_days.pass_over(act, RuleVersion(rule, latest.version))
    act.record("rule_switched", None, {"rule_id": rule_id, "on": on, "keys": [RULES]})
    touch(act.connection)


def _read(document: str) -> Rule:
    try:
        return rule_of(document)
    except msgspec.MsgspecError:
        raise BadInput(
            "rule", "A newer program has written this rule", hint="Update Orderbell."
        ) from None


def with_ids(rule: Rule) -> Rule:
    """`rule` with an id for itself and for every step that has none."""
    steps = tuple(
        step if step.id else msgspec.structs.replace(step, id=new_uid()) for step in rule.steps
    )
    return msgspec.structs.replace(rule, id=rule.id or new_uid(), steps=steps)
