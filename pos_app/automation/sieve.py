"""Which rules an event can move at all, decided once for all orders that are alike.

Most rules fail for a reason that thousands of orders share: no consent to texts, eaten in, another
source. What is decided by such conditions alone is kept by what they found, so that the rest of a
rule is asked only where it can still hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pos_app.automation.book import Ready, RuleBook
from pos_app.automation.conditions import Seen, compiled
from pos_app.automation.events import fits
from pos_app.automation.facts import payment_state
from pos_app.automation.model import Condition, Field, Group, Join
from pos_app.automation.past import Occasion
from pos_app.domain.order import Order

FEW = frozenset(
    {
        Field.STATUS,
        Field.PHASE,
        Field.FULFILMENT,
        Field.SOURCE,
        Field.PARTNER,
        Field.LANGUAGE,
        Field.HAS_PHONE,
        Field.ORDER_TEXTS,
        Field.WANTS_NEWS,
        Field.PAYMENT_TYPE,
        Field.PAYMENT_STATE,
    }
)
"""What is one of a few things, and the same for many orders."""

_UNKNOWN = object()
Likeness = tuple[object, ...]
"""What all fields of `FEW` are: equal for orders of which they decide the same."""


def likeness(order: Order, *, has_asked: bool) -> Likeness:
    """What the fields of `FEW` find follows from this.

    `has_asked`: the guest asked to be told beside his phone.
    """
    customer = order.customer
    return (
        order.kind,
        order.fulfilment,
        order.source,
        order.partner,
        customer.language,
        bool(customer.phone),
        customer.order_texts,
        has_asked,
        order.payment_type,
        payment_state(order),
    )


@dataclass(slots=True)
class Sieved:
    """The rules that wait for an event of alike orders: `never` hold, or may.

    `times`: how often it happened, so that what never holds is counted and not asked.
    """

    never: tuple[Ready, ...]
    may: tuple[tuple[Ready, bool], ...]
    times: int = field(default=0)


class Sieve:
    """Keeps what has been decided."""

    __slots__ = ("_book", "_found", "_looks", "_waiting")

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._waiting: dict[Occasion, tuple[Ready, ...]] = {}
        self._found: dict[tuple[Occasion, Likeness], Sieved] = {}
        self._looks: dict[tuple[str, Likeness], object] = {}

    def waits(self, occasion: Occasion) -> bool:
        """Whether any rule waits for this."""
        return bool(self._rules(occasion))

    def sieved(self, occasion: Occasion, alike: Likeness, seen: Seen) -> Sieved:
        """What is decided by `seen`, an order that is `alike`; kept for all others."""
        never, may = [], []
        for one in self._rules(occasion):
            decided = _decided(one.one.rule.when, seen)
            if decided is False:
                never.append(one)
            else:
                may.append((one, decided is True))
        found = Sieved(tuple(never), tuple(may))
        self._found[occasion, alike] = found
        return found

    def known(self, occasion: Occasion, alike: Likeness) -> Sieved | None:
        return self._found.get((occasion, alike))

    def look(self, one: Ready, alike: Likeness, seen: Callable[[], Seen]) -> bool:
        """Whether the conditions of a rule of time hold; what is decided is not asked again."""
        key = (one.one.rule.id, alike)
        decided = self._looks.get(key, _UNKNOWN)
        if decided is _UNKNOWN:
            decided = self._looks[key] = _decided(one.one.rule.when, seen())
        return bool(decided) if decided is not None else one.when.holds(seen())

    def all(self) -> tuple[Sieved, ...]:
        return tuple(self._found.values())

    def _rules(self, occasion: Occasion) -> tuple[Ready, ...]:
        found = self._waiting.get(occasion)
        if found is None:
            found = self._waiting[occasion] = tuple(
                one
                for event in occasion.events
                for one in self._book.on(event.on)
                if fits(one.one.rule.trigger, event)
            )
        return found


def _decided(group: Group, seen: Seen) -> bool | None:
    """Whether `group` holds; None where that hangs on more than the fields of `FEW`."""
    said = [_answer(condition, seen) for condition in group.conditions]
    said += [_decided(inner, seen) for inner in group.groups]
    if group.join is Join.ALL:
        return False if False in said else None if None in said else True
    if not said:
        return True
    some = True if True in said else None if None in said else False
    if group.join is Join.ANY or some is None:
        return some
    return not some


def _answer(condition: Condition, seen: Seen) -> bool | None:
    if condition.field not in FEW:
        return None
    return compiled(Group(conditions=(condition,))).holds(seen)
