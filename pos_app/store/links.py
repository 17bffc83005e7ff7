"""Links that a guest can open: one row per token; a link can be revoked alone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, insert, select, text

from pos_app.clock import Instant
from pos_app.store.prepared import Prepared
from pos_app.store.tables import OPEN, links, orders


@dataclass(frozen=True, slots=True)
class Link:
    """`scope` is `paper`, `personal` or `slip`; `origin` is the site the token was made for."""

    order_id: int
    scope: str
    token: str
    origin: str
    revoked: bool


_INSERT = Prepared(insert(links), [c.name for c in links.c if c.name != "id"])
_OF_ORDERS = (
    select(links).where(links.c.order_id.in_(bindparam("ids", expanding=True))).order_by(links.c.id)
)


def add(
    connection: Connection, order_id: int, scope: str, token: str, origin: str, now: Instant
) -> None:
    _INSERT.run(
        connection,
        order_id=order_id,
        scope=scope,
        token=token,
        origin=origin,
        minted_at=now,
        revoked_at=None,
    )


def of_orders(connection: Connection, order_ids: list[int]) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = {order_id: [] for order_id in order_ids}
    for row in connection.execute(_OF_ORDERS, {"ids": order_ids}):
        link = Link(row.order_id, row.scope, row.token, row.origin, row.revoked_at is not None)
        found[row.order_id].append(link)
    return found


def newest(connection: Connection, order_id: int, scope: str, origin: str) -> str | None:
    """The token of an order's newest link of `scope` at `origin` that still opens."""
    return connection.execute(
        select(links.c.token)
        .where(
            links.c.order_id == order_id,
            links.c.scope == scope,
            links.c.origin == origin,
            links.c.revoked_at.is_(None),
        )
        .order_by(links.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()


def has_scope(connection: Connection, order_id: int, scope: str) -> bool:
    """Whether the order ever got a link of `scope`, at whatever site."""
    wanted = (links.c.order_id == order_id, links.c.scope == scope)
    return connection.execute(select(links.c.id).where(*wanted).limit(1)).first() is not None


def of_open_orders(connection: Connection, origin: str) -> dict[int, list[str]]:
    """For each open order the tokens of its links at `origin`, of every scope; maybe none yet."""
    at_origin = and_(links.c.order_id == orders.c.id, links.c.origin == origin)
    query = select(orders.c.id, links.c.token).join(links, at_origin, isouter=True).where(OPEN)
    found: dict[int, list[str]] = {}
    for row in connection.execute(query):
        tokens = found.setdefault(row.id, [])
        if row.token is not None:
            tokens.append(row.token)
    return found


_QUEUE = Prepared(
    text(
        "INSERT INTO page_outbox (order_id, revision, queued_at)"
        " SELECT orders.id, orders.revision, :now FROM orders"
        " WHERE orders.id = :order_id"
        " AND EXISTS (SELECT 1 FROM links WHERE links.order_id = orders.id)"
        " ON CONFLICT (order_id) DO UPDATE SET revision = excluded.revision"
    )
)


def queue_page(connection: Connection, order_id: int, now: Instant) -> None:
    """Mark the order's page as out of date; one row per order however often it changes.

    Orders without a link have no page, so they are never pushed.
    """
    _QUEUE.run(connection, order_id=order_id, now=now)
