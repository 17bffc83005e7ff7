"""The rows of a table as dishes: what a row does not say stays as it is with a dish that is known.

A new dish needs a price; without a category or a station it gets the first one of the shop.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pos_app.desk import menu_plan
from pos_app.desk.menu_checking import checked_names
from pos_app.desk.menu_dishes import usual_station
from pos_app.desk.menu_plan import Fault, Places, Plan, Wanted
from pos_app.desk.menu_table import Row, Table
from pos_app.desk.menus import (
    LARGEST_PRICE,
    LONGEST_BARCODE,
    LONGEST_PREP_MINUTES,
    kitchen_names,
)
from pos_app.domain.ids import new_uid
from pos_app.domain.menu import KITCHEN_NAME_LENGTH, Dish, Menu, Names, folded
from pos_app.domain.money import parse_price
from pos_app.errors import BadInput
from pos_app.fields import clean
from pos_app.language import LANGUAGES, Texts

USUAL_PREP_MINUTES = 10
_MINUTES = re.compile(r"([0-9]{1,4})\s*(?:min|minutes|хв|хвилин)?\.?", re.IGNORECASE)


def plan_table(
    table: Table, whole: Menu, currency: str, language: str, *, replace_all: bool
) -> Plan:
    """What `table` would make of the `whole` menu; plain headings are of `language`."""
    reading = _Reading(whole, currency, language)
    wanted: list[Wanted] = []
    faults = list(table.faults)
    for row in table.rows:
        try:
            wanted.append(reading.wanted(row))
        except BadInput as error:
            faults.append(Fault(row.line, error))
    return menu_plan.planned(
        whole,
        wanted,
        faults,
        reading.categories,
        reading.stations,
        replace_all=replace_all,
        unread=table.unread,
    )


class _Reading:
    """Row by row, because each may name a category that the next one is in as well."""

    def __init__(self, whole: Menu, currency: str, language: str) -> None:
        self._whole, self._currency, self._language = whole, currency, language
        self.categories = Places(whole.categories)
        self.stations = Places(whole.stations)
        self._next = max((dish.position for dish in whole.dishes), default=-1) + 1
        self._new: set[str] = set()

    def wanted(self, row: Row) -> Wanted:
        """Raises BadInput naming the column; a row that is refused brings no new category."""
        names = self._names(row, "name")
        old = menu_plan.found(self._whole, "", checked_names(names, "name"), "name")
        if old is None:
            said = {folded(name) for name in names.values()}
            if said & self._new:
                raise BadInput("name", "This dish comes twice")
            self._new |= said
        price = self._price(row, old)
        minutes = self._minutes(row, old)
        barcode = (
            clean(row.cells["barcode"], "barcode", LONGEST_BARCODE)
            if "barcode" in row.cells
            else None
        )
        all_names = (old.names if old is not None else {}) | names
        kitchen = self._kitchen(row, old, all_names)
        base = old or Dish(0, new_uid(), 0, {}, {}, 0, 0, 0, False, self._take_position())
        dish = replace(
            base,
            names=all_names,
            kitchen=kitchen,
            price=price,
            prep_minutes=minutes,
            barcode=base.barcode if barcode is None else barcode,
            category_id=self._place(row, "category", self.categories, base.category_id),
            station_id=self._place(row, "station", self.stations, base.station_id),
            hidden=False,
        )
        return Wanted(row.line, "name", dish, old)

    def _names(self, row: Row, what: str) -> Names:
        found = {
            column.partition(".")[2] or self._language: cell
            for column, cell in row.cells.items()
            if column.partition(".")[0] == what and cell
        }
        return {spoken: clean(name, what) for spoken, name in found.items()}

    def _price(self, row: Row, old: Dish | None) -> int:
        typed = row.cells.get("price", "")
        if not typed:
            if old is None:
                raise BadInput("price", "A new dish needs a price")
            return old.price
        price = parse_price(typed, self._currency, "price")
        if not 0 <= price <= LARGEST_PRICE:
            raise BadInput("price", "A price is from 0 to a thousand million")
        return price

    def _minutes(self, row: Row, old: Dish | None) -> int:
        typed = row.cells.get("minutes", "")
        if not typed:
            return USUAL_PREP_MINUTES if old is None else old.prep_minutes
        found = _MINUTES.fullmatch(typed)
        if found is None or int(found[1]) > LONGEST_PREP_MINUTES:
            raise BadInput("minutes", "From 0 to {most} minutes", most=LONGEST_PREP_MINUTES)
        return int(found[1])

    def _kitchen(self, row: Row, old: Dish | None, names: Names) -> Names:
        said = self._names(row, "kitchen")
        if any(len(name) > KITCHEN_NAME_LENGTH for name in said.values()):
            raise BadInput("kitchen", "At most {most} characters", most=KITCHEN_NAME_LENGTH)
        return kitchen_names((old.kitchen if old is not None else {}) | said, names)

    def _place(self, row: Row, what: str, places: Places, now: int) -> int:
        typed = clean(row.cells.get(what, ""), what)
        if typed:
            return places.of({self._language: typed})
        if now:
            # It comes back with its dish, where it was removed.
            return places.again(now)
        first = places.first()
        if first is not None:
            return first
        return places.of(usual_station() if what == "station" else _usual_category())

    def _take_position(self) -> int:
        self._next += 1
        return self._next - 1


def _usual_category() -> Names:
    return {language: Texts(language).gettext("Menu") for language in LANGUAGES}
