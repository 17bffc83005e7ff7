"""From what is stored and read about the ways out to what their cards show."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos_app.clock import Instant
from pos_app.config import Receiver, WayOut
from pos_app.desk.channels_desk import Spent
from pos_app.desk.setup import Setup
from pos_app.domain.money import show_finely
from pos_app.domain.way_forms import Tried, WayForm, WayStanding
from ui.rights import sees_money
from ui.settings.way_card import WayFacts
from ui.settings.way_state_words import standing_words, tried_line
from ui.settings.way_words import WEBHOOK, about, channel_name, kind_name, kind_of
from ui.words import _, language, ngettext


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read about the ways out. `at` is when; `subscribers` are phones told by push.

    `trials` are what came of trying ways by hand, by name, and when.
    """

    forms: tuple[WayForm, ...] = ()
    standings: tuple[WayStanding, ...] = ()
    spent: tuple[Spent, ...] = ()
    subscribers: int = 0
    is_page_secure: bool = False
    trials: tuple[tuple[str, Tried, Instant], ...] = ()
    at: Instant = field(default=Instant(0), compare=False)

    def form(self, kind: str) -> WayForm | None:
        return next((form for form in self.forms if form.kind == kind), None)


def facts_of(way: WayOut, setup: Setup, seen: Seen) -> WayFacts:
    """The card of one way by which texts leave."""
    settings, form = setup.settings, seen.form(way.kind)
    beside = settings.ways_of(way.channel)
    kind = kind_of(way)
    parts = [about(way)]
    if way.name != way.kind:
        parts.append(way.name)
    if sees_money() and form is not None and form.is_priced:
        parts.append(_price(way.price, settings.shop.currency))
    state, role = _state(way.name, setup, seen)
    return WayFacts(
        way.name,
        way.kind,
        kind,
        " · ".join(part for part in parts if part),
        state,
        role,
        tuple(_notes(way, seen, beside.index(way), len(beside))),
        beside.index(way),
        len(beside),
        is_tried=form is not None and (form.is_tried or form.can_be_asked),
        is_changed=form is not None,
    )


def facts_of_receiver(one: Receiver, setup: Setup, seen: Seen) -> WayFacts:
    """The card of a program that rules call."""
    state, role = _state(one.id, setup, seen)
    told = (
        _("It is told of the guest too.") if one.personal else _("It is told nothing of the guest.")
    )
    name = kind_name(WEBHOOK)
    return WayFacts(
        one.id, WEBHOOK, name, one.url, state, role, (told,), is_tried=False, is_changed=False
    )


def channel_line(channel: str, setup: Setup, seen: Seen) -> str:
    """`SMS · this month 41 texts, 26.65 ₴`."""
    name = channel_name(channel)
    rows = [row for row in seen.spent if row.channel == channel]
    count, cost = sum(row.messages for row in rows), sum(row.cost for row in rows)
    if not count:
        return name
    texts = ngettext("{count} text", "{count} texts", count).format(count=count)
    if cost and sees_money():
        amount = show_finely(cost, setup.settings.shop.currency, language())
        texts = f"{texts}, {amount}"
    return _("{channel} · this month {texts}").format(channel=name, texts=texts)


def _state(name: str, setup: Setup, seen: Seen) -> tuple[str, str]:
    """How it fares; before a text has left by it, what came of trying it by hand."""
    zone = setup.settings.shop.zone
    standing = next((one for one in seen.standings if one.name == name), None)
    is_known = standing is not None and (standing.code or standing.taken_at is not None)
    for tried_name, tried, at in seen.trials:
        if tried_name == name and not is_known:
            return tried_line(tried, at, zone, seen.at)
    return standing_words(standing, zone, seen.at)


def _price(price: int, currency: str) -> str:
    if not price:
        return _("costs nothing")
    return _("{amount} a part").format(amount=show_finely(price, currency, language()))


def _notes(way: WayOut, seen: Seen, place: int, of: int) -> list[str]:
    found = []
    if of > 1:
        found.append(_("Tried first.") if place == 0 else _("Tried where those before it cannot."))
    if way.kind == "push":
        if not seen.is_page_secure:
            found.append(
                _("Nobody can ask for it yet: browsers need a tracking page on https for it.")
            )
        elif not seen.subscribers:
            found.append(_("Guests ask for it on their page; no open order has one yet."))
        else:
            phones = ngettext(
                "{count} phone is told of an open order.",
                "{count} phones are told of open orders.",
                seen.subscribers,
            )
            found.append(phones.format(count=seen.subscribers))
    return found
