"""The menu and the stations, read whole: a restaurant's menu is small."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, insert, select, update

from pos_app.domain.ids import new_uid
from pos_app.domain.menu import Category, Dish, Menu, Modifier, Names, Station
from pos_app.store import documents, words
from pos_app.store.tables import categories, dishes, modifiers, stations


def read(connection: Connection, *, hidden: bool = False) -> Menu:
    """Everything in the owner's order; with `hidden` also what was taken off."""
    of_dish: dict[int, list[Modifier]] = defaultdict(list)
    for row in connection.execute(select(modifiers).order_by(modifiers.c.position)):
        of_dish[row.dish_id].append(
            Modifier(
                row.id,
                row.uid,
                row.dish_id,
                documents.load(row.names, dict[str, str]),
                documents.load(row.kitchen, dict[str, str]),
                row.price,
                row.choice,
                row.position,
            )
        )
    found_dishes = tuple(
        Dish(
            id=row.id,
            uid=row.uid,
            category_id=row.category_id,
            names=documents.load(row.names, dict[str, str]),
            kitchen=documents.load(row.kitchen, dict[str, str]),
            price=row.price,
            station_id=row.station_id,
            prep_minutes=row.prep_minutes,
            sold_out=row.sold_out,
            position=row.position,
            barcode=row.barcode,
            tax_class=row.tax_class,
            tax_rate_bp=row.tax_rate_bp,
            tax_inclusive=row.tax_inclusive,
            modifiers=tuple(of_dish[row.id]),
            hidden=row.hidden,
        )
        for row in connection.execute(_in_order(dishes, hidden=hidden))
    )
    found_categories = tuple(
        Category(*_named(row)) for row in connection.execute(_in_order(categories, hidden=hidden))
    )
    found_stations = tuple(
        Station(*_named(row)) for row in connection.execute(_in_order(stations, hidden=hidden))
    )
    return Menu(found_categories, found_dishes, found_stations)


def _in_order(table: Table, *, hidden: bool) -> Select[Any]:
    query = select(table).order_by(table.c.position, table.c.id)
    return query if hidden else query.where(~table.c.hidden)


def _named(row: Any) -> tuple[int, str, Names, int, bool]:
    names = documents.load(row.names, dict[str, str])
    return row.id, row.uid, names, row.position, row.hidden


def _add_named(connection: Connection, table: object, names: Names, position: int) -> int:
    result = connection.execute(
        insert(table),  # type: ignore[arg-type]
        {
            "uid": new_uid(),
            "names": documents.dump(names),
            "position": position,
            "hidden": False,
        },
    )
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def add_station(connection: Connection, names: Names, position: int) -> int:
    return _add_named(connection, stations, names, position)


def add_category(connection: Connection, names: Names, position: int) -> int:
    return _add_named(connection, categories, names, position)


def add_dish(connection: Connection, dish: Dish) -> int:
    """Store `dish` (its `id` is ignored) with its modifiers; returns the new id."""
    result = connection.execute(
        insert(dishes),
        {
            "uid": dish.uid,
            "category_id": dish.category_id,
            "station_id": dish.station_id,
            "names": documents.dump(dish.names),
            "kitchen": documents.dump(dish.kitchen),
            "price": dish.price,
            "prep_minutes": dish.prep_minutes,
            "tax_class": dish.tax_class,
            "tax_rate_bp": dish.tax_rate_bp,
            "tax_inclusive": dish.tax_inclusive,
            "barcode": dish.barcode,
            "sold_out": dish.sold_out,
            "hidden": False,
            "position": dish.position,
        },
    )
    dish_id = int(result.inserted_primary_key[0])  # type: ignore[index]
    _add_modifiers(connection, dish_id, dish)
    words.add_dish(connection, dish_id, dish.names, dish.kitchen)
    return dish_id


def _add_modifiers(connection: Connection, dish_id: int, dish: Dish) -> None:
    for modifier in dish.modifiers:
        connection.execute(
            insert(modifiers),
            {
                "uid": modifier.uid,
                "dish_id": dish_id,
                "names": documents.dump(modifier.names),
                "kitchen": documents.dump(modifier.kitchen),
                "price": modifier.price,
                "choice": modifier.choice,
                "position": modifier.position,
            },
        )


def change_dish(connection: Connection, dish_id: int, dish: Dish) -> None:
    """Make the stored dish `dish_id` what `dish` says; its id, uid and stop list mark stay.

    It is on the menu then, if it was not.
    """
    connection.execute(
        update(dishes)
        .where(dishes.c.id == dish_id)
        .values(
            category_id=dish.category_id,
            station_id=dish.station_id,
            names=documents.dump(dish.names),
            kitchen=documents.dump(dish.kitchen),
            price=dish.price,
            prep_minutes=dish.prep_minutes,
            barcode=dish.barcode,
            position=dish.position,
            hidden=False,
        )
    )
    # Orders have frozen what they ordered: no row refers to a modifier.
    connection.execute(delete(modifiers).where(modifiers.c.dish_id == dish_id))
    _add_modifiers(connection, dish_id, dish)
    words.add_dish(connection, dish_id, dish.names, dish.kitchen)


def hide_dish(connection: Connection, dish_id: int) -> None:
    """Take a dish off the menu; old orders still refer to it."""
    connection.execute(update(dishes).where(dishes.c.id == dish_id).values(hidden=True))


def mark_sold_out(connection: Connection, dish_id: int, sold_out: bool) -> None:
    connection.execute(update(dishes).where(dishes.c.id == dish_id).values(sold_out=sold_out))
