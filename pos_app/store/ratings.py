"""How guests rated their orders: once each, never changed."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select

from pos_app.clock import Instant
from pos_app.store.tables import ratings


def add(connection: Connection, order_id: int, stars: int, rated_at: Instant) -> None:
    """Keep the one rating of an order, 1 to 5 stars."""
    values = {"order_id": order_id, "stars": stars, "rated_at": rated_at}
    connection.execute(insert(ratings), values)


def of_orders(connection: Connection, order_ids: list[int]) -> dict[int, int]:
    """Stars by order id; orders that nobody rated are left out."""
    query = select(ratings.c.order_id, ratings.c.stars).where(ratings.c.order_id.in_(order_ids))
    return {row.order_id: row.stars for row in connection.execute(query)}
