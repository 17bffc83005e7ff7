"""What rules ask about an order, looked up only as far as they ask it."""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.automation.conditions import fields_of
from pos_app.automation.facts import Facts
from pos_app.automation.model import Field, RuleVersion
from pos_app.desk.transaction import Transaction
from pos_app.domain.consent import ConsentKind
from pos_app.domain.order import Order
from pos_app.store import consents, customer_tags, orders, ratings


def gather(act: Transaction, order: Order | None, rules: Iterable[RuleVersion]) -> Facts:
    """The facts at this moment about `order`, as far as `rules` ask for them."""
    asked: set[Field] = set()
    for one in rules:
        asked |= fields_of(one.rule.when)
    connection = act.connection
    person = order.people_id if order is not None else None
    categories = None
    if Field.CATEGORY in asked:
        categories = {dish.id: dish.category_id for dish in act.setup.menu.dishes}
    past = past_orders(act, order) if Field.PAST_ORDERS in asked and order is not None else 0
    load = 0
    if Field.SHOP_LOAD in asked:
        load = len(orders.open_ids(connection))
    offers = False
    if Field.OFFERS in asked and person is not None:
        offers = consents.held(connection, person).get(ConsentKind.OFFERS.value, False)
    tags: tuple[str, ...] = ()
    if Field.CUSTOMER_TAG in asked and person is not None:
        tags = customer_tags.of_guest(connection, person)
    stars = None
    if Field.RATING in asked and order is not None:
        stars = ratings.of_orders(connection, [order.id]).get(order.id)
    return Facts(
        act.now,
        act.setup.settings.shop.zone,
        order,
        act.staff_id,
        load,
        past,
        offers,
        stars,
        tags,
        categories,
    )


def past_orders(act: Transaction, order: Order) -> int:
    """How many orders the guest had before this one; 0 where nobody knows him."""
    if order.people_id is None:
        return 0
    return orders.count_before(act.connection, order.people_id, order.id)
