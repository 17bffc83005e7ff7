"""One act in progress: its connection, its moment, who does it, and what it has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pos_app.clock import Instant
from pos_app.desk.setup import Setup
from pos_app.domain.order import Order
from pos_app.errors import NotFound
from pos_app.store import journal, links, orders
from pos_app.store.database import Connection


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event as it was journalled; `depth` as of the transaction then."""

    seq: int
    kind: str
    order_id: int | None
    payload: dict[str, Any]
    depth: int


@dataclass(slots=True)
class Transaction:
    """Handed to the functions of the desk; ends with a commit or with nothing at all.

    `cause_id` is the event that a rule answers with this act, `depth` how many rules have
    answered each other so far. `events` wait for the rules to follow them; `fresh` are orders as
    they are after their last event, for whoever would read them again. `rolls` are the ids of
    those that it has found in the store or written there.
    """

    connection: Connection
    setup: Setup
    now: Instant
    device_id: str
    staff_id: str
    changed: set[int] = field(default_factory=set)
    seqs: list[int] = field(default_factory=list)
    events: list[Recorded] = field(default_factory=list)
    fresh: dict[int, Order] = field(default_factory=dict)
    rolls: list[str] = field(default_factory=list)
    cause_id: int | None = None
    depth: int = 0

    def record(
        self,
        kind: str,
        order_id: int | None,
        payload: dict[str, Any],
        cause_id: int | None = None,
    ) -> int:
        """Journal one event; the order counts as changed and its page as out of date."""
        seq = journal.append(
            self.connection,
            order_id=order_id,
            kind=kind,
            payload=payload,
            at=self.now,
            device_id=self.device_id,
            staff_id=self.staff_id,
            cause_id=self.cause_id if cause_id is None else cause_id,
        )
        self.seqs.append(seq)
        self.events.append(Recorded(seq, kind, order_id, payload, self.depth))
        if order_id is not None:
            self.changed.add(order_id)
            self.fresh.pop(order_id, None)
        return seq

    def queue_page(self, order_id: int) -> None:
        """The guest's page must follow; nothing to do while nobody can open one."""
        if self.setup.site is not None:
            links.queue_page(self.connection, order_id, self.now)

    def order(self, order_id: int) -> Order:
        """The order as this transaction sees it. Raises NotFound."""
        found = orders.load(self.connection, order_id)
        if found is None:
            raise NotFound("There is no such order")
        return found
