"""What tests of a whole shift need: a courier, stages of an order, texts and events of it."""

from __future__ import annotations

from pos_app.bootstrap import Shop
from pos_app.desk.reading import Card, TimelineEntry
from pos_app.domain.order import Draft, Order
from pos_app.domain.staff import Role
from pos_app.store import messages


def courier(shop: Shop, name: str = "Oleh") -> str:
    """The id of a courier of this name."""
    return shop.desk.staff.add(name, Role.COURIER).id


def ready(shop: Shop, draft: Draft) -> Order:
    """`draft` placed and made."""
    order = shop.desk.place(draft).order
    shop.desk.bump(order.id)
    return shop.desk.bump(order.id).order


def card(shop: Shop, order: Order) -> Card:
    found = shop.desk.order(order.id)
    assert found is not None
    return found


def now(shop: Shop, order: Order) -> Order:
    """The order as it stands now."""
    return card(shop, order).order


def texts(shop: Shop, order: Order) -> list[tuple[str, str]]:
    """`(about, state)` of the order's texts, oldest first."""
    with shop.database.read() as connection:
        found = messages.of_orders(connection, [order.id])[order.id]
    return [(message.about, message.state) for message in found]


def events(shop: Shop, order: Order, kind: str) -> list[TimelineEntry]:
    """What the journal says of the order's events of `kind`, oldest first."""
    return [entry for entry in shop.desk.timeline(order.id) if entry.kind == kind]
