"""What may stand on a menu: names, prices and minutes, each refused by the name of its field.

`names.LANGUAGE`, `kitchen.LANGUAGE`, `price`, `category`, `station`, `prep_minutes`, `barcode`,
and the same of `modifiers[0]`: a form shows each refusal beside the field that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pos_app.desk.menus import (
    LARGEST_PRICE,
    LONGEST_BARCODE,
    LONGEST_CHOICE,
    LONGEST_NAME,
    LONGEST_PREP_MINUTES,
    kitchen_names,
)
from pos_app.domain.ids import new_uid
from pos_app.domain.menu import (
    KITCHEN_NAME_LENGTH,
    Category,
    Dish,
    Menu,
    Modifier,
    Names,
    Station,
    folded,
)
from pos_app.errors import BadInput
from pos_app.fields import clean

MOST_MODIFIERS = 60


def checked(dish: Dish, menu: Menu) -> Dish:
    """`dish` as it may be stored beside the others of `menu`. Raises BadInput naming the field."""
    names = checked_names(dish.names, "names")
    _refuse_taken(names, _others(menu, dish), "names")
    if not 0 <= dish.price <= LARGEST_PRICE:
        raise BadInput("price", "A price is from 0 to a thousand million")
    if not any(category.id == dish.category_id for category in menu.categories):
        raise BadInput("category", "Choose a category")
    if not any(station.id == dish.station_id for station in menu.stations):
        raise BadInput("station", "Choose a station")
    if not 0 <= dish.prep_minutes <= LONGEST_PREP_MINUTES:
        raise BadInput("prep_minutes", "From 0 to {most} minutes", most=LONGEST_PREP_MINUTES)
    if len(dish.modifiers) > MOST_MODIFIERS:
        raise BadInput("modifiers", "At most {most} of these", most=MOST_MODIFIERS)
    return replace(
        dish,
        names=names,
        kitchen=_checked_kitchen(dish.kitchen, names, "kitchen"),
        barcode=_checked_barcode(dish, menu),
        modifiers=tuple(_checked_modifiers(dish)),
    )


def checked_names(names: Names, field: str) -> Names:
    """Names without spaces around them; the languages in which there is none are left out.

    Raises BadInput naming `field` where there is none at all, else the field of the language.
    """
    found = {
        language: clean(name, f"{field}.{language}", LONGEST_NAME)
        for language, name in names.items()
    }
    told = {language: name for language, name in found.items() if name}
    if not told:
        raise BadInput(field, "A name is needed")
    return told


def checked_place(
    names: Names, others: Sequence[Category] | Sequence[Station], own_id: int | None = None
) -> Names:
    """Names of a category or a station. Raises BadInput where another one is called so."""
    found = checked_names(names, "names")
    rest = [other.names for other in others if other.id != own_id]
    _refuse_taken(found, rest, "names")
    return found


def _others(menu: Menu, dish: Dish) -> list[Names]:
    return [other.names for other in menu.dishes if other.id != dish.id]


def _refuse_taken(names: Names, others: Sequence[Names], field: str) -> None:
    """Who orders by a name must get one thing by it, in whatever language it is said."""
    taken = {folded(name) for other in others for name in other.values()}
    for language, name in names.items():
        if folded(name) in taken:
            raise BadInput(f"{field}.{language}", "There is another one of this name")


def _checked_kitchen(kitchen: Names, names: Names, field: str) -> Names:
    for language, name in kitchen.items():
        if len(clean(name, f"{field}.{language}")) > KITCHEN_NAME_LENGTH:
            raise BadInput(
                f"{field}.{language}", "At most {most} characters", most=KITCHEN_NAME_LENGTH
            )
    return kitchen_names(kitchen, names)


def _checked_barcode(dish: Dish, menu: Menu) -> str:
    barcode = clean(dish.barcode, "barcode", LONGEST_BARCODE)
    if barcode and any(o.barcode == barcode for o in menu.dishes if o.id != dish.id):
        raise BadInput("barcode", "Another dish has this barcode")
    return barcode


def _checked_modifiers(dish: Dish) -> Iterator[Modifier]:
    before: list[Names] = []
    for position, modifier in enumerate(dish.modifiers):
        field = f"modifiers[{position}]"
        names = checked_names(modifier.names, f"{field}.names")
        _refuse_taken(names, before, f"{field}.names")
        before.append(names)
        if abs(modifier.price) > LARGEST_PRICE:
            raise BadInput(f"{field}.price", "A price is at most a thousand million")
        if dish.price + modifier.price < 0:
            raise BadInput(f"{field}.price", "A dish cannot cost less than nothing")
        yield replace(
            modifier,
            uid=modifier.uid or new_uid(),
            names=names,
            kitchen=_checked_kitchen(modifier.kitchen, names, f"{field}.kitchen"),
            choice=clean(modifier.choice, f"{field}.choice", LONGEST_CHOICE),
            position=position,
        )
