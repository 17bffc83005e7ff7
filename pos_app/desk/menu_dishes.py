"""One dish of the menu: added, changed, taken off and put back, moved among its neighbours.

Orders have frozen what they ordered, so no change here reaches one that was placed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pos_app.desk import setup
from pos_app.desk.menu_checking import checked
from pos_app.desk.transaction import Transaction
from pos_app.domain.ids import new_uid
from pos_app.domain.menu import Category, Dish, Menu, Names, Station
from pos_app.errors import ChangedMeanwhile, NotFound, Refused
from pos_app.language import LANGUAGES, Texts
from pos_app.store import menu, menu_rows

CHANGED = "menu_changed"


def add(act: Transaction, dish: Dish) -> int:
    """Add `dish` behind the last one of its category; returns its id.

    Raises BadInput naming the field. Where the shop has no station yet, there is one now.
    """
    known = _with_a_station(act)
    if not dish.station_id:
        dish = replace(dish, station_id=known.stations[0].id)
    found = checked(replace(dish, id=0, uid=new_uid()), known)
    dish_id = menu.add_dish(act.connection, replace(found, position=_behind(known)))
    tell(act, {"dish_id": dish_id, "what": "added"})
    return dish_id


def change(act: Transaction, seen: Dish, wanted: Dish) -> None:
    """Make the dish that was `seen` what is `wanted`. Raises BadInput naming the field.

    Raises ChangedMeanwhile when it is no longer what was seen; its stop list mark and its place
    in the menu do not count.
    """
    now = _on_menu(act, seen.id)
    if not is_same(now, seen):
        raise ChangedMeanwhile("Somebody has changed this dish meanwhile")
    found = checked(replace(wanted, id=now.id, uid=now.uid), act.setup.menu)
    moves = found.category_id != now.category_id
    position = _behind(act.setup.menu) if moves else now.position
    menu.change_dish(act.connection, now.id, replace(found, position=position))
    tell(act, {"dish_id": now.id, "what": "changed"})


def take_off(act: Transaction, dish_id: int) -> None:
    """Nobody can order it any more; what was ordered keeps its name."""
    _on_menu(act, dish_id)
    menu.hide_dish(act.connection, dish_id)
    tell(act, {"dish_id": dish_id, "what": "taken_off"})


def put_back(act: Transaction, dish_id: int) -> None:
    """A dish that was taken off can be ordered again; its category and station come with it."""
    whole = menu.read(act.connection, hidden=True)
    dish = whole.dish(dish_id)
    if dish is None:
        raise NotFound("There is no such dish")
    if not dish.hidden:
        return
    names = {name.casefold() for name in dish.names.values()}
    for other in act.setup.menu.dishes:
        if names & {name.casefold() for name in other.names.values()}:
            raise Refused(
                "There is another dish of this name on the menu",
                hint="Rename or take off that one first.",
            )
    menu_rows.hide_category(act.connection, dish.category_id, hidden=False)
    menu_rows.hide_station(act.connection, dish.station_id, hidden=False)
    menu_rows.show_dish(act.connection, dish_id)
    tell(act, {"dish_id": dish_id, "what": "put_back"})


def move(act: Transaction, dish_id: int, by: int) -> None:
    """Move a dish by so many places among those of its category; it stops at the ends."""
    dish = _on_menu(act, dish_id)
    known = act.setup.menu
    found = [other for other in known.dishes if other.category_id == dish.category_id]
    if places := places_after(found, dish_id, by):
        menu_rows.place_dishes(act.connection, places)
        tell(act, {"dish_id": dish_id, "what": "moved"})


def places_after(
    found: Sequence[Dish] | Sequence[Category] | Sequence[Station], key: int, by: int
) -> dict[int, int]:
    """The new positions, by id, once the one of the id `key` has moved; nothing at the ends.

    The places that these had are dealt out anew, so that nothing else moves.
    """
    ids = [one.id for one in found]
    at = ids.index(key)
    to = min(max(at + by, 0), len(ids) - 1)
    if to == at:
        return {}
    ids.insert(to, ids.pop(at))
    positions = sorted(one.position for one in found)
    if len(set(positions)) < len(positions):
        # An import has given two of them one place.
        positions = list(range(positions[0], positions[0] + len(positions)))
    before = {one.id: one.position for one in found}
    return {one: place for one, place in zip(ids, positions, strict=True) if before[one] != place}


def is_same(one: Dish, other: Dish) -> bool:
    """Whether both say the same, their place and their stop list mark aside."""
    return _said(one) == _said(other)


def _said(dish: Dish) -> Dish:
    modifiers = tuple(replace(m, id=0, dish_id=0, position=0) for m in dish.modifiers)
    return replace(dish, sold_out=False, position=0, modifiers=modifiers)


def tell(act: Transaction, payload: dict[str, Any]) -> None:
    """Journal a change of the menu, and let every window read it."""
    act.record(CHANGED, None, payload)
    setup.touch(act.connection)


def usual_station() -> Names:
    """What a shop's first station is called that nobody has named."""
    return {language: Texts(language).gettext("Kitchen") for language in LANGUAGES}


def _with_a_station(act: Transaction) -> Menu:
    known = act.setup.menu
    if known.stations:
        return known
    menu.add_station(act.connection, usual_station(), 0)
    return menu.read(act.connection)


def _on_menu(act: Transaction, dish_id: int) -> Dish:
    found = act.setup.menu.dish(dish_id)
    if found is None:
        raise NotFound(
            "This dish is no longer on the menu", hint="Somebody has taken it off meanwhile."
        )
    return found


def _behind(known: Menu) -> int:
    return max((dish.position for dish in known.dishes), default=-1) + 1
