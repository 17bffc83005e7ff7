"""What a file would make of the menu, before anything is written: new, changed, off, and wrong.

New categories and stations have no id yet: dishes name them by -1, -2 … in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pos_app.desk import setup
from pos_app.desk.menu_dishes import is_same
from pos_app.desk.transaction import Transaction
from pos_app.domain.menu import Category, Dish, Menu, Names, Station, folded
from pos_app.errors import BadInput, ChangedMeanwhile
from pos_app.store import menu, menu_rows


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a dish of the file is left out. `line` of the file, 0 where it has no lines."""

    line: int
    error: BadInput


@dataclass(frozen=True, slots=True)
class Change:
    old: Dish
    new: Dish


@dataclass(frozen=True, slots=True)
class Wanted:
    """One dish as the file says it. `old` is the one it stands for, None for a new one."""

    line: int
    path: str
    dish: Dish
    old: Dish | None


@dataclass(frozen=True, slots=True)
class Plan:
    """`same` dishes stay as they are; `changed` holds those too that come back to the menu.

    `held` would go off the menu, but a line that cannot be read may be theirs: they stay.
    `back` are ids of categories and of stations that come back; `unread` the headings of a table
    that say nothing here; `seen` the whole menu that this was planned for.
    """

    seen: Menu = field(repr=False)
    added: tuple[Dish, ...] = ()
    changed: tuple[Change, ...] = ()
    same: tuple[Dish, ...] = ()
    off: tuple[Dish, ...] = ()
    held: tuple[Dish, ...] = ()
    faults: tuple[Fault, ...] = ()
    new_categories: tuple[Names, ...] = ()
    new_stations: tuple[Names, ...] = ()
    back: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
    unread: tuple[str, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        return not (self.added or self.changed or self.off or self.new_categories)


class Places:
    """Categories or stations of a file, found among those of the shop or counted as new."""

    def __init__(self, known: Sequence[Category] | Sequence[Station]) -> None:
        # Those that are in use come first: one of them is meant rather than one that was removed.
        self._known: list[Category | Station] = sorted(known, key=lambda one: one.hidden)
        self.new: list[Names] = []
        self.back: set[int] = set()

    def of(self, names: Names, uid: str = "") -> int:
        """The id of the place of this uid, or of a name in whatever language."""
        wanted = {folded(name) for name in names.values()}
        for old in self._known:
            if old.uid == uid or wanted & {folded(name) for name in old.names.values()}:
                if old.hidden:
                    self.back.add(old.id)
                return old.id
        for place, before in enumerate(self.new, start=1):
            if wanted & {folded(name) for name in before.values()}:
                return -place
        self.new.append(names)
        return -len(self.new)

    def again(self, known_id: int) -> int:
        """A place that a dish keeps; it comes back where it was removed."""
        if any(one.id == known_id and one.hidden for one in self._known):
            self.back.add(known_id)
        return known_id

    def first(self) -> int | None:
        """The first one that is in use, or that is new; None when there is none."""
        if self._known and not self._known[0].hidden:
            return self._known[0].id
        return -1 if self.new else None


def found(whole: Menu, uid: str, names: Names, path: str) -> Dish | None:
    """The dish of this uid, else the one called so; one that was taken off comes last.

    Raises BadInput when several on the menu are called so.
    """
    for dish in whole.dishes:
        if dish.uid == uid:
            return dish
    wanted = {folded(name) for name in names.values()}
    called = [
        dish for dish in whole.dishes if wanted & {folded(name) for name in dish.names.values()}
    ]
    on = [dish for dish in called if not dish.hidden]
    if len(on) > 1:
        raise BadInput(path, "More than one dish has this name", hint="Give its id.")
    return next(iter(on or called), None)


def planned(
    whole: Menu,
    wanted: Sequence[Wanted],
    faults: Sequence[Fault],
    categories: Places,
    stations: Places,
    *,
    replace_all: bool,
    unread: Sequence[str] = (),
) -> Plan:
    """The plan of what is `wanted`; with `replace_all` what is not named goes off the menu."""
    wrong = list(faults)
    good: list[Wanted] = []
    seen: set[str] = set()
    owners = {m.uid: dish.id for dish in whole.dishes for m in dish.modifiers}
    for place, one in enumerate(wanted, start=1):
        try:
            _refuse_twice(one, seen)
            _refuse_borrowed(one, one.old.id if one.old is not None else -place, owners)
        except BadInput as error:
            wrong.append(Fault(one.line, error))
        else:
            good.append(one)
    named = {one.old.id for one in good if one.old is not None}
    known = [one for one in good if one.old is not None]
    changed = [
        Change(one.old, one.dish)
        for one in known
        if one.old is not None and (one.old.hidden or not _stays(one.old, one.dish))
    ]
    rest = whole.dishes if replace_all else ()
    unnamed = tuple(dish for dish in rest if not dish.hidden and dish.id not in named)
    touched = {change.old.id for change in changed}
    return Plan(
        whole,
        added=tuple(one.dish for one in good if one.old is None),
        changed=tuple(changed),
        same=tuple(one.dish for one in known if one.dish.id not in touched),
        off=() if wrong else unnamed,
        held=unnamed if wrong else (),
        faults=tuple(sorted(wrong, key=lambda fault: fault.line)),
        new_categories=tuple(categories.new),
        new_stations=tuple(stations.new),
        back=(frozenset(categories.back), frozenset(stations.back)),
        unread=tuple(unread),
    )


def _stays(old: Dish, new: Dish) -> bool:
    return is_same(old, new) and old.position == new.position


def _refuse_twice(one: Wanted, seen: set[str]) -> None:
    if one.dish.uid in seen:
        raise BadInput(one.path, "This dish comes twice")
    seen.add(one.dish.uid)


def _refuse_borrowed(one: Wanted, own: int, owners: dict[str, int]) -> None:
    """A modifier's id names one modifier of one dish. `own` is whatever tells this dish."""
    mine: set[str] = set()
    for position, modifier in enumerate(one.dish.modifiers):
        if modifier.uid in mine or owners.get(modifier.uid, own) != own:
            raise BadInput(
                f"{one.path}.modifiers[{position}].id", "This id belongs to another modifier"
            )
        mine.add(modifier.uid)
    owners.update(dict.fromkeys(mine, own))


def bring_in(act: Transaction, plan: Plan) -> None:
    """Do what `plan` says. Raises ChangedMeanwhile when the menu is no longer the one it saw."""
    now = menu.read(act.connection, hidden=True)
    if not _is_same_menu(now, plan.seen):
        raise ChangedMeanwhile(
            "The menu was changed meanwhile", hint="Look at what the file would do now."
        )
    connection = act.connection
    categories = {
        -place: menu.add_category(connection, names, _behind(now.categories) + place)
        for place, names in enumerate(plan.new_categories, start=1)
    }
    stations = {
        -place: menu.add_station(connection, names, _behind(now.stations) + place)
        for place, names in enumerate(plan.new_stations, start=1)
    }
    for category_id in plan.back[0]:
        menu_rows.hide_category(connection, category_id, hidden=False)
    for station_id in plan.back[1]:
        menu_rows.hide_station(connection, station_id, hidden=False)

    def settled(dish: Dish) -> Dish:
        return replace(
            dish,
            category_id=categories.get(dish.category_id, dish.category_id),
            station_id=stations.get(dish.station_id, dish.station_id),
        )

    for dish in plan.added:
        menu.add_dish(connection, settled(dish))
    for change in plan.changed:
        menu.change_dish(connection, change.old.id, settled(change.new))
    for dish in plan.off:
        menu.hide_dish(connection, dish.id)
    act.record(
        "menu_imported",
        None,
        {"added": len(plan.added), "changed": len(plan.changed), "hidden": len(plan.off)},
    )
    setup.touch(connection)


def _behind(places: Sequence[Category] | Sequence[Station]) -> int:
    return max((one.position for one in places), default=-1)


def _is_same_menu(one: Menu, other: Menu) -> bool:
    if (one.categories, one.stations) != (other.categories, other.stations):
        return False
    if len(one.dishes) != len(other.dishes):
        return False
    others = {dish.id: dish for dish in other.dishes}
    return all(dish.id in others and is_same(dish, others[dish.id]) for dish in one.dishes)
