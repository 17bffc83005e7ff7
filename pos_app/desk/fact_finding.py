"""What rules ask about an order, looked up only as far as they ask it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from pos_app.automation.book import Ready
from pos_app.automation.conditions import fields_of
from pos_app.automation.facts import STORED, Categories, Facts, wants_texts
from pos_app.automation.model import Field, RuleVersion
from pos_app.clock import Instant
from pos_app.desk import asked_on
from pos_app.desk.setup import Setup
from pos_app.domain.consent import ConsentKind
from pos_app.domain.order import Order
from pos_app.store import consents, customer_tags, orders, ratings
from pos_app.store.database import Connection


class Moment(Protocol):
    """A transaction or a reading, at one moment, in somebody's name."""

    @property
    def connection(self) -> Connection: ...
    @property
    def setup(self) -> Setup: ...
    @property
    def now(self) -> Instant: ...
    @property
    def staff_id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Looking:
    """A moment in which nothing is written."""

    connection: Connection
    setup: Setup
    now: Instant
    staff_id: str = ""


def gather(at: Moment, order: Order | None, rules: Iterable[Ready | RuleVersion]) -> Facts:
    """The facts at this moment about `order`, as far as `rules` ask for them."""
    asked: set[Field] = set()
    for one in rules:
        asked |= one.stored if isinstance(one, Ready) else fields_of(one.rule.when) & STORED
    return look_up(at, order, asked)


def look_up(at: Moment, order: Order | None, asked: Collection[Field]) -> Facts:
    """The facts at this moment about `order`; of what is stored elsewhere only what is `asked`."""
    shop = at.setup.settings.shop
    if not asked:
        return Facts(at.now, shop.zone, order, at.staff_id, hours=at.setup.settings.hours)
    categories = categories_of(at.setup) if Field.CATEGORY in asked else {}
    load = len(orders.open_ids(at.connection)) if Field.SHOP_LOAD in asked else 0
    person = order.people_id if order is not None else None
    return Facts(
        at.now,
        shop.zone,
        order,
        at.staff_id,
        load,
        past_orders(at, order) if Field.PAST_ORDERS in asked else 0,
        _offers(at, person) if Field.OFFERS in asked else False,
        _stars(at, order) if Field.RATING in asked else None,
        _tags(at, person) if Field.CUSTOMER_TAG in asked else (),
        categories,
        later_orders(at, order) if Field.LATER_ORDERS in asked else 0,
        _asked_on(at, order) if Field.WANTS_NEWS in asked else (),
        at.setup.settings.hours,
    )


def categories_of(setup: Setup) -> Categories:
    """In which category each dish of the menu stands."""
    return {dish.id: dish.category_id for dish in setup.menu.dishes}


def past_orders(at: Moment, order: Order | None) -> int:
    """How many orders the guest had before this one; 0 where nobody knows him."""
    if order is None or order.people_id is None:
        return 0
    return orders.count_before(at.connection, order.people_id, order.id)


def later_orders(at: Moment, order: Order | None) -> int:
    """How many orders the guest has placed since this one."""
    if order is None or order.people_id is None:
        return 0
    return orders.count_behind(at.connection, order.people_id, order.id)


def _asked_on(at: Moment, order: Order | None) -> tuple[str, ...]:
    # Who wants texts wants to be told: nothing needs to be looked up.
    return () if wants_texts(order) else asked_on.channels(at, order)


def _offers(at: Moment, person: int | None) -> bool:
    if person is None:
        return False
    return consents.held(at.connection, person).get(ConsentKind.OFFERS.value, False)


def _tags(at: Moment, person: int | None) -> tuple[str, ...]:
    return customer_tags.of_guest(at.connection, person) if person is not None else ()


def _stars(at: Moment, order: Order | None) -> int | None:
    return ratings.of_orders(at.connection, [order.id]).get(order.id) if order else None
