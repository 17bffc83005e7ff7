"""Where two versions of a dish differ, in words."""

from __future__ import annotations

from pos_app.desk.setup import Setup
from pos_app.domain.menu import Dish, Names
from pos_app.domain.money import show
from pos_app.language import pick
from ui.words import _, language


def differences(old: Dish, new: Dish, setup: Setup) -> list[str]:
    """`220 ₴ → 230 ₴`, `12 → 14 min`: each part that is not the same."""
    menu, currency = setup.menu, setup.settings.shop.currency
    stations = {one.id: one.names for one in menu.stations}
    categories = {one.id: one.names for one in menu.categories}
    minutes = _("{count} min")
    pairs = [(old.names.get(s, ""), new.names.get(s, "")) for s in sorted({*old.names, *new.names})]
    pairs += [
        (show(old.price, currency, language()), show(new.price, currency, language())),
        (minutes.format(count=old.prep_minutes), minutes.format(count=new.prep_minutes)),
    ]
    for places, before, after in (
        (categories, old.category_id, new.category_id),
        (stations, old.station_id, new.station_id),
    ):
        if before != after:
            pairs.append((_place(places, before), _place(places, after)))
    found = [f"{before or '–'} → {after or '–'}" for before, after in pairs if before != after]
    others = {
        _("kitchen name"): _kitchen(old) != _kitchen(new),
        _("barcode"): old.barcode != new.barcode,
        _("modifiers"): _modifiers(old) != _modifiers(new),
        _("comes back to the menu"): old.hidden and not new.hidden,
    }
    found += [words for words, is_other in others.items() if is_other]
    return found or [_("its place in the menu")]


def _place(places: dict[int, Names], key: int) -> str:
    return pick(places.get(key, {}), language()) or _("new")


def _kitchen(dish: Dish) -> Names:
    return dict(sorted(dish.kitchen.items()))


def _modifiers(dish: Dish) -> list[tuple[object, ...]]:
    return [(m.names, m.kitchen, m.price, m.choice) for m in dish.modifiers]
