"""Explanations and simulations of rules as lines of plain English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pos_app.commands.output import say, table

if TYPE_CHECKING:
    from pos_app.automation.model import Rule
    from pos_app.automation.outcomes import Comparison, Outcome
    from pos_app.desk.explaining import Explained
    from pos_app.desk.setup import Setup

_MOST_LINES = 50


def print_explained(told: Sequence[Explained], zone: str) -> None:
    """Per event and rule: result, each condition with what it found, each step."""
    from pos_app.automation import sentences, words
    from pos_app.clock import iso, local
    from pos_app.language import Texts

    texts = Texts("en")
    if not told:
        say("No rule was triggered by this order.")
    for one in told:
        name = one.rule.name if one.rule is not None else one.rule_id
        say(f"{iso(one.at, zone)}  {one.event}  {name}: {words.result(one.result, texts)}")
        for answer in one.answers:
            found = ", ".join(answer.found) or "nothing"
            mark = "yes" if answer.holds else "NO"
            say(f"    {mark:<4}{sentences.condition(answer.condition, texts)} (found: {found})")
        for step in one.steps:
            outcome = " ".join(
                part for part in (step.did, step.why, step.state, step.reason) if part
            )
            say(f"    -> {sentences.step(step.step, texts)}: {outcome}")
        if one.due_at is not None:
            say(f"    waits until {local(one.due_at, zone):%Y-%m-%d %H:%M}")
        elif one.run_reason:
            say(f"    {one.run_state}: {one.run_reason}")


def print_comparison(found: Comparison, drafts: Sequence[Rule], setup: Setup) -> None:
    """What the drafts would have done, beside the rules that are on."""
    from pos_app.clock import local

    zone = setup.settings.shop.zone
    first, last = local(found.since, zone), local(found.until, zone)
    say(f"{first:%Y-%m-%d} to {last:%Y-%m-%d}, {found.drafts.orders} orders")
    table(
        [
            ("", "TEXTS", "PARTS", "COST", "ACTS"),
            _sums("these rules", found.drafts),
            _sums("now on", found.now_on),
        ]
    )
    names = {rule.id: rule.name for rule in drafts}
    for rule_id, count in found.drafts.by_rule.items():
        results = ", ".join(f"{name} {times}" for name, times in count.results.items())
        say(f"{names.get(rule_id, rule_id)}: {results}; {count.texts} texts, {count.acts} acts")
    for said in found.drafts.said[:_MOST_LINES]:
        at = f"{local(said.at, zone):%Y-%m-%d %H:%M}"
        what = f"{said.about} by {said.channel} in {said.language}" if said.about else said.step
        say(f"  {at}  {said.number or '-':<6} {what}")


def _sums(name: str, one: Outcome) -> tuple[str, ...]:
    cost = f"{one.cost / 100:.2f}"
    return (name, str(one.texts), str(one.parts), cost, str(one.acts))
