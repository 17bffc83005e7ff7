"""Taking a menu out as a file and bringing it back changed: prices, names, dishes.

Stations, categories and dishes are recognised by the id that the export wrote, else by a name in
any language; what is new is added. Dishes that the file does not name stay, unless it is to
replace the menu: then they are hidden, because old orders still refer to them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import msgspec

from pos_app.desk import menu_plan
from pos_app.desk.menu_plan import Fault, Places, Plan, Wanted
from pos_app.desk.menus import (
    DishFile,
    MenuFile,
    ModifierFile,
    NamedFile,
    check_names,
    dish_of,
)
from pos_app.desk.transaction import Transaction
from pos_app.domain.menu import Dish, Menu, Modifier, folded
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
    whole = menu.read(act.connection, hidden=True)
    plan = plan_file(file, whole, act.setup.settings.shop.currency, replace_all=replace)
    for fault in plan.faults:
        raise fault.error
    menu_plan.bring_in(act, plan)
    known = sum(not change.old.hidden for change in plan.changed) + len(plan.same)
    return Imported(
        len(plan.added) + len(plan.changed) + len(plan.same) - known, known, len(plan.off)
    )


def plan_file(file: MenuFile, whole: Menu, currency: str, *, replace_all: bool) -> Plan:
    """What `file` would make of the `whole` menu. Raises BadInput where it is no such file."""
    if file.currency and file.currency != currency:
        raise BadInput(
            "currency",
            "The prices are in {given}, the shop counts in {currency}",
            given=file.currency,
            currency=currency,
        )
    stations, categories = Places(whole.stations), Places(whole.categories)
    station_ids = _ids(file.stations, stations, "stations")
    category_ids = _ids(file.categories, categories, "categories")
    wanted: list[Wanted] = []
    faults: list[Fault] = []
    for position, entry in enumerate(file.dishes):
        path = f"dishes[{position}]"
        try:
            dish = dish_of(entry, position, station_ids, category_ids, currency)
            old = menu_plan.found(whole, dish.uid, dish.names, path)
        except BadInput as error:
            faults.append(Fault(0, error))
        else:
            wanted.append(Wanted(0, path, _as_known(dish, entry, old), old))
    return menu_plan.planned(whole, wanted, faults, categories, stations, replace_all=replace_all)


def _ids(entries: tuple[NamedFile, ...], places: Places, field: str) -> dict[str, int]:
    ids: dict[str, int] = {}
    for position, entry in enumerate(entries):
        check_names(entry.names, f"{field}[{position}].names")
        ids[entry.id] = places.of(entry.names, entry.id)
    return ids


def _as_known(dish: Dish, entry: DishFile, old: Dish | None) -> Dish:
    """`dish` under the identity of the one that it stands for, its modifiers under theirs."""
    if old is None:
        return dish
    unnamed = {position for position, one in enumerate(entry.modifiers) if not one.id}
    before = {folded(name): m.uid for m in old.modifiers for name in m.names.values()}
    used = {m.uid for place, m in enumerate(dish.modifiers) if place not in unnamed}
    modifiers = []
    for place, modifier in enumerate(dish.modifiers):
        uids = (before.get(folded(name), "") for name in modifier.names.values())
        uid = next((uid for uid in uids if uid and uid not in used), "")
        if place in unnamed and uid:
            used.add(uid)
            modifiers.append(replace(modifier, uid=uid))
        else:
            modifiers.append(modifier)
    return replace(
        dish,
        id=old.id,
        uid=old.uid,
        modifiers=tuple(modifiers),
        sold_out=old.sold_out,
        tax_class=old.tax_class,
        tax_rate_bp=old.tax_rate_bp,
        tax_inclusive=old.tax_inclusive,
    )
