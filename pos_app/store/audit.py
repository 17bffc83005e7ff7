"""What `check` reads: the plain facts of all orders, beside what is derived from them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, Table, func, select

from pos_app.store import documents
from pos_app.store.tables import journal, messages, orders


def order_ids(connection: Connection) -> list[int]:
    """Every order there is."""
    return [row[0] for row in connection.execute(select(orders.c.id))]


def counts(connection: Connection) -> tuple[int, int]:
    """How many journal events and how many messages."""
    return _count(connection, journal), _count(connection, messages)


def events(connection: Connection, ids: list[int]) -> Iterator[tuple[int, str, dict[str, object]]]:
    """Journal events of these orders in their sequence: order id, kind, payload."""
    query = (
        select(journal.c.order_id, journal.c.kind, journal.c.payload)
        .where(journal.c.order_id.in_(ids))
        .order_by(journal.c.seq)
    )
    for row in connection.execute(query):
        yield row.order_id, row.kind, documents.load(row.payload, dict[str, object])


def numbers(connection: Connection) -> list[tuple[str, str]]:
    """Business date and number of every order."""
    query = select(orders.c.business_date, orders.c.number)
    return [(row.business_date, row.number) for row in connection.execute(query)]


def skipped_numbers(connection: Connection) -> set[tuple[str, str]]:
    """Numbers that the journal says were left out."""
    query = select(journal.c.payload).where(journal.c.kind == "number_skipped")
    found = (documents.load(row.payload, dict[str, str]) for row in connection.execute(query))
    return {(payload["business_date"], payload["number"]) for payload in found}


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
