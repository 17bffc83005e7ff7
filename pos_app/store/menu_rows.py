"""What becomes of the menu's rows after they were made: their names, their order, their end.

Nothing that an order names is ever deleted: it is hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Table, delete, exists, select, update

from pos_app.domain.menu import Names
from pos_app.store import documents
from pos_app.store.tables import (
    OPEN,
    categories,
    dish_words,
    dishes,
    lines,
    modifiers,
    orders,
    stations,
    tickets,
)


def rename_category(connection: Connection, category_id: int, names: Names) -> None:
    _rename(connection, categories, category_id, names)


def rename_station(connection: Connection, station_id: int, names: Names) -> None:
    _rename(connection, stations, station_id, names)


def _rename(connection: Connection, table: Table, key: int, names: Names) -> None:
    connection.execute(update(table).where(table.c.id == key).values(names=documents.dump(names)))


def place_dishes(connection: Connection, positions: Mapping[int, int]) -> None:
    """Each dish at its position, by id."""
    _place(connection, dishes, positions)


def place_categories(connection: Connection, positions: Mapping[int, int]) -> None:
    _place(connection, categories, positions)


def place_stations(connection: Connection, positions: Mapping[int, int]) -> None:
    _place(connection, stations, positions)


def _place(connection: Connection, table: Table, positions: Mapping[int, int]) -> None:
    for key, position in positions.items():
        connection.execute(update(table).where(table.c.id == key).values(position=position))


def show_dish(connection: Connection, dish_id: int) -> None:
    """A dish that was taken off is on the menu again."""
    connection.execute(update(dishes).where(dishes.c.id == dish_id).values(hidden=False))


def hide_category(connection: Connection, category_id: int, *, hidden: bool = True) -> None:
    _hide(connection, categories, category_id, hidden)


def hide_station(connection: Connection, station_id: int, *, hidden: bool = True) -> None:
    _hide(connection, stations, station_id, hidden)


def _hide(connection: Connection, table: Table, key: int, hidden: bool) -> None:
    connection.execute(update(table).where(table.c.id == key).values(hidden=hidden))


def open_numbers(connection: Connection, station_id: int) -> list[str]:
    """The numbers of open orders that have a ticket at the station, oldest first."""
    query = (
        select(orders.c.number)
        .join(tickets, tickets.c.order_id == orders.c.id)
        .where(OPEN, tickets.c.station_id == station_id)
        .order_by(orders.c.id)
    )
    return list(connection.execute(query).scalars())


def drop_unordered(connection: Connection, dish_ids: Iterable[int]) -> None:
    """Delete those dishes that no order ever named; the others are hidden."""
    for dish_id in dish_ids:
        ordered = select(exists().where(lines.c.dish_id == dish_id))
        if connection.execute(ordered).scalar_one():
            connection.execute(update(dishes).where(dishes.c.id == dish_id).values(hidden=True))
            continue
        connection.execute(delete(modifiers).where(modifiers.c.dish_id == dish_id))
        connection.execute(delete(dish_words).where(dish_words.c.dish_id == dish_id))
        connection.execute(delete(dishes).where(dishes.c.id == dish_id))
