"""Bringing rules from a file into a shop: all of them off, nothing overwritten, nothing unseen."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from pos_app.automation import checking
from pos_app.automation.model import Rule
from pos_app.automation.pack_files import Outward, RulePack
from pos_app.automation.reading import rule_of
from pos_app.desk import rule_saving
from pos_app.desk.transaction import Transaction
from pos_app.errors import BadInput, Refused
from pos_app.store import rules

MOST_IN_SHOP = 1_000


def bring_in(
    act: Transaction, pack: RulePack, confirmed: Collection[Outward], *, as_new: bool
) -> list[Rule]:
    """Write the rules of `pack`, all off; those that are here word for word are left out.

    `confirmed` must hold everything outside that they reach. With `as_new` they get ids of their
    own. Raises Refused for a target that nobody confirmed, BadInput for a rule that cannot be
    read here or would overwrite another.
    """
    for one in pack.outward:
        if one not in confirmed:
            raise Refused(
                "The {kind} “{name}” is not confirmed",
                hint="Say of each target that these rules may use it.",
                kind=one.kind,
                name=one.name,
            )
    if len(rules.everything(act.connection)) + len(pack.rules) > MOST_IN_SHOP:
        raise Refused("A shop has at most {most} rules", most=MOST_IN_SHOP)
    brought = []
    for no, rule in enumerate(pack.rules, start=1):
        wanted = without_ids(rule) if as_new else rule
        if is_here(act, wanted, no):
            continue
        try:
            brought.append(rule_saving.save(act, wanted, on=False, origin="import"))
        except BadInput as error:
            error.field = f"rule {no} ({checking.shown(rule.name)}), {error.field}"
            raise
    return brought


def is_here(act: Transaction, rule: Rule, no: int) -> bool:
    """Whether the shop has this very rule. Raises BadInput when its id is another one's."""
    latest = rules.latest(act.connection, rule.id) if rule.id else None
    if latest is None:
        return False
    try:
        is_same = rule_of(latest.document) == rule
    except msgspec.MsgspecError:
        is_same = False
    if not is_same:
        raise BadInput(
            f"rule {no}, id",
            "Another rule here has this id",
            hint="Bring them in as new ones.",
        )
    return True


def without_ids(rule: Rule) -> Rule:
    steps = tuple(msgspec.structs.replace(step, id="") for step in rule.steps)
    return msgspec.structs.replace(rule, id="", steps=steps)
