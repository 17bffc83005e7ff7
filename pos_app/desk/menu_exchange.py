"""Taking a menu out as a file and bringing it back changed: prices, names, dishes.

Stations, categories and dishes are recognised by the id that the export wrote, else by a name in
any language; what is new is added. Dishes that the file does not name stay, unless it is to
replace the menu: then they are hidden, because old orders still refer to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from pos_app.desk import setup
from pos_app.desk.menus import (
    DishFile,
    MenuFile,
    ModifierFile,
    NamedFile,
    check_names,
    dishes_of,
)
from pos_app.desk.transaction import Transaction
from pos_app.domain.menu import Category, Dish, Menu, Modifier, Station, find_dish, folded
from pos_app.domain.money import decimals
from pos_app.errors import BadInput
from pos_app.store import menu


@dataclass(frozen=True, slots=True)
class Imported:
    """How many dishes were new, known, and hidden because the file did not name them."""

    added: int
    changed: int
    hidden: int


def export_menu(known: Menu, currency: str) -> bytes:
    """The whole menu as JSON that `import_menu` takes."""
    file = MenuFile(
        stations=tuple(NamedFile(station.uid, station.names) for station in known.stations),
        categories=tuple(NamedFile(c.uid, c.names) for c in known.categories),
        dishes=tuple(_dish_file(dish, known, currency) for dish in known.dishes),
        currency=currency,
    )
    return msgspec.json.format(msgspec.json.encode(file), indent=2) + b"\n"


def _dish_file(dish: Dish, known: Menu, currency: str) -> DishFile:
    return DishFile(
        id=dish.uid,
        category=next(c.uid for c in known.categories if c.id == dish.category_id),
        station=next(s.uid for s in known.stations if s.id == dish.station_id),
        names=dish.names,
        price=_decimal(dish.price, currency),
        kitchen=dish.kitchen,
        prep_minutes=dish.prep_minutes,
        barcode=dish.barcode,
        modifiers=tuple(_modifier_file(modifier, currency) for modifier in dish.modifiers),
    )


def _modifier_file(modifier: Modifier, currency: str) -> ModifierFile:
    return ModifierFile(
        id=modifier.uid,
        names=modifier.names,
        kitchen=modifier.kitchen,
        price=_decimal(modifier.price, currency),
        choice=modifier.choice,
    )


def _decimal(amount: int, currency: str) -> str:
    return str(Decimal(amount).scaleb(-decimals(currency)))


def import_menu(act: Transaction, file: MenuFile, *, replace: bool) -> Imported:
    """Bring `file` into the menu. Raises BadInput naming the field; then nothing has changed."""
    currency = act.setup.settings.shop.currency
    if file.currency and file.currency != currency:
        raise BadInput(
            "currency",
            "The prices are in {given}, the shop counts in {currency}",
            given=file.currency,
            currency=currency,
        )
    known = act.setup.menu
    stations, categories = _stations(act, file, known), _categories(act, file, known)
    named: set[int] = set()
    added = 0
    for position, dish in enumerate(dishes_of(file, stations, categories, currency)):
        field = f"dishes[{position}]"
        old = _known_dish(known, dish, field)
        if old is None:
            named.add(menu.add_dish(act.connection, dish))
            added += 1
        elif old.id in named:
            raise BadInput(field, "This dish comes twice")
        else:
            menu.change_dish(act.connection, old.id, dish)
            named.add(old.id)
    unnamed = [dish for dish in known.dishes if dish.id not in named] if replace else []
    for dish in unnamed:
        menu.hide_dish(act.connection, dish.id)
    done = Imported(added, len(named) - added, len(unnamed))
    act.record(
        "menu_imported",
        None,
        {"added": done.added, "changed": done.changed, "hidden": done.hidden},
    )
    setup.touch(act.connection)
    return done


def _known_dish(known: Menu, dish: Dish, field: str) -> Dish | None:
    same_id = [old for old in known.dishes if old.uid == dish.uid]
    if same_id:
        return same_id[0]
    by_id = {old.id: old for name in dish.names.values() for old in find_dish(known, name)}
    if len(by_id) > 1:
        raise BadInput(field, "More than one dish has this name", hint="Give its id.")
    return next(iter(by_id.values()), None)


def _stations(act: Transaction, file: MenuFile, known: Menu) -> dict[str, int]:
    found: dict[str, int] = {}
    for position, entry in enumerate(file.stations):
        check_names(entry.names, f"stations[{position}].names")
        same = _same(entry, known.stations)
        found[entry.id] = (
            menu.add_station(act.connection, entry.names, len(known.stations) + position)
            if same is None
            else same.id
        )
    return found


def _categories(act: Transaction, file: MenuFile, known: Menu) -> dict[str, int]:
    found: dict[str, int] = {}
    for position, entry in enumerate(file.categories):
        check_names(entry.names, f"categories[{position}].names")
        same = _same(entry, known.categories)
        found[entry.id] = (
            menu.add_category(act.connection, entry.names, len(known.categories) + position)
            if same is None
            else same.id
        )
    return found


def _same(
    entry: NamedFile, known: Sequence[Station] | Sequence[Category]
) -> Station | Category | None:
    wanted = {folded(name) for name in entry.names.values()}
    for old in known:
        if old.uid == entry.id or wanted & {folded(name) for name in old.names.values()}:
            return old
    return None
