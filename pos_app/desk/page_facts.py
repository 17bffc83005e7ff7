"""What a page says of an order that is no column of it: from the journal and the ratings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.desk import entries
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind, has_ended
from pos_app.store import journal, ratings
from pos_app.store.database import Connection

_COOKING = (Kind.PLACED, Kind.ACCEPTED, Kind.PREPARING)
_KINDS = (*entries.STATE_EVENTS, "cancel_declined")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """`stars` 0: not rated. `called_early`: it was called *ready* and has been brought back."""

    stars: int = 0
    cancel_declined: bool = False
    called_early: bool = False


def of_orders(connection: Connection, orders: Iterable[Order]) -> dict[int, PageFacts]:
    """By order id, for open and ended orders alike."""
    by_id = {order.id: order for order in orders}
    ended = [order_id for order_id, order in by_id.items() if has_ended(order.kind)]
    cooking = [order_id for order_id, order in by_id.items() if order.kind in _COOKING]
    stars = ratings.of_orders(connection, ended) if ended else {}
    events = journal.of_orders(connection, cooking, _KINDS) if cooking else {}
    return {
        order_id: PageFacts(
            stars=stars.get(order_id, 0),
            cancel_declined=any(e.kind == "cancel_declined" for e in events.get(order_id, ())),
            called_early=_left_ready(events.get(order_id, [])),
        )
        for order_id in by_id
    }


def _left_ready(events: list[journal.Entry]) -> bool:
    """Whether the last time that *ready* was left it was because somebody brought it back."""
    leaving = [e for e in events if e.payload.get("from") == Kind.READY.value]
    return bool(leaving) and leaving[-1].kind == entries.RECALLED
