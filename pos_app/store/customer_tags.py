"""What the shop calls a guest: `vip`, `allergic`, `pays later`."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, text

from pos_app.clock import Instant
from pos_app.store.prepared import Prepared
from pos_app.store.tables import customer_tags

_ADD = Prepared(
    text(
        "INSERT INTO customer_tags (people_id, tag, added_at) VALUES (:people_id, :tag, :added_at)"
        " ON CONFLICT (people_id, tag) DO NOTHING"
    )
)


def of_guest(connection: Connection, people_id: int) -> tuple[str, ...]:
    query = select(customer_tags.c.tag).where(customer_tags.c.people_id == people_id)
    return tuple(row.tag for row in connection.execute(query.order_by(customer_tags.c.tag)))


def add(connection: Connection, people_id: int, tag: str, now: Instant) -> bool:
    """False when he had it already."""
    return bool(_ADD.run(connection, people_id=people_id, tag=tag, added_at=now))


def remove(connection: Connection, people_id: int, tag: str) -> bool:
    """False when he did not have it."""
    done = connection.execute(
        delete(customer_tags).where(
            customer_tags.c.people_id == people_id, customer_tags.c.tag == tag
        )
    )
    return bool(done.rowcount)
