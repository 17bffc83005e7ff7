"""What may be wrong with one condition."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.automation.known import Known
from pos_app.automation.model import Comparison, Condition, Field, On, Trigger
from pos_app.automation.readable import is_number, is_printable, is_time
from pos_app.domain.workflow import Fulfilment, Kind, Phase, Source
from pos_app.errors import BadInput

MOST_VALUES = 50
LONGEST_VALUE = 100

NUMBERS = frozenset(
    (
        Field.VALUE,
        Field.ITEMS,
        Field.PAST_ORDERS,
        Field.LATER_ORDERS,
        Field.SHOP_LOAD,
        Field.RATING,
        Field.WEEKDAY,
    )
)
OF_SHOP = frozenset((Field.WEEKDAY, Field.TIME, Field.SHOP_LOAD))
"""What can be asked where there is no order."""

_YES_NO = frozenset(("yes", "no"))
_CHOICES: dict[Field, frozenset[str]] = {
    Field.STATUS: frozenset(Kind),
    Field.PHASE: frozenset(Phase),
    Field.FULFILMENT: frozenset(Fulfilment),
    Field.SOURCE: frozenset(Source),
    Field.PAYMENT_TYPE: frozenset(("cash", "card", "online", "")),
    Field.PAYMENT_STATE: frozenset(("unpaid", "part", "paid", "refunded")),
    Field.HAS_PHONE: _YES_NO,
    Field.ORDER_TEXTS: _YES_NO,
    Field.WANTS_NEWS: _YES_NO,
    Field.OFFERS: _YES_NO,
    Field.WEEKDAY: frozenset("1234567"),
    Field.RATING: frozenset("12345"),
}


def comparisons(field: Field) -> tuple[Comparison, ...]:
    """How `field` may be compared."""
    if field is Field.TIME:
        return (Comparison.BETWEEN, Comparison.AT_LEAST, Comparison.AT_MOST)
    if field in NUMBERS:
        return tuple(Comparison)
    return (Comparison.ONE_OF, Comparison.NONE_OF)


def choices(field: Field, known: Known) -> frozenset[str] | None:
    """Every value that `field` can have; None where it is written freely or is a number."""
    match field:
        case Field.DISH:
            return known.dishes
        case Field.CATEGORY:
            return known.categories
        case Field.LANGUAGE:
            return known.languages
        case Field.STAFF:
            return known.staff
        case _:
            return _CHOICES.get(field)


def faults(condition: Condition, trigger: Trigger, known: Known) -> Iterator[BadInput]:
    """Everything that is wrong with `condition` in a rule with this trigger."""
    if trigger.on is On.DAILY and condition.field not in OF_SHOP:
        yield BadInput("field", "A daily rule is about no order", hint="It cannot ask for this.")
    if condition.how not in comparisons(condition.field):
        yield BadInput("how", "This cannot be compared like that", hint="Choose another way.")
        return
    count = _count(condition.how)
    if count is not None and len(condition.values) != count:
        yield BadInput("values", "This comparison takes {count} values", count=count)
        return
    if not 1 <= len(condition.values) <= MOST_VALUES:
        yield BadInput("values", "Choose 1 to {most} values", most=MOST_VALUES)
        return
    yield from _of_values(condition, known)


def _count(how: Comparison) -> int | None:
    match how:
        case Comparison.BETWEEN:
            return 2
        case Comparison.AT_LEAST | Comparison.AT_MOST:
            return 1
        case _:
            return None


def _of_values(condition: Condition, known: Known) -> Iterator[BadInput]:
    offered = choices(condition.field, known)
    for value in condition.values:
        if condition.field is Field.TIME:
            if not is_time(value):
                yield BadInput(
                    "values", "“{value}” is no time", hint="Such as 18:30.", value=_shown(value)
                )
        elif offered is not None:
            if value not in offered:
                yield BadInput("values", "There is no “{value}” to choose", value=_shown(value))
        elif condition.field in NUMBERS:
            if not is_number(value):
                yield BadInput("values", "“{value}” is no number", value=_shown(value))
        elif len(value) > LONGEST_VALUE or not is_printable(value):
            yield BadInput("values", "“{value}” cannot be read", value=_shown(value))
    if condition.how is Comparison.BETWEEN:
        yield from _of_bounds(condition)


def _of_bounds(condition: Condition) -> Iterator[BadInput]:
    first, last = condition.values
    if condition.field is Field.TIME:
        if first == last:
            yield BadInput("values", "These hours are empty")
    elif is_number(first) and is_number(last) and int(first) > int(last):
        yield BadInput("values", "The first number is above the second")


def _shown(value: str) -> str:
    """What can be shown of a value that may be anything."""
    return "".join(sign if is_printable(sign) else "?" for sign in value[:40])
