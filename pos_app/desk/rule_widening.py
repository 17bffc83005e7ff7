"""Ready rules that a shop has kept since before its guests could ask anywhere but on their phone.

They asked for the tick *and* a number. With a way out that needs no number they ask whether the
guest wants to be told at all; each becomes a further version, and what waits goes on as it was.
"""

from __future__ import annotations

import msgspec

from pos_app.automation.model import Condition, Field, Group, Join, Rule
from pos_app.automation.reading import rule_of
from pos_app.desk import rule_saving
from pos_app.desk.transaction import Transaction
from pos_app.store import rules

_OLD = (Condition(Field.ORDER_TEXTS, ("yes",)), Condition(Field.HAS_PHONE, ("yes",)))
_NEW = Condition(Field.WANTS_NEWS, ("yes",))


def widen(act: Transaction) -> int:
    """Let ready rules reach guests without a number. Returns how many were changed."""
    changed = 0
    for stored in rules.everything(act.connection):
        rule = _readable(stored.document)
        wider = None if rule is None else widened(rule)
        if wider is not None:
            rule_saving.save(act, wider, on=stored.enabled, origin=stored.origin)
            changed += 1
    return changed


def widened(rule: Rule) -> Rule | None:
    """`rule` with the one question instead of the two; None for one that asks otherwise."""
    group = rule.when
    if not rule.pack or group.join is not Join.ALL or not set(_OLD) <= set(group.conditions):
        return None
    kept = tuple(one for one in group.conditions if one not in _OLD)
    return msgspec.structs.replace(rule, when=Group(group.join, (*kept, _NEW), group.groups))


def _readable(document: str) -> Rule | None:
    try:
        return rule_of(document)
    except msgspec.MsgspecError:
        return None
