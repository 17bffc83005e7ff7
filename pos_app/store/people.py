"""The one table about persons. Everything else holds a number that leads here."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, insert, literal_column, select, update

from pos_app.clock import Instant
from pos_app.domain.order import Address, Customer
from pos_app.store import documents, words
from pos_app.store.prepared import Prepared, written_key
from pos_app.store.tables import orders, people

_BY_PHONE = Prepared(
    select(people.c.id, people.c.phone, people.c.name, people.c.language, people.c.addresses)
    .where(people.c.phone == bindparam("phone"))
    .order_by(people.c.id.desc())
    .limit(literal_column("1"))
)
_INSERT = Prepared(
    insert(people).returning(people.c.id), [c.name for c in people.c if c.name != "id"]
)


@dataclass(frozen=True, slots=True)
class Person:
    """A guest as the shop knows him; `addresses` only grows, orders point into it."""

    id: int
    phone: str
    name: str
    language: str
    addresses: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What the counter shows when a known phone is typed. `last_order_id` None for a new one."""

    person: Person
    orders: int
    last_order_id: int | None
    last_placed_at: Instant | None


def keep(
    connection: Connection, customer: Customer, address: Address | None, now: Instant
) -> tuple[int | None, int | None]:
    """Find or make the person of an order: `(people_id, address_no)`, None where there is none.

    A phone identifies a person; without a phone each order gets a row of its own.
    """
    if not customer.phone and not customer.name and address is None:
        return None, None
    known = by_phone(connection, customer.phone) if customer.phone else None
    if known is None:
        return _add(connection, customer, address, now), 0 if address else None
    addresses = known.addresses
    if address is not None and address not in addresses:
        addresses = (*addresses, address)
    changed = Person(
        known.id,
        known.phone,
        customer.name or known.name,
        customer.language or known.language,
        addresses,
    )
    if changed != known:
        connection.execute(
            update(people)
            .where(people.c.id == known.id)
            .values(
                name=changed.name,
                language=changed.language,
                addresses=documents.dump(list(addresses)),
            )
        )
        if changed.name != known.name:
            words.change_guest(connection, known.id, changed.name, known.phone)
    return known.id, addresses.index(address) if address is not None else None


def _add(connection: Connection, customer: Customer, address: Address | None, now: Instant) -> int:
    row = _INSERT.one(
        connection,
        phone=customer.phone,
        name=customer.name,
        language=customer.language,
        addresses=documents.dump([address] if address else []),
        note="",
        created_at=now,
        erased_at=None,
        by_hand=False,
    )
    return written_key(row)


def add_nameless(connection: Connection, language: str, now: Instant) -> int:
    """A guest of whom nobody knows more than how to reach him; his id."""
    return _add(connection, Customer(language=language), None, now)


def by_phone(connection: Connection, phone: str) -> Person | None:
    """The newest person with this E.164 number."""
    row = _BY_PHONE.one(connection, phone=phone)
    if row is None:
        return None
    addresses = documents.load(row.addresses, tuple[Address, ...])
    return Person(row.id, row.phone, row.name, row.language, addresses)


def acquaintance(connection: Connection, phone: str) -> Acquaintance | None:
    """A known guest with the number of his orders and the last of them."""
    person = by_phone(connection, phone)
    if person is None:
        return None
    # Only the index is counted; of the orders themselves the newest alone is read.
    count, newest = connection.execute(
        select(func.count(), func.max(orders.c.id)).where(orders.c.people_id == person.id)
    ).one()
    placed_at = connection.execute(
        select(orders.c.placed_at).where(orders.c.id == newest)
    ).scalar_one_or_none()
    return Acquaintance(
        person, count, newest, Instant(placed_at) if placed_at is not None else None
    )
