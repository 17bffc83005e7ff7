"""What a shop sells: categories, dishes, one level of modifiers, and who makes them."""

from __future__ import annotations

from dataclasses import dataclass

Names = dict[str, str]

KITCHEN_NAME_LENGTH = 16
_LEAST_OF_FIRST = 5
_TRAILING = " ,;:-–(&+"


@dataclass(frozen=True, slots=True)
class Station:
    """A place in the kitchen with its own tickets. `names` by language code.

    `hidden`: the shop has it no more; old orders still name it.
    """

    id: int
    uid: str
    names: Names
    position: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    id: int
    uid: str
    names: Names
    position: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Modifier:
    """A change to a dish. `price` in minor units (may be 0 or negative) is added to the dish's.

    Modifiers of one dish that share a non-empty `choice` exclude each other (sizes); `kitchen`
    is at most 16 characters.
    """

    id: int
    uid: str
    dish_id: int
    names: Names
    kitchen: Names
    price: int
    choice: str
    position: int


@dataclass(frozen=True, slots=True)
class Dish:
    """One dish. `price` in minor units of the shop's currency; `prep_minutes` ≥ 0.

    `tax_rate_bp` is in basis points (2000 = 20 %), `tax_inclusive` says that `price` holds it.
    `hidden`: taken off the menu; old orders still name it.
    """

    id: int
    uid: str
    category_id: int
    names: Names
    kitchen: Names
    price: int
    station_id: int
    prep_minutes: int
    sold_out: bool
    position: int
    barcode: str = ""
    tax_class: str = ""
    tax_rate_bp: int = 0
    tax_inclusive: bool = True
    modifiers: tuple[Modifier, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    categories: tuple[Category, ...]
    dishes: tuple[Dish, ...]
    stations: tuple[Station, ...]

    def dish(self, dish_id: int) -> Dish | None:
        return next((dish for dish in self.dishes if dish.id == dish_id), None)

    def of_category(self, category_id: int) -> tuple[Dish, ...]:
        return tuple(dish for dish in self.dishes if dish.category_id == category_id)


def folded(text: str) -> str:
    """Text as it is compared: trimmed, case folded."""
    return " ".join(text.split()).casefold()


def kitchen_name(name: str) -> str:
    """`name` as a kitchen card has room for it: its first words, two of them at least.

    Dishes of one kind begin alike and end with what tells them apart: where two whole words do not
    fit, the first one is shortened and the last one stays.
    """
    short = " ".join(name.split())
    if len(short) <= KITCHEN_NAME_LENGTH:
        return short
    telling = [word for word in short.split() if len(word) > 2 or word.isdecimal()]
    if len(telling) < 2:
        return short[:KITCHEN_NAME_LENGTH].rstrip()
    whole = _first_words(telling)
    return whole if " " in whole else _first_and_last(telling)


def _first_words(words: list[str]) -> str:
    text = " ".join(words)
    if len(text) <= KITCHEN_NAME_LENGTH:
        return text
    return text[: KITCHEN_NAME_LENGTH + 1].rpartition(" ")[0].rstrip(_TRAILING)


def _first_and_last(words: list[str]) -> str:
    last = words[-1].strip(_TRAILING)[: KITCHEN_NAME_LENGTH - _LEAST_OF_FIRST]
    room = KITCHEN_NAME_LENGTH - len(last) - 1
    first = words[0] if len(words[0]) <= room else f"{words[0][: room - 1]}."
    return f"{first} {last}"


def find_dish(menu: Menu, wanted: str) -> tuple[Dish, ...]:
    """Dishes whose uid, or name in any language, is `wanted` (case and spaces aside)."""
    key = folded(wanted)
    return tuple(
        dish
        for dish in menu.dishes
        if dish.uid == wanted or any(folded(name) == key for name in dish.names.values())
    )
