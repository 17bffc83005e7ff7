"""The menu as its owner keeps it: dishes, categories, stations, and files of them."""

from __future__ import annotations

from pos_app.changes import MenuChanged
from pos_app.desk import (
    menu_dishes,
    menu_exchange,
    menu_places,
    menu_plan,
    menu_sample,
    menu_table,
    menu_table_plan,
    menus,
)
from pos_app.desk.doors import Doors
from pos_app.desk.menu_plan import Plan
from pos_app.domain.menu import Dish, Names
from pos_app.errors import BadInput
from pos_app.store import menu

LARGEST_FILE = 4_000_000


class MenuDesk:
    """One method is one transaction. Names are by language code, prices in minor units.

    What cannot be read raises BadInput with its field as `menu_checking` names them.
    """

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    # Dishes

    def off(self) -> tuple[Dish, ...]:
        """Dishes that were taken off, in the order in which they stood."""
        with self._doors.database.read() as connection:
            return tuple(d for d in menu.read(connection, hidden=True).dishes if d.hidden)

    def add_dish(self, dish: Dish) -> int:
        """Add a dish (its id, uid and position are ignored); returns its id."""
        with self._doors.act() as act:
            dish_id = menu_dishes.add(act, dish)
        self._tell()
        return dish_id

    def change_dish(self, seen: Dish, wanted: Dish) -> None:
        """Make the dish that was `seen` what is `wanted`. Raises ChangedMeanwhile, NotFound."""
        with self._doors.act() as act:
            menu_dishes.change(act, seen, wanted)
        self._tell()

    def take_off(self, dish_id: int) -> None:
        """Nobody can order it any more. Raises NotFound."""
        with self._doors.act() as act:
            menu_dishes.take_off(act, dish_id)
        self._tell()

    def put_back(self, dish_id: int) -> None:
        """It can be ordered again. Raises Refused where its name is taken meanwhile."""
        with self._doors.act() as act:
            menu_dishes.put_back(act, dish_id)
        self._tell()

    def move_dish(self, dish_id: int, by: int) -> None:
        """Move it by so many places among those of its category."""
        with self._doors.act() as act:
            menu_dishes.move(act, dish_id, by)
        self._tell()

    # Categories and stations

    def add_category(self, names: Names) -> int:
        """Returns its id."""
        with self._doors.act() as act:
            category_id = menu_places.add_category(act, names)
        self._tell()
        return category_id

    def rename_category(self, category_id: int, names: Names) -> None:
        with self._doors.act() as act:
            menu_places.rename_category(act, category_id, names)
        self._tell()

    def move_category(self, category_id: int, by: int) -> None:
        with self._doors.act() as act:
            menu_places.move_category(act, category_id, by)
        self._tell()

    def remove_category(self, category_id: int) -> None:
        """Raises Refused while a dish stands in it."""
        with self._doors.act() as act:
            menu_places.remove_category(act, category_id)
        self._tell()

    def add_station(self, names: Names) -> int:
        """Returns its id."""
        with self._doors.act() as act:
            station_id = menu_places.add_station(act, names)
        self._tell()
        return station_id

    def rename_station(self, station_id: int, names: Names) -> None:
        with self._doors.act() as act:
            menu_places.rename_station(act, station_id, names)
        self._tell()

    def move_station(self, station_id: int, by: int) -> None:
        with self._doors.act() as act:
            menu_places.move_station(act, station_id, by)
        self._tell()

    def remove_station(self, station_id: int) -> None:
        """Raises Refused while a dish, an open order, a printer or a screen needs it."""
        with self._doors.act() as act:
            menu_places.remove_station(act, station_id)
        self._tell()

    # The sample

    def is_sample(self) -> bool:
        """Whether the menu is still the one that ships with the program."""
        return menu_sample.is_sample(self._doors.setup().menu)

    def remove_sample(self) -> None:
        """Begin with an empty menu. Raises Refused when the menu is the shop's own."""
        with self._doors.act() as act:
            menu_sample.remove(act)
        self._tell()

    def add_sample(self) -> None:
        """Put the sample in. Raises Refused when there is a menu already."""
        with self._doors.act() as act:
            menu_sample.add(act)
        self._tell()

    # Files

    def document(self) -> str:
        """The whole menu as JSON."""
        setup = self._doors.setup()
        return menu_exchange.export_menu(setup.menu, setup.settings.shop.currency).decode()

    def table(self) -> str:
        """The menu as a table for a spreadsheet, without modifiers."""
        setup = self._doors.setup()
        shop = setup.settings.shop
        return menu_table.written(setup.menu, shop.currency, shop.language)

    def plan(self, raw: bytes, *, replace_all: bool = False) -> Plan:
        """What a file, JSON or a table, would make of the menu; nothing is written.

        Raises BadInput when it is neither.
        """
        if len(raw) > LARGEST_FILE:
            raise BadInput("file", "The menu is larger than 4 MB")
        shop = self._doors.setup().settings.shop
        with self._doors.database.read() as connection:
            whole = menu.read(connection, hidden=True)
        if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            file = menus.parse_menu(raw.removeprefix(b"\xef\xbb\xbf"))
            return menu_exchange.plan_file(file, whole, shop.currency, replace_all=replace_all)
        table = menu_table.read(raw, shop.language)
        return menu_table_plan.plan_table(
            table, whole, shop.currency, shop.language, replace_all=replace_all
        )

    def bring_in(self, plan: Plan) -> None:
        """Do what `plan` says, leaving out its faults. Raises ChangedMeanwhile."""
        with self._doors.act() as act:
            menu_plan.bring_in(act, plan)
        self._tell()

    def _tell(self) -> None:
        self._doors.feed.publish(MenuChanged())
