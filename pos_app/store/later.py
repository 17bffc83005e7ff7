"""Orders that wait for their time to enter the kitchen.

An order has entered when its entry began at or after `enters_at`; one that was started early has
left *new* and is no longer asked for.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from pos_app.clock import Instant
from pos_app.domain.workflow import PHASES, Phase
from pos_app.store.tables import OPEN, orders

_NEW = tuple(kind.value for kind, phase in PHASES.items() if phase is Phase.NEW)
_WAITS = (
    OPEN,
    orders.c.kind.in_(_NEW),
    orders.c.enters_at > orders.c.entered_at,
)


def next_to_enter(connection: Connection) -> Instant | None:
    """When the next order enters the kitchen; None when none waits for it."""
    found = connection.execute(select(func.min(orders.c.enters_at)).where(*_WAITS)).scalar_one()
    return None if found is None else Instant(found)


def due_to_enter(connection: Connection, now: Instant) -> list[int]:
    """Ids of the orders whose time has come, the earliest first."""
    query = (
        select(orders.c.id)
        .where(*_WAITS, orders.c.enters_at <= now)
        .order_by(orders.c.enters_at, orders.c.id)
    )
    return [row.id for row in connection.execute(query)]
