"""What conditions can be asked about: one order at one moment, and what the shop knows beside it.

Gathered by the desk before the engine is asked, and only as far as the rules in question need it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.automation.model import Field
from pos_app.clock import Instant, local
from pos_app.domain.opening import ALWAYS_OPEN, OpeningHours
from pos_app.domain.order import Order
from pos_app.domain.workflow import PHASES

Categories = dict[int, int]
"""In which category of the menu each dish stands, by their ids."""


@dataclass(frozen=True, slots=True)
class Facts:
    """`order` None: nothing of an order is asked (a daily rule). `zone` is the shop's.

    `load` counts open orders, `past_orders` those of the guest before this one, `later_orders`
    those since; `stars` is what he has rated, `categories` where each dish of the menu stands;
    `asked_on`: channels beside his phone on which he has himself asked to be told of this order.
    `hours` are the shop's.
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


_BESIDE = (STORED - {Field.CATEGORY}) | {Field.STAFF}


def found(facts: Facts, field: Field) -> tuple[str, ...]:
    """Everything that `field` is at this moment; nothing where there is nothing to ask."""
    if field is Field.WEEKDAY:
        return (str(local(facts.now, facts.zone).isoweekday()),)
    if field is Field.TIME:
        return (f"{local(facts.now, facts.zone):%H:%M}",)
    if field is Field.SHOP_LOAD:
        return (str(facts.load),)
    if facts.order is None:
        return ()
    if field in _BESIDE:
        return _beside(facts, field)
    return _OF_ORDER[field](facts.order, facts.categories or {})


def _beside(facts: Facts, field: Field) -> tuple[str, ...]:
    match field:
        case Field.PAST_ORDERS:
            return (str(facts.past_orders),)
        case Field.LATER_ORDERS:
            return (str(facts.later_orders),)
        case Field.OFFERS:
            return (_yes(facts.offers),)
        case Field.RATING:
            return (str(facts.stars),) if facts.stars is not None else ()
        case Field.CUSTOMER_TAG:
            return facts.customer_tags
        case Field.WANTS_NEWS:
            return (_yes(bool(facts.asked_on) or wants_texts(facts.order)),)
        case _:
            return (facts.staff_id,)


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


def _categories(order: Order, known: Categories) -> tuple[str, ...]:
    found = (known.get(line.dish_id) for line in order.open_lines)
    return tuple(dict.fromkeys(str(one) for one in found if one is not None))


def _items(order: Order, _known: Categories) -> tuple[str, ...]:
    return (str(sum(line.quantity for line in order.open_lines)),)


_OF_ORDER: dict[Field, Callable[[Order, Categories], tuple[str, ...]]] = {
    Field.STATUS: lambda order, _: (order.kind.value,),
    Field.PHASE: lambda order, _: (PHASES[order.kind].value,),
    Field.FULFILMENT: lambda order, _: (order.fulfilment.value,),
    Field.SOURCE: lambda order, _: (order.source.value,),
    Field.ORDER_TEXTS: lambda order, _: (_yes(order.customer.order_texts),),
    Field.HAS_PHONE: lambda order, _: (_yes(bool(order.customer.phone)),),
    Field.LANGUAGE: lambda order, _: (order.customer.language,),
    Field.PARTNER: lambda order, _: (order.partner,),
    Field.ORDER_TAG: lambda order, _: order.tags,
    Field.PAYMENT_TYPE: lambda order, _: (order.payment_type,),
    Field.PAYMENT_STATE: lambda order, _: (payment_state(order),),
    Field.VALUE: lambda order, _: (str(order.total),),
    Field.ITEMS: _items,
    Field.DISH: lambda order, _: tuple(str(line.dish_id) for line in order.open_lines),
    Field.CATEGORY: _categories,
}
