"""Taking an order out of a store that is being salvaged, with every row that speaks of it.

Never done to a store that works: there an order that was placed stays for ever.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from pos_app.clock import Instant
from pos_app.store.tables import (
    attempts,
    consents,
    messages,
    metadata,
    number_counters,
    orders,
    payments,
    recorded_texts,
    rule_traces,
    tickets,
)
from pos_app.store.tables import journal as events


def unmake(connection: Connection, order_id: int) -> None:
    """Delete the order and all rows that belong to it."""
    said = select(messages.c.id).where(messages.c.order_id == order_id)
    for table in (attempts, recorded_texts):
        connection.execute(delete(table).where(table.c.message_id.in_(said)))
    happened = select(events.c.seq).where(events.c.order_id == order_id)
    connection.execute(delete(rule_traces).where(rule_traces.c.event_seq.in_(happened)))
    # What a guest agreed to stays true without the order at which he was asked.
    connection.execute(
        update(consents).where(consents.c.order_id == order_id).values(order_id=None)
    )
    for table in reversed(metadata.sorted_tables):
        if "order_id" in table.c and table is not consents:
            connection.execute(delete(table).where(table.c.order_id == order_id))
    connection.execute(delete(orders).where(orders.c.id == order_id))


def put_payment(
    connection: Connection, order_id: int, payment_type: str, amount: int, at: Instant
) -> None:
    """Write a payment whose row was lost and whose sum the order still knows."""
    connection.execute(
        insert(payments),
        {
            "order_id": order_id,
            "type": payment_type,
            "amount": amount,
            "recorded_at": at,
            "staff_id": "",
            "courier_id": "",
        },
    )


def put_tickets(connection: Connection, order_id: int, kind: str) -> None:
    """All tickets of the order stand in `kind`."""
    connection.execute(update(tickets).where(tickets.c.order_id == order_id).values(kind=kind))


def write_order(connection: Connection, order_id: int, **columns: Any) -> None:
    connection.execute(update(orders).where(orders.c.id == order_id).values(**columns))


def numbers(connection: Connection, order_id: int | None = None) -> list[tuple[str, str]]:
    """`(business_date, number)` of every order, or of one."""
    query = select(orders.c.business_date, orders.c.number)
    if order_id is not None:
        query = query.where(orders.c.id == order_id)
    return [(row.business_date, row.number) for row in connection.execute(query)]


def set_counter(connection: Connection, business_date: str, prefix: str, last: int) -> None:
    """The number that was given last on that day."""
    key = (number_counters.c.business_date == business_date, number_counters.c.prefix == prefix)
    done = connection.execute(update(number_counters).where(*key).values(last=last))
    if not done.rowcount:
        connection.execute(
            insert(number_counters),
            {"business_date": business_date, "prefix": prefix, "last": last},
        )
