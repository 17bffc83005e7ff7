"""What conditions can be asked about: one order at one moment, and what the shop knows beside it.

Gathered by the desk before the engine is asked, and only as far as the rules in question need it.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from pos_app.automation.model import Field
from pos_app.clock import Instant, local
from pos_app.domain.opening import ALWAYS_OPEN, OpeningHours
from pos_app.domain.order import Order
from pos_app.domain.workflow import PHASES

Categories = dict[int, int]
"""In which category of the menu each dish stands, by their ids."""


class Facts(Struct, frozen=True):
    """`order` None: nothing of an order is asked (a daily rule). `zone` is the shop's.

    `load` counts open orders, `past_orders` those of the guest before this one, `later_orders`
    those since; `stars` is what he has rated, `categories` where each dish of the menu stands;
    `asked_on`: channels beside his phone on which he has himself asked to be told of this order.
    `hours` are the shop's. A Struct, because one is made at every tap: a frozen dataclass sets its
    fields one by one in Python.
    """

    now: Instant
    zone: str
    order: Order | None = None
    staff_id: str = ""
    load: int = 0
    past_orders: int = 0
    offers: bool = False
    stars: int | None = None
    customer_tags: tuple[str, ...] = ()
    categories: Categories | None = None
    later_orders: int = 0
    asked_on: tuple[str, ...] = ()
    hours: OpeningHours = ALWAYS_OPEN


STORED = frozenset(
    {
        Field.CATEGORY,
        Field.SHOP_LOAD,
        Field.PAST_ORDERS,
        Field.LATER_ORDERS,
        Field.OFFERS,
        Field.RATING,
        Field.CUSTOMER_TAG,
        Field.WANTS_NEWS,
    }
)
"""What has to be looked up beside the order."""


def found(facts: Facts, field: Field) -> tuple[str, ...]:
    """Everything that `field` is at this moment; nothing where there is nothing to ask."""
    return FINDERS[field.value](facts)


def wants_texts(order: Order | None) -> bool:
    """Whether the guest wants texts on his phone, and its number is known."""
    return order is not None and order.customer.order_texts and bool(order.customer.phone)


def payment_state(order: Order) -> str:
    """`refunded`, `paid`, `part` or `unpaid`."""
    if order.refunded:
        return "refunded"
    if order.due == 0:
        return "paid"
    return "part" if order.paid else "unpaid"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _stars(facts: Facts) -> tuple[str, ...]:
    return (str(facts.stars),) if facts.stars is not None else ()


def _categories(order: Order, known: Categories) -> tuple[str, ...]:
    found = (known.get(line.dish_id) for line in order.open_lines)
    return tuple(dict.fromkeys(str(one) for one in found if one is not None))


def _items(order: Order) -> tuple[str, ...]:
    return (str(sum(line.quantity for line in order.open_lines)),)


def _dishes(order: Order) -> tuple[str, ...]:
    return tuple(str(line.dish_id) for line in order.open_lines)


def _of_order(find: Callable[[Order], tuple[str, ...]]) -> Callable[[Facts], tuple[str, ...]]:
    return lambda facts: find(facts.order) if facts.order is not None else ()


def _beside(find: Callable[[Facts], tuple[str, ...]]) -> Callable[[Facts], tuple[str, ...]]:
    """What is known beside an order, and asked of nothing but orders."""
    return lambda facts: find(facts) if facts.order is not None else ()


FINDERS: dict[str, Callable[[Facts], tuple[str, ...]]] = {
    Field.WEEKDAY.value: lambda facts: (str(local(facts.now, facts.zone).isoweekday()),),
    Field.TIME.value: lambda facts: (f"{local(facts.now, facts.zone):%H:%M}",),
    Field.SHOP_LOAD.value: lambda facts: (str(facts.load),),
    Field.PAST_ORDERS.value: _beside(lambda facts: (str(facts.past_orders),)),
    Field.LATER_ORDERS.value: _beside(lambda facts: (str(facts.later_orders),)),
    Field.OFFERS.value: _beside(lambda facts: (_yes(facts.offers),)),
    Field.RATING.value: _beside(_stars),
    Field.CUSTOMER_TAG.value: _beside(lambda facts: facts.customer_tags),
    Field.WANTS_NEWS.value: _beside(
        lambda facts: (_yes(bool(facts.asked_on) or wants_texts(facts.order)),)
    ),
    Field.STAFF.value: _beside(lambda facts: (facts.staff_id,)),
    Field.CATEGORY.value: lambda facts: (
        _categories(facts.order, facts.categories or {}) if facts.order is not None else ()
    ),
    Field.STATUS.value: _of_order(lambda order: (order.kind.value,)),
    Field.PHASE.value: _of_order(lambda order: (PHASES[order.kind].value,)),
    Field.FULFILMENT.value: _of_order(lambda order: (order.fulfilment.value,)),
    Field.SOURCE.value: _of_order(lambda order: (order.source.value,)),
    Field.ORDER_TEXTS.value: _of_order(lambda order: (_yes(order.customer.order_texts),)),
    Field.HAS_PHONE.value: _of_order(lambda order: (_yes(bool(order.customer.phone)),)),
    Field.LANGUAGE.value: _of_order(lambda order: (order.customer.language,)),
    Field.PARTNER.value: _of_order(lambda order: (order.partner,)),
    Field.ORDER_TAG.value: _of_order(lambda order: order.tags),
    Field.PAYMENT_TYPE.value: _of_order(lambda order: (order.payment_type,)),
    Field.PAYMENT_STATE.value: _of_order(lambda order: (payment_state(order),)),
    Field.VALUE.value: _of_order(lambda order: (str(order.total),)),
    Field.ITEMS.value: _of_order(_items),
    Field.DISH.value: _of_order(
        lambda order: tuple(str(line.dish_id) for line in order.open_lines)
    ),
}
"""How each field is found, by its name: an enum's own hash is slow, and every rule asks here."""
