"""What a file would do to the menu, in words: a heading and lines for each kind of change."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pos_app.desk.menu_plan import Fault, Plan
from pos_app.desk.setup import Setup
from pos_app.domain.menu import Dish, Names
from pos_app.domain.money import show
from pos_app.language import pick
from ui.settings.menu.differences import differences
from ui.words import _, language, ngettext, sentences, told

_DISH = re.compile(r"dishes\[(\d+)\]\.?(.*)")


@dataclass(frozen=True, slots=True)
class Part:
    """`key` is stable; `role` is how its lines look."""

    key: str
    title: str
    lines: tuple[str, ...]
    role: str = "second"


def parts(plan: Plan, setup: Setup) -> list[Part]:
    """Only those that have something to say; what is wrong comes first."""
    count = len(plan.faults)
    wrong = ngettext("{count} line cannot be read", "{count} lines cannot be read", count)
    found = [
        Part("faults", wrong.format(count=count), tuple(map(fault_words, plan.faults)), "error"),
        Part(
            "added",
            _("New: {count}").format(count=len(plan.added)),
            tuple(_new(dish, setup) for dish in plan.added),
        ),
        Part(
            "changed",
            _("Changed: {count}").format(count=len(plan.changed)),
            tuple(
                f"{_name(change.new)}: {', '.join(differences(change.old, change.new, setup))}"
                for change in plan.changed
            ),
        ),
        Part(
            "off",
            _("Taken off the menu: {count}").format(count=len(plan.off)),
            tuple(_name(dish) for dish in plan.off),
        ),
        Part(
            "held",
            _("Stay on the menu while lines cannot be read: {count}").format(count=len(plan.held)),
            tuple(_name(dish) for dish in plan.held),
        ),
        Part("categories", _("New categories"), _names(plan.new_categories)),
        Part("stations", _("New stations"), _names(plan.new_stations)),
        Part("unread", _("Columns that say nothing here"), plan.unread),
    ]
    return [part for part in found if part.lines]


def fault_words(fault: Fault) -> str:
    """`Line 4, Price: “free” is not an amount.`"""
    words = told(fault.error)
    said = sentences(words.title, words.message, words.hint)
    path = fault.error.field
    place = _("Line {line}").format(line=fault.line) if fault.line else ""
    if inside := _DISH.fullmatch(path):
        place = _("Dish {place}").format(place=int(inside[1]) + 1)
        path = inside[2]
    column = _column(path)
    where = ", ".join(part for part in (place, column) if part)
    return f"{where}: {said}"


def _column(path: str) -> str:
    known = {
        "name": _("Dish name"),
        "names": _("Dish name"),
        "price": _("Price"),
        "category": _("Category"),
        "station": _("Station"),
        "minutes": _("Minutes"),
        "prep_minutes": _("Minutes"),
        "kitchen": _("Kitchen name"),
        "barcode": _("Barcode"),
        "line": "",
    }
    return known.get(path.partition(".")[0], path)


def _new(dish: Dish, setup: Setup) -> str:
    price = show(dish.price, setup.settings.shop.currency, language())
    return f"{_name(dish)} · {price}"


def _name(dish: Dish) -> str:
    return pick(dish.names, language())


def _names(found: tuple[Names, ...]) -> tuple[str, ...]:
    return tuple(pick(names, language()) for names in found)
