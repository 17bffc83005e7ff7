"""Past days played with a rule, and what came of it in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from pos_app.automation import words
from pos_app.automation.model import Rule
from pos_app.automation.outcomes import Comparison, Said
from pos_app.clock import business_date, local
from pos_app.desk.desk import Desk
from pos_app.desk.reading import Card
from ui.automations import vocabulary
from ui.rule_words import texts
from ui.words import _, ngettext

MOST_NAMED = 100


@dataclass(frozen=True, slots=True)
class Past:
    """`cards` are the orders of the first ones that would have got something."""

    days: int
    zone: str
    comparison: Comparison
    cards: dict[int, Card]


def play(desk: Desk, rule: Rule, days: int) -> Past:
    """Yesterday, or the last `days`, with `rule`. Long work; raises BadInput."""
    shop = desk.setup().settings.shop
    if days == 1:
        day = business_date(desk.now(), shop.zone, shop.cutover_hour) - timedelta(days=1)
        comparison = desk.rules.simulate([rule], day=day)
    else:
        comparison = desk.rules.simulate([rule], days=days)
    ids = {one.order_id for one in comparison.drafts.said[:MOST_NAMED] if one.order_id is not None}
    return Past(days, shop.zone, comparison, desk.cards(sorted(ids)))


def sum_words(past: Past) -> str:
    """`Yesterday, 48 orders: 12 texts, 24 SMS`."""
    found = past.comparison.drafts
    when = (
        _("Yesterday")
        if past.days == 1
        else ngettext("Last {count} day", "Last {count} days", past.days).format(count=past.days)
    )
    orders = ngettext("{count} order", "{count} orders", found.orders).format(count=found.orders)
    if not found.orders:
        return _("{when}: no orders to try it on.").format(when=when)
    if not (found.texts or found.acts):
        return _("{when}, {orders}: it would have said nothing.").format(when=when, orders=orders)
    said = []
    if found.texts:
        text = ngettext("{count} text", "{count} texts", found.texts)
        sms = ngettext("{count} SMS", "{count} SMS", found.parts)
        said += [text.format(count=found.texts), sms.format(count=found.parts)]
    if found.acts:
        acts = ngettext("{count} other step", "{count} other steps", found.acts)
        said.append(acts.format(count=found.acts))
    joined = ", ".join(said)
    return _("{when}, {orders}: {said}").format(when=when, orders=orders, said=joined)


def other_words(past: Past) -> str:
    """What the rules that are on would have said over the same days."""
    now_on = past.comparison.now_on
    text = ngettext("{count} text", "{count} texts", now_on.texts).format(count=now_on.texts)
    return _("The rules that are on now: {texts}").format(texts=text)


def line_words(past: Past) -> list[str]:
    """Who would have got what, the earliest first."""
    return [_line(past, one) for one in past.comparison.drafts.said]


def _line(past: Past, one: Said) -> str:
    form = "%H:%M" if past.days == 1 else "%d.%m. %H:%M"
    at = f"{local(one.at, past.zone):{form}}"
    card = past.cards.get(one.order_id) if one.order_id is not None else None
    name = card.order.customer.name if card is not None else ""
    if one.about:
        about = words.about(one.about, texts())
        channel = words.channel(one.channel, texts())
        what = _("“{about}” by {channel} ({language})").format(
            about=about, channel=channel, language=one.language
        )
    else:
        what = vocabulary.word_of(vocabulary.steps(), one.step)
    return " · ".join(part for part in (at, one.number, name, what) if part)
