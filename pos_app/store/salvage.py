"""A new store from what can be read of a damaged one. The damaged file is never written to.

Rows come page by page (`damaged_pages.py`); what fits into its table (`row_shapes.py`) and refers
to rows that are there is kept. What the rows then mean is put right by the desk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Table, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from pos_app.clock import Instant
from pos_app.domain.ids import new_uid
from pos_app.store import documents, lanes, words
from pos_app.store.damaged_pages import DamagedFile, Unreadable, Value
from pos_app.store.database import Database
from pos_app.store.page_homes import find_homes
from pos_app.store.pausing import CATCH_UP
from pos_app.store.row_shapes import Shape, shapes
from pos_app.store.schema import create_store
from pos_app.store.tables import (
    categories,
    dish_words,
    dishes,
    leases,
    messages,
    metadata,
    orders,
    people,
    people_words,
    stations,
    statuses,
    store,
)

# Rows that keep their worth without whom they speak of.
_MAY_FORGET = ("orders", "messages", "recorded_texts")
# What follows from other rows is made anew.
_DERIVED = (people_words.name, dish_words.name)
_LONG_AGO = 1


@dataclass(slots=True)
class Found:
    """Rows by table: `kept`, `unreadable` on a page that is readable, `homeless` (they refer to
    lost rows). `damaged_pages` held rows that nobody can count; `strays` are pages that had lost
    their place and were given back. `lost_orders` are ids that other rows name.
    """

    kept: Counter[str] = field(default_factory=Counter)
    unreadable: Counter[str] = field(default_factory=Counter)
    homeless: Counter[str] = field(default_factory=Counter)
    lost_orders: set[int] = field(default_factory=set)
    damaged_pages: int = 0
    strays: int = 0
    is_same_store: bool = False


def salvage(damaged: Path, new: Path, now: Instant) -> tuple[Database, Found]:
    """Make the store `new` from `damaged`; its open database, and what was found.

    Raises StoreError when `new` cannot be written.
    """
    file, found = DamagedFile(damaged), Found()
    database = create_store(new, practice=False, now=now)
    try:
        with database.write() as connection:
            wanted = {name: s for name, s in shapes(connection).items() if name not in _DERIVED}
            homes = find_homes(file, wanted, _usual_roots(connection))
            found.strays, found.damaged_pages = homes.strays, len(homes.damaged)
            for table in metadata.sorted_tables:
                if table.name in _DERIVED:
                    continue
                rows = _rows(file, homes.leaves[table.name], wanted[table.name], found)
                _keep(connection, table, rows, found)
            words.fill(connection)
            _hold_messages(connection)
    except BaseException:
        database.close()
        raise
    return database, found


def _usual_roots(connection: Connection) -> dict[str, int]:
    known = text("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'")
    roots = {row.name: row.rootpage for row in connection.execute(known)}
    return {name: root for name, root in roots.items() if name not in _DERIVED}


def _rows(
    file: DamagedFile, leaves: list[int], shape: Shape, found: Found
) -> Iterator[dict[str, Value]]:
    for number in leaves:
        try:
            for row in file.rows(number):
                values = None if row is None else shape.read(row)
                if values is None:
                    found.unreadable[shape.table] += 1
                else:
                    yield values
        except Unreadable:
            continue


def _keep(
    connection: Connection, table: Table, rows: Iterator[dict[str, Value]], found: Found
) -> None:
    for values in rows:
        if table is store:
            _take_identity(connection, values, found)
            continue
        _mend(connection, table, values)
        try:
            connection.execute(insert(table), values)
        except IntegrityError:
            found.homeless[table.name] += 1
            order_id = values.get("order_id")
            if isinstance(order_id, int) and not _is_there(connection, orders, order_id):
                found.lost_orders.add(order_id)
        else:
            found.kept[table.name] += 1


def _mend(connection: Connection, table: Table, values: dict[str, Value]) -> None:
    """What the row refers to and can do without, or can have anew."""
    if table is statuses:
        connection.execute(delete(statuses).where(statuses.c.id == values["id"]))
    if table.name in _MAY_FORGET and not _is_there(connection, people, values["people_id"]):
        values["people_id"] = None
    if table is orders and not _is_there(connection, statuses, values["status"]):
        values["status"] = values["kind"]
    if table is dishes:
        for column, parent in (("category_id", categories), ("station_id", stations)):
            if not _is_there(connection, parent, values[column]):
                _stand_in(connection, parent, values[column])


def _stand_in(connection: Connection, table: Table, key: Value) -> None:
    """A category or station for the dishes that have lost theirs; the owner names it anew."""
    names = documents.dump({"en": f"Found {key!r}", "uk": f"Знайдене {key!r}"})
    row = {"id": key, "uid": new_uid(), "names": names, "position": 0, "hidden": False}
    connection.execute(insert(table), row)


def _is_there(connection: Connection, table: Table, key: Value) -> bool:
    if key is None:
        return True
    query = select(table.c.id).where(table.c.id == key)
    return connection.execute(query).first() is not None


def _take_identity(connection: Connection, values: dict[str, Value], found: Found) -> None:
    """The same store in another epoch: whoever knew it knows that time has a seam here."""
    epoch, revision = values["epoch"], values["config_revision"]
    connection.execute(
        update(store).values(
            store_id=values["store_id"],
            practice=values["practice"],
            created_at=values["created_at"],
            home="",
            epoch=(epoch if isinstance(epoch, int) else 1) + 1,
            config_revision=(revision if isinstance(revision, int) else 1) + 1,
        )
    )
    found.is_same_store = True


def _hold_messages(connection: Connection) -> None:
    """No text leaves before a person has looked: the lanes begin with the catch-up."""
    waiting = messages.c.state.in_(("waiting", "sending"))
    connection.execute(update(messages).where(waiting).values(state="held", reason=CATCH_UP))
    found = lanes.standing(connection, lanes.LEASE)
    lanes.take_fence(connection, "salvage", generation=found.generation)
    newest = connection.execute(select(func.max(messages.c.fence))).scalar_one() or 0
    is_behind = leases.c.fence <= newest
    connection.execute(update(leases).where(is_behind).values(fence=newest + 1))
    connection.execute(update(leases).values(heartbeat_at=_LONG_AGO))
