"""Past days, or a made-up one, played with a rule, and what came of it in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from pos_app.automation import words
from pos_app.automation.model import Rule
from pos_app.automation.outcomes import Comparison, Difference, Outcome, Said
from pos_app.clock import business_date, local
from pos_app.desk.desk import Desk
from pos_app.desk.reading import Card
from pos_app.desk.simulating import Progress
from pos_app.domain import money
from pos_app.errors import BadInput
from pos_app.phones import masked
from ui.automations import vocabulary
from ui.message_words import why
from ui.rule_words import texts
from ui.words import _, language, ngettext

MADE_UP = 0
"""So many days are no past days: one is made up instead."""


@dataclass(frozen=True, slots=True)
class Past:
    """`cards` are the orders of those that would have got something; an invented one has none."""

    days: int
    zone: str
    currency: str
    comparison: Comparison
    cards: dict[int, Card]
    month_budget: int = 0


def play(desk: Desk, rule: Rule, days: int, progress: Progress | None = None) -> Past:
    """Yesterday, the last `days`, or a made-up day, with `rule`. Long work; raises BadInput.

    `progress` is told how far it is, and stops it with False: Refused.
    """
    settings = desk.setup().settings
    shop, budget = settings.shop, settings.channels.limits.month_budget
    if days == MADE_UP:
        comparison = desk.rules.simulate_made_up([rule])
    elif days == 1:
        day = business_date(desk.now(), shop.zone, shop.cutover_hour) - timedelta(days=1)
        comparison = desk.rules.simulate([rule], day=day, progress=progress)
    else:
        comparison = desk.rules.simulate([rule], days=days, progress=progress)
    said = comparison.drafts.said
    ids = {one.order_id for one in said if one.order_id is not None and one.order_id > 0}
    return Past(days, shop.zone, shop.currency, comparison, desk.cards(sorted(ids)), budget)


def play_yesterday(desk: Desk, rule: Rule, progress: Progress | None = None) -> list[Past]:
    """Yesterday, and a made-up day behind it where the shop was not open yesterday."""
    yesterday = play(desk, rule, 1, progress)
    if yesterday.comparison.drafts.orders:
        return [yesterday]
    try:
        return [yesterday, play(desk, rule, MADE_UP)]
    except BadInput:
        return [yesterday]


def sum_words(past: Past) -> str:
    """`Yesterday, 48 orders: 12 texts, 24 SMS, 15.72 ₴`."""
    found = past.comparison.drafts
    when = _when(past.days)
    orders = ngettext("{count} order", "{count} orders", found.orders).format(count=found.orders)
    if not found.orders:
        return _("{when}: no orders to try it on.").format(when=when)
    if not (found.texts or found.acts):
        return _("{when}, {orders}: it would have said nothing.").format(when=when, orders=orders)
    joined = ", ".join(_counts(found, past.currency))
    return _("{when}, {orders}: {said}").format(when=when, orders=orders, said=joined)


def _when(days: int) -> str:
    if days == MADE_UP:
        return _("A made-up day")
    if days == 1:
        return _("Yesterday")
    return ngettext("Last {count} day", "Last {count} days", days).format(count=days)


def _counts(found: Outcome, currency: str) -> list[str]:
    said = []
    if found.texts:
        text = ngettext("{count} text", "{count} texts", found.texts)
        said.append(text.format(count=found.texts))
    if found.sms:
        sms = ngettext("{count} SMS", "{count} SMS", found.sms)
        said.append(sms.format(count=found.sms))
    if found.acts:
        acts = ngettext("{count} other step", "{count} other steps", found.acts)
        said.append(acts.format(count=found.acts))
    if found.cost:
        said.append(money.show_finely(found.cost, currency, language()))
    return said


def change_words(past: Past) -> str:
    """`Beside what is on now: +12 texts, +3.40 €`; nothing where it says and said nothing."""
    mine = past.comparison.drafts
    more = past.comparison.difference_of_all()
    if not (mine.texts or mine.acts or more.texts or more.acts):
        return ""
    said = [_more_texts(more)]
    if more.acts:
        acts = ngettext("{more} other step", "{more} other steps", abs(more.acts))
        said.append(acts.format(more=_signed(more.acts)))
    if more.cost:
        cost = money.show_finely(more.cost, past.currency, language())
        said.append(f"+{cost}" if more.cost > 0 else cost)
    return _("Beside what is on now: {more}").format(more=", ".join(said))


def _more_texts(more: Difference) -> str:
    return ngettext("{more} text", "{more} texts", abs(more.texts)).format(more=_signed(more.texts))


def _signed(count: int) -> str:
    sign = "+" if count > 0 else "−" if count < 0 else "±"
    return f"{sign}{abs(count)}"


def month_words(past: Past) -> str:
    """`In a month about 102 €`; nothing where texts cost nothing."""
    cost = past.comparison.in_a_month(past.comparison.drafts.cost)
    if not cost:
        return ""
    return _("In a month about {cost}").format(
        cost=money.show_finely(cost, past.currency, language())
    )


def other_words(past: Past) -> str:
    """What the rules that are on would have said over the same days."""
    now_on = past.comparison.now_on
    said = [ngettext("{count} text", "{count} texts", now_on.texts).format(count=now_on.texts)]
    if now_on.cost:
        said.append(money.show_finely(now_on.cost, past.currency, language()))
    return _("The rules that are on now: {texts}").format(texts=", ".join(said))


def unsaid_words(past: Past) -> str:
    """`Would not leave: 3 (no address is known), 1 (texts by hand only)`; nothing without any."""
    unsaid = past.comparison.drafts.unsaid
    if not unsaid:
        return ""
    reasons = ", ".join(f"{count} ({why(reason)})" for reason, count in sorted(unsaid.items()))
    return _("Would not leave: {reasons}").format(reasons=reasons)


def budget_words(past: Past) -> str:
    """The months whose texts cost more than may be spent; nothing without such a month."""
    over = past.comparison.drafts.over(past.month_budget)
    if not over:
        return ""
    months = ", ".join(
        f"{month[5:]}.{month[:4]} {money.show_finely(cost, past.currency, language())}"
        for month, cost in over
    )
    return _("Over the month’s text budget of {budget}: {months}. Offers stop first.").format(
        budget=money.show_finely(past.month_budget, past.currency, language()), months=months
    )


def line_words(past: Past) -> list[str]:
    """Who would have got what, the earliest first."""
    return [line(past, one) for one in past.comparison.drafts.said]


def line(past: Past, one: Said) -> str:
    """One of them: when, whose order, who, what and at what cost."""
    form = "%H:%M" if past.days <= 1 else "%d.%m. %H:%M"
    at = f"{local(one.at, past.zone):{form}}"
    card = past.cards.get(one.order_id) if one.order_id is not None else None
    customer = card.order.customer if card is not None else None
    name, phone = (customer.name, masked(customer.phone)) if customer is not None else ("", "")
    what = vocabulary.word_of(vocabulary.steps(), one.step)
    if one.about:
        about = words.about(one.about, texts())
        channel = words.channel(one.channel, texts())
        what = _("“{about}” by {channel} ({language})").format(
            about=about, channel=channel, language=one.language
        )
    cost = money.show_finely(one.cost, past.currency, language()) if one.cost else ""
    return " · ".join(part for part in (at, one.number, name, phone, what, cost) if part)
