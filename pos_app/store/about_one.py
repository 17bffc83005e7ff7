"""Rows about one guest that nobody else asks for: his notes, since when he is known, his money."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from pos_app.clock import Instant
from pos_app.domain.order import Address
from pos_app.store import documents
from pos_app.store.tables import payments, people


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A guest with all that his row holds."""

    id: int
    phone: str
    name: str
    language: str
    addresses: tuple[Address, ...]
    note: str
    created_at: Instant


@dataclass(frozen=True, slots=True)
class Paid:
    """One row of money; `amount` in minor units, negative when it went back."""

    type: str
    amount: int
    recorded_at: Instant


def people_of(connection: Connection, ids: list[int]) -> list[KnownPerson]:
    """The guests of these rows, oldest first."""
    query = select(people).where(people.c.id.in_(ids)).order_by(people.c.id)
    return [
        KnownPerson(
            row.id,
            row.phone,
            row.name,
            row.language,
            documents.load(row.addresses, tuple[Address, ...]),
            row.note,
            Instant(row.created_at),
        )
        for row in connection.execute(query)
    ]


def payments_of(connection: Connection, order_ids: list[int]) -> dict[int, list[Paid]]:
    """Money by order id, oldest first; orders without any are left out."""
    found: dict[int, list[Paid]] = {}
    query = select(payments).where(payments.c.order_id.in_(order_ids)).order_by(payments.c.id)
    for row in connection.execute(query):
        paid = Paid(row.type, row.amount, Instant(row.recorded_at))
        found.setdefault(row.order_id, []).append(paid)
    return found
