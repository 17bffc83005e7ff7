"""Explanations and simulations of rules as lines of plain English."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pos_app.commands.output import say, table

if TYPE_CHECKING:
    from pos_app.automation.model import Rule
    from pos_app.automation.outcomes import Comparison
    from pos_app.desk.desk import Desk
    from pos_app.desk.explaining import Explained

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
            by = f"by {step.other_way}" if step.other_way else ""
            outcome = " ".join(
                part for part in (step.did, by, step.why, step.state, step.reason) if part
            )
            say(f"    -> {sentences.step(step.step, texts)}: {outcome}")
        if one.due_at is not None:
            say(f"    waits until {local(one.due_at, zone):%Y-%m-%d %H:%M}")
        elif one.run_reason:
            say(f"    {one.run_state}: {one.run_reason}")


def print_comparison(
    found: Comparison, drafts: Sequence[Rule], desk: Desk, *, texts: bool = False
) -> None:
    """What the drafts would have done, beside the rules that are on; with the words of `texts`."""
    from pos_app.clock import local

    shop = desk.setup().settings.shop
    first, last = local(found.since, shop.zone), local(found.until, shop.zone)
    days = "a made-up day" if found.made_up else f"{first:%Y-%m-%d} to {last:%Y-%m-%d}"
    say(f"{days}, {found.drafts.orders} orders")
    rows = [("", "TEXTS", "PARTS", "COST", "ACTS", "A MONTH")]
    for name, one in (("these rules", found.drafts), ("now on", found.now_on)):
        month = _money(found.in_a_month(one.cost), shop.currency)
        cost = _money(one.cost, shop.currency)
        rows.append((name, str(one.texts), str(one.parts), cost, str(one.acts), month))
    table(rows)
    _print_limits(found, desk)
    _print_rules(found, drafts, shop.currency)
    _print_said(found, desk, texts=texts)


def _print_limits(found: Comparison, desk: Desk) -> None:
    """Texts that would have reached nobody, and months that cost more than may be spent."""
    settings = desk.setup().settings
    for reason, count in sorted(found.drafts.unsaid.items()):
        say(f"not said: {count} ({reason})")
    budget, currency = settings.channels.limits.month_budget, settings.shop.currency
    for month, cost in found.drafts.over(budget):
        spent = _money(cost, currency)
        say(f"{month}: {spent}, over the month's budget of {_money(budget, currency)}")


def _print_rules(found: Comparison, drafts: Sequence[Rule], currency: str) -> None:
    """Each rule with its results, and what it adds to what the rule says now."""
    names = {rule.id: rule.name for rule in drafts}
    for rule_id, count in found.drafts.by_rule.items():
        results = ", ".join(f"{name} {times}" for name, times in count.results.items())
        more = found.difference(rule_id)
        cost = _money(more.cost, currency, sign="+")
        say(f"{names.get(rule_id, rule_id)}: {results}")
        say(f"    {more.texts:+d} texts, {cost}, {more.acts:+d} acts beside what is on now")


def _print_said(found: Comparison, desk: Desk, *, texts: bool) -> None:
    """Who would have got what, the first ones."""
    from pos_app.clock import local
    from pos_app.phones import masked

    zone, currency = desk.setup().settings.shop.zone, desk.setup().settings.shop.currency
    first = found.drafts.said[:_MOST_LINES]
    cards = desk.cards(sorted({one.order_id for one in first if one.order_id and one.order_id > 0}))
    for said in first:
        at = f"{local(said.at, zone):%Y-%m-%d %H:%M}"
        card = cards.get(said.order_id) if said.order_id is not None else None
        phone = masked(card.order.customer.phone) if card is not None else ""
        what = said.step
        if said.about:
            cost = _money(said.cost, currency)
            what = f"{said.about} by {said.channel} in {said.language}, {cost}"
        say(f"  {at}  {said.number or '-':<6} {phone:<12} {what}")
        if texts and said.about:
            say(f"      {desk.rules.text_of(said) or '(no words)'}")


def _money(hundredths: int, currency: str, sign: str = "") -> str:
    from pos_app.domain.money import finely

    shown = finely(hundredths, currency)
    return f"{sign if hundredths >= 0 else ''}{shown} {currency}"
