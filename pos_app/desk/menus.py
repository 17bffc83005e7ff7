"""Menus as files: the sample menu that ships, and an owner's own.

A menu file is JSON: `{"stations": [{"id", "names"}], "categories": [{"id", "names"}],
"dishes": [{"category", "station", "names", "kitchen", "price", "prep_minutes", "barcode",
"modifiers": [{"names", "kitchen", "price", "choice"}]}]}`; prices are decimal texts.

A file may say the `currency` of its prices and `rates` to others: `{"EUR": {"scale", "step"}}`
turns a price into `price × scale`, rounded to a whole `step`. These rates are for tasting the
sample menu, not for business: a file of the owner's is taken in its own currency only.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import msgspec

from pos_app.domain.ids import new_uid
from pos_app.domain.menu import KITCHEN_NAME_LENGTH, Dish, Modifier, Names, kitchen_name
from pos_app.domain.money import parse_amount
from pos_app.errors import BadInput
from pos_app.paths import resources
from pos_app.store import menu
from pos_app.store.database import Connection

LONGEST_NAME = 200
LONGEST_PREP_MINUTES = 600
LARGEST_PRICE = 10**11
LONGEST_BARCODE, LONGEST_CHOICE = 64, 32


class NamedFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    names: Names


class ModifierFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    names: Names
    kitchen: Names = {}
    price: str = "0"
    choice: str = ""
    id: str = ""


class DishFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    category: str
    station: str
    names: Names
    price: str
    kitchen: Names = {}
    prep_minutes: int = 10
    barcode: str = ""
    modifiers: tuple[ModifierFile, ...] = ()
    id: str = ""


class Rate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Decimal texts: times `scale`, then to the nearest whole `step`."""

    scale: str
    step: str


class MenuFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`currency` empty: prices are in the shop's currency, whichever it is."""

    stations: tuple[NamedFile, ...]
    categories: tuple[NamedFile, ...]
    dishes: tuple[DishFile, ...]
    currency: str = ""
    rates: dict[str, Rate] = {}


def read_menu_file(file: Path) -> MenuFile:
    """Raises BadInput naming the field that cannot be read."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise BadInput(
            str(file), "The menu cannot be read", "{reason}.", reason=error.strerror
        ) from None
    return parse_menu(raw)


def parse_menu(raw: bytes) -> MenuFile:
    """A menu from JSON. Raises BadInput naming the field."""
    try:
        return msgspec.json.decode(raw, type=MenuFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        said, _, place = str(error).partition(" - at `$")
        raise BadInput(
            place.strip("`").lstrip(".") or "menu",
            "The menu cannot be read",
            "{reason}.",
            reason=said,
        ) from None


def seed_menu(connection: Connection, currency: str) -> None:
    """The sample menu that ships with the program, at prices that `currency` makes plausible."""
    sample = read_menu_file(resources() / "demo" / "menu.json")
    store_menu(connection, priced_in(sample, currency), currency)


def priced_in(file: MenuFile, currency: str) -> MenuFile:
    """`file` with its prices in `currency`; a currency without a rate keeps the figures."""
    rate = file.rates.get(currency)
    if rate is None or currency == file.currency:
        return file
    return msgspec.structs.replace(
        file,
        currency=currency,
        dishes=tuple(
            msgspec.structs.replace(
                dish,
                price=_converted(dish.price, rate),
                modifiers=tuple(
                    msgspec.structs.replace(modifier, price=_converted(modifier.price, rate))
                    for modifier in dish.modifiers
                ),
            )
            for dish in file.dishes
        ),
    )


def _converted(price: str, rate: Rate) -> str:
    step = Decimal(rate.step)
    steps = (Decimal(price) * Decimal(rate.scale) / step).quantize(Decimal(1), ROUND_HALF_UP)
    return str(steps * step)


def store_menu(connection: Connection, file: MenuFile, currency: str) -> int:
    """Add everything in `file`; returns how many dishes."""
    stations = {
        entry.id: menu.add_station(connection, entry.names, position)
        for position, entry in enumerate(file.stations)
    }
    categories = {
        entry.id: menu.add_category(connection, entry.names, position)
        for position, entry in enumerate(file.categories)
    }
    for dish in dishes_of(file, stations, categories, currency):
        menu.add_dish(connection, dish)
    return len(file.dishes)


def dishes_of(
    file: MenuFile, stations: dict[str, int], categories: dict[str, int], currency: str
) -> list[Dish]:
    """The file's dishes, checked; stations and categories by the file's ids.

    Raises BadInput naming the field. A dish or modifier without an id gets a new one.
    """
    return [
        dish_of(entry, position, stations, categories, currency)
        for position, entry in enumerate(file.dishes)
    ]


def dish_of(
    entry: DishFile,
    position: int,
    stations: dict[str, int],
    categories: dict[str, int],
    currency: str,
) -> Dish:
    """One dish of a file, as `dishes_of` gives them."""
    field = f"dishes[{position}]"
    if entry.station not in stations:
        raise BadInput(f"{field}.station", "There is no station “{station}”", station=entry.station)
    if entry.category not in categories:
        raise BadInput(
            f"{field}.category", "There is no category “{category}”", category=entry.category
        )
    station, category = stations[entry.station], categories[entry.category]
    return _dish(entry, field, position, station, category, currency)


def _dish(
    entry: DishFile, field: str, position: int, station_id: int, category_id: int, currency: str
) -> Dish:
    price = parse_amount(entry.price, currency, f"{field}.price")
    if not 0 <= price <= LARGEST_PRICE:
        raise BadInput(f"{field}.price", "A price is from 0 to a thousand million")
    if not 0 <= entry.prep_minutes <= LONGEST_PREP_MINUTES:
        raise BadInput(
            f"{field}.prep_minutes", "From 0 to {most} minutes", most=LONGEST_PREP_MINUTES
        )
    check_names(entry.names, f"{field}.names")
    return Dish(
        id=0,
        uid=_uid(entry.id, f"{field}.id"),
        category_id=category_id,
        names=entry.names,
        kitchen=kitchen_names(entry.kitchen, entry.names),
        price=price,
        station_id=station_id,
        prep_minutes=entry.prep_minutes,
        sold_out=False,
        position=position,
        barcode=entry.barcode[:LONGEST_BARCODE],
        modifiers=tuple(
            _modifier(modifier, f"{field}.modifiers[{place}]", place, currency)
            for place, modifier in enumerate(entry.modifiers)
        ),
    )


def _modifier(entry: ModifierFile, field: str, position: int, currency: str) -> Modifier:
    price = parse_amount(entry.price, currency, f"{field}.price")
    if abs(price) > LARGEST_PRICE:
        raise BadInput(f"{field}.price", "A price is at most a thousand million")
    if len(entry.choice) > LONGEST_CHOICE:
        raise BadInput(f"{field}.choice", "At most {most} characters", most=LONGEST_CHOICE)
    check_names(entry.names, f"{field}.names")
    return Modifier(
        id=0,
        uid=_uid(entry.id, f"{field}.id"),
        dish_id=0,
        names=entry.names,
        kitchen=kitchen_names(entry.kitchen, entry.names),
        price=price,
        choice=entry.choice,
        position=position,
    )


def check_names(names: Names, field: str) -> None:
    """Raises BadInput unless there is a name, short enough, in some language."""
    if not names or not all(name.strip() for name in names.values()):
        raise BadInput(field, "A name is needed")
    if any(len(name) > LONGEST_NAME for name in names.values()):
        raise BadInput(field, "At most {most} characters", most=LONGEST_NAME)


def _uid(given: str, field: str) -> str:
    if len(given) > 36:
        raise BadInput(field, "An id has at most 36 characters")
    return given or new_uid()


def kitchen_names(kitchen: Names, names: Names) -> Names:
    """The kitchen's short names; what the full name proposes where none is given."""
    return {
        language: kitchen.get(language, "")[:KITCHEN_NAME_LENGTH].strip() or kitchen_name(name)
        for language, name in names.items()
    }
