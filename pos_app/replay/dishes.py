"""The menu that a sales file implies: one dish per pizza and size, at the file's price.

Sizes are dishes of their own (“Bbq ckn, L”), so that the kitchen's *To make* counts them apart.
"""

from __future__ import annotations

import hashlib

from pos_app.desk.menu_exchange import import_menu
from pos_app.desk.menus import DishFile, MenuFile, NamedFile
from pos_app.desk.transaction import Transaction
from pos_app.domain.menu import KITCHEN_NAME_LENGTH, Menu
from pos_app.replay.kitchen import prep_minutes
from pos_app.replay.sales import Pizza, Sale

_STATION = NamedFile("replay-pizza", {"en": "Pizza", "uk": "Піца"})
_UKRAINIAN = {
    "chicken": "З куркою",
    "classic": "Класичні",
    "supreme": "Фірмові",
    "veggie": "Овочеві",
}


def missing_dishes(sales: tuple[Sale, ...], known: Menu) -> list[Pizza]:
    """One pizza for each dish of the file that `known` does not have, by type and name."""
    there = {dish.uid for dish in known.dishes}
    kinds = {pizza for sale in sales for pizza in sale.pizzas if dish_uid(pizza) not in there}
    return sorted(kinds, key=lambda pizza: (pizza.type, pizza.name, float(pizza.price)))


def add_dishes(act: Transaction, pizzas: list[Pizza]) -> None:
    """Put the dishes of `pizzas` on the menu, in one category per type."""
    types = list(dict.fromkeys(pizza.type for pizza in pizzas))
    taken = {name for dish in act.setup.menu.dishes for name in dish.names.values()}
    dishes = []
    for pizza in pizzas:
        name = f"{readable(pizza.name)}, {pizza.size}"
        # The same pizza and size at another price, or a dish of the owner's with this name.
        name = f"{name} ({pizza.price})" if name in taken else name
        taken.add(name)
        dishes.append(
            DishFile(
                id=dish_uid(pizza),
                category=f"replay-{pizza.type}",
                station=_STATION.id,
                names={"en": name},
                price=pizza.price,
                kitchen={"en": kitchen_name(pizza)},
                prep_minutes=prep_minutes(pizza.size),
            )
        )
    categories = tuple(NamedFile(f"replay-{kind}", _category_names(kind)) for kind in types)
    import_menu(act, MenuFile((_STATION,), categories, tuple(dishes)), replace=False)


def dish_uid(pizza: Pizza) -> str:
    """The dish's id: the same in every shop and every run."""
    text = f"{pizza.name}|{pizza.size}|{pizza.price}"
    return f"replay-{hashlib.sha256(text.encode()).hexdigest()[:29]}"


def readable(code: str) -> str:
    """`Bbq ckn` of `bbq_ckn`."""
    words = " ".join(code.replace("_", " ").split())
    return words[:1].upper() + words[1:]


def kitchen_name(pizza: Pizza) -> str:
    """At most 16 characters, the size never cut off."""
    room = KITCHEN_NAME_LENGTH - len(pizza.size) - 1
    return f"{readable(pizza.name)[:room].strip()} {pizza.size}"


def _category_names(kind: str) -> dict[str, str]:
    names = {"en": readable(kind)}
    return names | {"uk": _UKRAINIAN[kind]} if kind in _UKRAINIAN else names
