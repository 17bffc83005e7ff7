"""Categories and stations: added, renamed, moved, and removed once nothing stands on them."""

from __future__ import annotations

from pos_app.desk.menu_checking import checked_place
from pos_app.desk.menu_dishes import places_after, tell
from pos_app.desk.transaction import Transaction
from pos_app.domain.menu import Category, Names, Station
from pos_app.errors import NotFound, Refused
from pos_app.language import pick
from pos_app.store import menu, menu_rows

_MOST_NAMED = 5


def add_category(act: Transaction, names: Names) -> int:
    """A category behind the last one; returns its id. Raises BadInput naming the field."""
    known = act.setup.menu.categories
    found = checked_place(names, known)
    position = max((one.position for one in known), default=-1) + 1
    category_id = menu.add_category(act.connection, found, position)
    tell(act, {"category_id": category_id, "what": "added"})
    return category_id


def rename_category(act: Transaction, category_id: int, names: Names) -> None:
    """Raises BadInput naming the field, NotFound."""
    _category(act, category_id)
    found = checked_place(names, act.setup.menu.categories, category_id)
    menu_rows.rename_category(act.connection, category_id, found)
    tell(act, {"category_id": category_id, "what": "renamed"})


def move_category(act: Transaction, category_id: int, by: int) -> None:
    """Move it by so many places; it stops at the ends."""
    _category(act, category_id)
    if places := places_after(act.setup.menu.categories, category_id, by):
        menu_rows.place_categories(act.connection, places)
        tell(act, {"category_id": category_id, "what": "moved"})


def remove_category(act: Transaction, category_id: int) -> None:
    """Raises Refused while a dish stands in it."""
    _category(act, category_id)
    standing = act.setup.menu.of_category(category_id)
    if standing:
        raise Refused(
            "Dishes stand in this category",
            "{dishes}.",
            "Take them off the menu or give them another category.",
            dishes=_named(act, [dish.names for dish in standing]),
        )
    menu_rows.hide_category(act.connection, category_id)
    tell(act, {"category_id": category_id, "what": "removed"})


def add_station(act: Transaction, names: Names) -> int:
    """A station behind the last one; returns its id. Raises BadInput naming the field."""
    known = act.setup.menu.stations
    found = checked_place(names, known)
    position = max((one.position for one in known), default=-1) + 1
    station_id = menu.add_station(act.connection, found, position)
    tell(act, {"station_id": station_id, "what": "added"})
    return station_id


def rename_station(act: Transaction, station_id: int, names: Names) -> None:
    """Raises BadInput naming the field, NotFound."""
    _station(act, station_id)
    found = checked_place(names, act.setup.menu.stations, station_id)
    menu_rows.rename_station(act.connection, station_id, found)
    tell(act, {"station_id": station_id, "what": "renamed"})


def move_station(act: Transaction, station_id: int, by: int) -> None:
    """Move it by so many places; it stops at the ends."""
    _station(act, station_id)
    if places := places_after(act.setup.menu.stations, station_id, by):
        menu_rows.place_stations(act.connection, places)
        tell(act, {"station_id": station_id, "what": "moved"})


def remove_station(act: Transaction, station_id: int) -> None:
    """Raises Refused while a dish, an open order, a printer or a screen needs it."""
    station = _station(act, station_id)
    if dishes := [d.names for d in act.setup.menu.dishes if d.station_id == station_id]:
        raise Refused(
            "Dishes are made at this station",
            "{dishes}.",
            "Give them another station first.",
            dishes=_named(act, dishes),
        )
    if numbers := menu_rows.open_numbers(act.connection, station_id):
        raise Refused(
            "Open orders stand at this station",
            "{numbers}.",
            "Remove it when they are done.",
            numbers=_listed(numbers),
        )
    if printers := [p.name for p in act.setup.printers if station_id in p.station_ids]:
        raise Refused(
            "A printer prints for this station",
            "{printers}.",
            "Change it under Printers first.",
            printers=_listed(printers),
        )
    if screens := [k.name for k in act.setup.screens if k.screen.station == station.uid]:
        raise Refused(
            "A screen shows this station",
            "{screens}.",
            "Change it under Screens first.",
            screens=_listed(screens),
        )
    menu_rows.hide_station(act.connection, station_id)
    tell(act, {"station_id": station_id, "what": "removed"})


def is_used(act: Transaction, station: Station) -> bool:
    """Whether an open order, a printer or a screen needs the station, dishes aside."""
    return (
        any(station.id in printer.station_ids for printer in act.setup.printers)
        or any(known.screen.station == station.uid for known in act.setup.screens)
        or bool(menu_rows.open_numbers(act.connection, station.id))
    )


def _category(act: Transaction, category_id: int) -> Category:
    for one in act.setup.menu.categories:
        if one.id == category_id:
            return one
    raise NotFound("There is no such category")


def _station(act: Transaction, station_id: int) -> Station:
    for one in act.setup.menu.stations:
        if one.id == station_id:
            return one
    raise NotFound("There is no such station")


def _named(act: Transaction, found: list[Names]) -> str:
    return _listed([pick(names, act.setup.settings.shop.language) for names in found])


def _listed(names: list[str]) -> str:
    """`Cola, Lemonade, Tea …`: the first ones, and that there are more."""
    first = ", ".join(names[:_MOST_NAMED])
    return first if len(names) <= _MOST_NAMED else f"{first} …"
