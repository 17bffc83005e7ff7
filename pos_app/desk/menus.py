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
from sqlalchemy import Connection

from pos_app.domain.ids import new_uid
from pos_app.domain.menu import Dish, Modifier, Names
from pos_app.domain.money import parse_amount
from pos_app.errors import BadInput
from pos_app.paths import resources
from pos_app.store import menu

KITCHEN_NAME_LENGTH = 16


class NamedFile(msgspec.Struct, frozen=True):
    id: str
    names: Names


class ModifierFile(msgspec.Struct, frozen=True):
    names: Names
    kitchen: Names = {}
    price: str = "0"
    choice: str = ""


class DishFile(msgspec.Struct, frozen=True):
    category: str
    station: str
    names: Names
    price: str
    kitchen: Names = {}
    prep_minutes: int = 10
    barcode: str = ""
    modifiers: tuple[ModifierFile, ...] = ()


class Rate(msgspec.Struct, frozen=True):
    """Decimal texts: times `scale`, then to the nearest whole `step`."""

    scale: str
    step: str


class MenuFile(msgspec.Struct, frozen=True):
    """`currency` empty: prices are in the shop's currency, whichever it is."""

    stations: tuple[NamedFile, ...]
    categories: tuple[NamedFile, ...]
    dishes: tuple[DishFile, ...]
    currency: str = ""
    rates: dict[str, Rate] = {}


def read_menu_file(file: Path) -> MenuFile:
    """Raises BadInput naming the field that cannot be read."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=MenuFile)
    except (msgspec.DecodeError, OSError) as error:
        raise BadInput(str(file), "The menu cannot be read", str(error)) from None


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
    for position, entry in enumerate(file.dishes):
        field = f"dishes[{position}]"
        if entry.station not in stations:
            raise BadInput(f"{field}.station", f"There is no station “{entry.station}”")
        if entry.category not in categories:
            raise BadInput(f"{field}.category", f"There is no category “{entry.category}”")
        menu.add_dish(
            connection,
            _dish(entry, position, stations[entry.station], categories[entry.category], currency),
        )
    return len(file.dishes)


def _dish(entry: DishFile, position: int, station_id: int, category_id: int, currency: str) -> Dish:
    field = f"dishes[{position}]"
    return Dish(
        id=0,
        uid=new_uid(),
        category_id=category_id,
        names=entry.names,
        kitchen=_kitchen(entry.kitchen, entry.names),
        price=parse_amount(entry.price, currency, f"{field}.price"),
        station_id=station_id,
        prep_minutes=entry.prep_minutes,
        sold_out=False,
        position=position,
        barcode=entry.barcode,
        modifiers=tuple(
            Modifier(
                id=0,
                uid=new_uid(),
                dish_id=0,
                names=modifier.names,
                kitchen=_kitchen(modifier.kitchen, modifier.names),
                price=parse_amount(modifier.price, currency, f"{field}.modifiers[{place}].price"),
                choice=modifier.choice,
                position=place,
            )
            for place, modifier in enumerate(entry.modifiers)
        ),
    )


def _kitchen(kitchen: Names, names: Names) -> Names:
    """The kitchen's short names; the first 16 characters of the full name where none is given."""
    return {
        language: kitchen.get(language, name)[:KITCHEN_NAME_LENGTH].strip()
        for language, name in names.items()
    }
