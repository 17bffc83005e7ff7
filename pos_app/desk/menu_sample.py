"""The sample menu that ships with the program: told from a shop's own, removed, or put in."""

from __future__ import annotations

from pos_app.desk.menu_dishes import tell
from pos_app.desk.menu_exchange import import_menu
from pos_app.desk.menu_places import is_used
from pos_app.desk.menus import priced_in, read_menu_file
from pos_app.desk.transaction import Transaction
from pos_app.domain.menu import Menu
from pos_app.errors import Refused
from pos_app.paths import resources
from pos_app.store import menu_rows


def is_sample(menu: Menu) -> bool:
    """Whether everything that can be ordered is somebody else's: the sample's own dishes."""
    sample = read_menu_file(resources() / "demo" / "menu.json")
    known = [entry.names for entry in sample.dishes]
    return bool(menu.dishes) and all(dish.names in known for dish in menu.dishes)


def remove(act: Transaction) -> None:
    """Begin with an empty menu. Raises Refused when the menu is the shop's own.

    Dishes that were ordered stay off the menu, the others go; stations that a printer, a screen
    or an open order needs stay.
    """
    known = act.setup.menu
    if not is_sample(known):
        raise Refused("This is no longer the sample menu", hint="Take dishes off one by one.")
    menu_rows.drop_unordered(act.connection, [dish.id for dish in known.dishes])
    for category in known.categories:
        menu_rows.hide_category(act.connection, category.id)
    for station in known.stations:
        if not is_used(act, station):
            menu_rows.hide_station(act.connection, station.id)
    tell(act, {"what": "emptied", "dishes": len(known.dishes)})


def add(act: Transaction) -> None:
    """Put the sample in, to look around. Raises Refused when there is a menu already."""
    if act.setup.menu.dishes:
        raise Refused("There is a menu already")
    currency = act.setup.settings.shop.currency
    sample = priced_in(read_menu_file(resources() / "demo" / "menu.json"), currency)
    import_menu(act, sample, replace=False)
