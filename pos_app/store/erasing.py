"""Taking guests out of the rows: the orders stay, and every number of a report with them.

Nothing here commits: whoever erases decides what belongs together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, delete, insert, select, true, update

from pos_app.clock import Instant
from pos_app.store import personal
from pos_app.store.messages import UNSENT
from pos_app.store.printing import DROPPED, HELD, WAITING
from pos_app.store.tables import erasures, links, messages, orders, people, print_jobs

ERASED = "erased"
"""Why a text that waited is not sent."""
_CHUNK = 400

Which = Sequence[int] | None
"""Ids, or None for every row there is."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Whom and what an erasure reached; `subjects` are hashes that name nobody."""

    people_ids: tuple[int, ...]
    order_ids: tuple[int, ...]
    subjects: tuple[str, ...]
    withdrawn: int


def of_phone(connection: Connection, phone: str) -> list[int]:
    """All rows of people with this E.164 number, oldest first."""
    query = select(people.c.id).where(people.c.phone == phone).order_by(people.c.id)
    return [row.id for row in connection.execute(query)] if phone else []


def exists(connection: Connection, people_id: int) -> bool:
    """Whether there is such a guest, and he was not forgotten yet."""
    wanted = (people.c.id == people_id, people.c.erased_at.is_(None))
    return connection.execute(select(people.c.id).where(*wanted)).first() is not None


def orders_of(connection: Connection, people_ids: Sequence[int]) -> list[int]:
    """Ids of all their orders, oldest first."""
    found: list[int] = []
    for chunk in _chunks(people_ids):
        query = select(orders.c.id).where(orders.c.people_id.in_(chunk))
        found += [row.id for row in connection.execute(query)]
    return sorted(found)


def open_numbers(connection: Connection, people_ids: Sequence[int]) -> list[str]:
    """Numbers of their orders that have not ended."""
    query = select(orders.c.number).where(orders.c.people_id.in_(people_ids), orders.c.is_open)
    return [row.number for row in connection.execute(query.order_by(orders.c.id))]


def with_open_orders(connection: Connection, people_ids: Sequence[int]) -> set[int]:
    """Those of whom an order has not ended."""
    query = select(orders.c.people_id).where(orders.c.is_open)
    return {row.people_id for row in connection.execute(query)} & set(people_ids)


def placed_since(connection: Connection, order_ids: Sequence[int], since: Instant) -> list[int]:
    """Those of the orders that were placed at `since` or later."""
    found: list[int] = []
    for chunk in _chunks(order_ids):
        query = select(orders.c.id).where(orders.c.id.in_(chunk), orders.c.placed_at >= since)
        found += [row.id for row in connection.execute(query)]
    return found


def subject(store_id: str, people_id: int, created_at: int) -> str:
    """A guest as a hash: the same in every copy of this store, and nobody's name."""
    return hashlib.sha256(f"{store_id}/{people_id}/{created_at}".encode()).hexdigest()


def erase(connection: Connection, store_id: str, people_ids: Sequence[int], now: Instant) -> Gone:
    """Blank these guests and their orders, take back what waits for them, end their links.

    Their subjects stand in `erasures` afterwards. Doing it again changes nothing.
    """
    subjects = _subjects(connection, store_id, people_ids)
    known = {row.subject for row in connection.execute(select(erasures.c.subject))}
    fresh = [{"subject": found, "at": now} for found in subjects if found not in known]
    if fresh:
        connection.execute(insert(erasures), fresh)
    order_ids = orders_of(connection, people_ids)
    withdrawn = _withdraw(connection, people_ids, now)
    forget(connection, people_ids, order_ids, now)
    return Gone(tuple(people_ids), tuple(order_ids), tuple(subjects), withdrawn)


def forget(connection: Connection, people_ids: Which, order_ids: Which, now: Instant) -> None:
    """Blank guests and orders, and end the links of the orders; None stands for all."""
    for chunk in _parts(people_ids):
        for table in personal.GONE:
            connection.execute(delete(table).where(_among(table.c.people_id, chunk)))
        connection.execute(
            update(people)
            .where(_among(people.c.id, chunk), people.c.erased_at.is_(None))
            .values(**personal.values(personal.PERSON), erased_at=now)
        )
    for chunk in _parts(order_ids):
        _blank_orders(connection, chunk, now)


def erased(connection: Connection) -> frozenset[str]:
    """Who was erased from this store, as hashes that name nobody."""
    return frozenset(row.subject for row in connection.execute(select(erasures.c.subject)))


def repeat(
    connection: Connection, store_id: str, subjects: Collection[str], now: Instant
) -> list[int]:
    """Erase again, after a restore, whose subject is among `subjects`. Returns their ids."""
    wanted = set(subjects)
    query = select(people.c.id, people.c.created_at).where(people.c.erased_at.is_(None))
    again = [
        row.id
        for row in connection.execute(query)
        if subject(store_id, row.id, row.created_at) in wanted
    ]
    if again:
        erase(connection, store_id, again, now)
    return again


def blank_everyone(connection: Connection, now: Instant) -> None:
    """No guest at all in this copy of the store: for backups that outlive the retention."""
    connection.execute(
        update(messages)
        .where(messages.c.state.in_(UNSENT))
        .values(state="cancelled", reason=ERASED, settled_at=now)
    )
    forget(connection, None, None, now)


def _blank_orders(connection: Connection, ids: Which, now: Instant) -> None:
    connection.execute(
        update(print_jobs)
        .where(_among(print_jobs.c.order_id, ids), print_jobs.c.state.in_((WAITING, HELD)))
        .values(state=DROPPED)
    )
    connection.execute(
        update(links)
        .where(_among(links.c.order_id, ids), links.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    for table, blanks in personal.OF_ORDER.items():
        _blank(connection, _among(table.c.order_id, ids), blanks)
    # The revision rises, so that the site takes the page without its links.
    connection.execute(
        update(orders)
        .where(_among(orders.c.id, ids))
        .values(**personal.values(personal.ORDER), revision=orders.c.revision + 1)
    )


def _blank(
    connection: Connection, which: ColumnElement[bool], blanks: tuple[personal.Blank, ...]
) -> None:
    """Write only rows that hold something: what is not touched leaves no copy behind."""
    table = blanks[0].column.table
    due = blanks[0].is_due()
    for blank in blanks[1:]:
        due |= blank.is_due()
    connection.execute(update(table).where(which, due).values(**personal.values(blanks)))


def _withdraw(connection: Connection, people_ids: Sequence[int], now: Instant) -> int:
    count = 0
    for chunk in _chunks(people_ids):
        done = connection.execute(
            update(messages)
            .where(messages.c.people_id.in_(chunk), messages.c.state.in_(UNSENT))
            .values(state="cancelled", reason=ERASED, settled_at=now)
        )
        count += done.rowcount
    return count


def _subjects(connection: Connection, store_id: str, people_ids: Sequence[int]) -> list[str]:
    query = select(people.c.id, people.c.created_at).where(people.c.id.in_(people_ids))
    return [subject(store_id, row.id, row.created_at) for row in connection.execute(query)]


def _among(column: Column[Any], ids: Which) -> ColumnElement[bool]:
    return true() if ids is None else column.in_(ids)


def _parts(ids: Which) -> Iterator[Which]:
    if ids is None:
        yield None
    else:
        yield from _chunks(ids)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]
