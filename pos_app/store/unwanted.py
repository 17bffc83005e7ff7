"""Whether a guest may get a text at all: asked when it is born, and again when it would leave."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select, update

from pos_app.domain.order import Order
from pos_app.store import contacts, opt_outs
from pos_app.store.prepared import Prepared
from pos_app.store.tables import orders, people

OPTED_OUT, BY_HAND = "opted_out", "by_hand"
_OF_ORDER = Prepared(
    select(
        orders.c.people_id,
        orders.c.by_hand,
        people.c.by_hand.label("guest_by_hand"),
        people.c.phone,
    )
    .select_from(orders.outerjoin(people, people.c.id == orders.c.people_id))
    .where(orders.c.id == bindparam("of_order"))
)


def why(connection: Connection, key: bytes | None, order_id: int, *, by_rule: bool) -> str:
    """Why nothing is said about this order: `opted_out`, `by_hand`, or empty when it may be.

    `key` is the one addresses are hashed with; without one nobody has ever opted out.
    `by_rule`: what a person sends himself is not stopped by *by hand only*.
    """
    row = _OF_ORDER.one(connection, of_order=order_id)
    if row is None:
        return ""
    if _has_opted_out(connection, key, order_id, row.people_id, row.phone):
        return OPTED_OUT
    return BY_HAND if by_rule and (row.by_hand or row.guest_by_hand) else ""


def why_of(connection: Connection, key: bytes | None, order: Order, *, by_rule: bool) -> str:
    """As `why`, of an order that this transaction has read."""
    if _has_opted_out(connection, key, order.id, order.people_id, order.customer.phone):
        return OPTED_OUT
    return BY_HAND if by_rule and order.by_hand else ""


def _has_opted_out(
    connection: Connection,
    key: bytes | None,
    order_id: int,
    people_id: int | None,
    phone: str | None,
) -> bool:
    if key is None or people_id is None:
        return False
    others = [
        other.address
        for other in contacts.of_person(connection, people_id)
        if other.order_id in (None, order_id)
    ]
    return opt_outs.stand(connection, key, [phone or "", *others])


def set_order_by_hand(connection: Connection, order_id: int, *, on: bool) -> None:
    connection.execute(update(orders).where(orders.c.id == order_id).values(by_hand=on))


def set_guest_by_hand(connection: Connection, people_ids: list[int], *, on: bool) -> None:
    connection.execute(update(people).where(people.c.id.in_(people_ids)).values(by_hand=on))
