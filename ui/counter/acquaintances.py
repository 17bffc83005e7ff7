"""Recalling a guest by his number: his name, his address, his last order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.bootstrap import Shop
from pos_app.desk.setup import Setup
from pos_app.domain.consent import Consent, ConsentKind
from pos_app.domain.menu import Menu
from pos_app.domain.order import Address, Order
from pos_app.language import pick
from ui.counter.basket import Basket, BasketLine
from ui.order_words import day_and_time
from ui.words import _, language, ngettext


@dataclass(frozen=True, slots=True)
class Known:
    """A guest who has ordered before. `last` is his newest order, if it is still kept.

    `offers`: he has agreed to them.
    """

    phone: str
    name: str
    language: str
    addresses: tuple[Address, ...]
    orders: int
    last: Order | None
    offers: bool


def recall(shop: Shop, phone: str) -> Known | None:
    """Who has this E.164 number. Reads the store: never on the UI thread."""
    found = shop.desk.acquaintance(phone)
    if found is None:
        return None
    card = shop.desk.order(found.last_order_id) if found.last_order_id is not None else None
    person = found.person
    return Known(
        phone,
        person.name,
        person.language,
        person.addresses,
        found.orders,
        card.order if card else None,
        _takes_offers(shop.desk.consents(person.id)),
    )


def _takes_offers(consents: list[Consent]) -> bool:
    given = [consent.given for consent in consents if consent.kind is ConsentKind.OFFERS]
    return given[-1] if given else False


def filled(basket: Basket, known: Known) -> Basket:
    """What is known goes where nothing stands yet; what the cashier typed stays."""
    address = basket.address
    if known.addresses and address == Address(""):
        address = known.last.address if known.last and known.last.address else known.addresses[-1]
    return replace(
        basket,
        name=basket.name or known.name,
        guest_language=known.language,
        address=address,
        offers=True if known.offers else basket.offers,
    )


def again(basket: Basket, last: Order, menu: Menu) -> Basket:
    """The lines of his last order, as far as they are on the menu and not sold out."""
    lines = list(basket.lines)
    for line in last.open_lines:
        dish = menu.dish(line.dish_id)
        if dish is None or dish.sold_out:
            continue
        known = {modifier.uid for modifier in dish.modifiers}
        chosen = tuple(m.uid for m in line.modifiers if m.uid in known)
        lines.append(BasketLine(dish.id, line.quantity, chosen, line.note))
    return replace(basket, lines=tuple(lines))


def known_words(known: Known, setup: Setup) -> str:
    """`12 orders · last: Carbonara, 12.11. 19:40 · texts: Ukrainian`."""
    count = ngettext("{count} order", "{count} orders", known.orders).format(count=known.orders)
    parts = [count]
    if known.last is not None and known.last.lines:
        parts.append(
            _("last: {dish}, {time}").format(
                dish=pick(known.last.lines[0].names, language()),
                time=day_and_time(known.last.placed_at, setup.settings),
            )
        )
    if known.offers:
        parts.append(_("takes offers"))
    if known.language:
        parts.append(_("texts: {language}").format(language=language_word(known.language)))
    return " · ".join(parts)


def language_word(code: str) -> str:
    return {"en": _("English"), "uk": _("Ukrainian")}.get(code, code)
