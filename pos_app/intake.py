"""Orders from outside as JSON: read strictly, so that nothing is misread and nothing is lost.

Unknown and repeated fields are refused by name (a typing slip such as `qty` would lose data).
Dishes and modifiers go by id or by name in any language of the menu. In free texts line breaks
and tabs become one space, other control characters are refused; the desk masks card numbers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from pos_app import phones
from pos_app.clock import DAY_MS, Instant, instant_of
from pos_app.domain.menu import Dish, Menu, find_dish, folded
from pos_app.domain.order import Address, Customer, Draft, LineDraft, PaymentDraft
from pos_app.domain.workflow import Fulfilment, Source
from pos_app.errors import BadInput
from pos_app.fields import Fields, clean, plain_text, shown

LONGEST_INPUT = 1_000_000
MOST_LINES = 200
MOST_QUANTITY = 999
MOST_MODIFIERS = 50
MOST_TAGS = 20
LONGEST_TAG = 40
LONGEST_REF = 128
LONGEST_PARTNER = 40
LARGEST_AMOUNT = 10**12
LATEST_PROMISE_MS = 366 * DAY_MS
PAYMENT_TYPES = ("cash", "card", "online")
PAYMENT_STATES = ("unpaid", "paid")


@dataclass(frozen=True, slots=True)
class Shop:
    """What reading an order needs to know: its menu, its country for phones, the present."""

    menu: Menu
    country: str
    now: Instant


def read_order(raw: bytes, shop: Shop) -> Draft:
    """The order in `raw` (UTF-8 JSON, at most 1 MB). Raises BadInput naming the field."""
    return draft(parse(raw), shop)


def parse(raw: bytes) -> Any:
    """Any JSON value. Raises BadInput; repeated fields, NaN and lone surrogates are refused."""
    if len(raw) > LONGEST_INPUT:
        raise BadInput("", "The order is larger than 1 MB")
    try:
        return json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_no_number
        )
    except UnicodeDecodeError:
        raise BadInput("", "The order is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise BadInput(
            "",
            "The order is not JSON",
            "{reason} at line {line}, column {column}.",
            reason=error.msg,
            line=error.lineno,
            column=error.colno,
        ) from None
    except RecursionError:
        raise BadInput("", "The order is nested too deeply") from None
    except ValueError:  # more digits than Python reads
        raise BadInput("", "A number in the order is too long") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadInput(shown(name), "This field comes twice")
        found[name] = value
    return found


def _no_number(name: str) -> NoReturn:
    raise BadInput("", "“{name}” is not a number of JSON", name=name)


def draft(value: Any, shop: Shop) -> Draft:
    """An order from a decoded JSON value. Raises BadInput naming the field, and nothing else."""
    order = Fields(value, "")
    fulfilment = order.choice("fulfilment", Fulfilment, None)
    source = order.choice("source", Source, Source.COUNTER)
    drafted = Draft(
        fulfilment=fulfilment,
        lines=_lines(order, shop.menu),
        source=source,
        ref=order.text("ref", LONGEST_REF),
        customer=_customer(order, shop.country, source),
        promised_at=_promise(order, shop.now),
        payment=_payment(order),
        tags=_tags(order),
        allergy=order.text("allergy"),
        note=order.text("note"),
        address=_address(order),
        table=order.text("table"),
        placed_at=_moment(order, "placed_at"),
        partner=order.text("partner", LONGEST_PARTNER),
        hold=order.truth("hold", False),
    )
    order.nothing_else()
    if drafted.table and fulfilment is not Fulfilment.DINE_IN:
        raise BadInput("table", "Only a dine-in order has a table")
    return drafted


def line(value: Any, menu: Menu, path: str) -> LineDraft:
    """One line: `{"dish", "quantity", "modifiers", "note"}`; only `dish` is required."""
    fields = Fields(value, path)
    dish = named_dish(menu, fields.requiredplain_text("dish"), fields.path("dish"))
    read = LineDraft(
        dish_id=dish.id,
        quantity=fields.whole("quantity", 1, 1, MOST_QUANTITY),
        modifier_uids=_modifiers(fields, dish),
        note=fields.text("note"),
    )
    fields.nothing_else()
    return read


def named_dish(menu: Menu, wanted: str, path: str) -> Dish:
    """The one dish with this id or name. Raises BadInput naming `path`."""
    found = find_dish(menu, wanted)
    if not found:
        raise BadInput(path, "There is no dish “{dish}” on the menu", dish=shown(wanted))
    if len(found) > 1:
        ids = ", ".join(dish.uid for dish in found[:5])
        raise BadInput(
            path,
            "More than one dish is “{dish}”",
            hint="Use its id: {ids}",
            dish=shown(wanted),
            ids=ids,
        )
    return found[0]


def named_modifier(dish: Dish, wanted: str, path: str) -> str:
    """The id of the one modifier of `dish` with this id or name. Raises BadInput."""
    key = folded(wanted)
    found = [
        modifier
        for modifier in dish.modifiers
        if modifier.uid == wanted or key in map(folded, modifier.names.values())
    ]
    if not found:
        raise BadInput(path, "This dish has no modifier “{modifier}”", modifier=shown(wanted))
    if len(found) > 1:
        ids = ", ".join(modifier.uid for modifier in found[:5])
        raise BadInput(
            path,
            "More than one modifier is “{modifier}”",
            hint="Use its id: {ids}",
            modifier=shown(wanted),
            ids=ids,
        )
    return found[0].uid


def _lines(order: Fields, menu: Menu) -> tuple[LineDraft, ...]:
    given = order.array("lines", MOST_LINES)
    if not given:
        raise BadInput("lines", "An order needs at least one dish")
    return tuple(line(value, menu, f"lines[{index}]") for index, value in enumerate(given))


def _modifiers(fields: Fields, dish: Dish) -> tuple[str, ...]:
    path = fields.path("modifiers")
    return tuple(
        named_modifier(dish, plain_text(value, f"{path}[{index}]"), f"{path}[{index}]")
        for index, value in enumerate(fields.array("modifiers", MOST_MODIFIERS))
    )


def _customer(order: Fields, country: str, source: Source) -> Customer:
    fields = order.group("customer")
    if fields is None:
        return Customer()
    customer = Customer(
        name=fields.text("name"),
        phone=phones.parse(fields.text("phone"), country, fields.path("phone")),
        language=_language(fields),
        order_texts=fields.truth("order_texts", source is not Source.COUNTER),
        offers=fields.optional_truth("offers"),
    )
    fields.nothing_else()
    return customer


def _language(fields: Fields) -> str:
    code = fields.text("language").lower().partition("-")[0]
    if code and not (2 <= len(code) <= 3 and code.isascii() and code.isalpha()):
        raise BadInput(fields.path("language"), "This is not a language code", hint="Such as uk.")
    return code


def _payment(order: Fields) -> PaymentDraft | None:
    fields = order.group("payment")
    if fields is None:
        return None
    state = fields.word("state", PAYMENT_STATES, "unpaid")
    payment = PaymentDraft(
        type=fields.word("type", PAYMENT_TYPES, None),
        paid=state == "paid",
        change_from=fields.optional_whole("change_from", 0, LARGEST_AMOUNT),
    )
    fields.nothing_else()
    return payment


def _address(order: Fields) -> Address | None:
    fields = order.group("address")
    if fields is None:
        return None
    address = Address(
        street=fields.text("street"),
        entrance=fields.text("entrance"),
        floor=fields.text("floor"),
        door_code=fields.text("door_code"),
        note=fields.text("note"),
    )
    fields.nothing_else()
    return address


def _tags(order: Fields) -> tuple[str, ...]:
    tags = []
    for index, value in enumerate(order.array("tags", MOST_TAGS)):
        path = f"tags[{index}]"
        tag = clean(plain_text(value, path), path, LONGEST_TAG)
        if not tag:
            raise BadInput(path, "A tag needs a word")
        tags.append(tag)
    return tuple(dict.fromkeys(tags))


def _promise(fields: Fields, now: Instant) -> Instant | None:
    instant = _moment(fields, "promised_at")
    if instant is not None and instant > now + LATEST_PROMISE_MS:
        raise BadInput(fields.path("promised_at"), "The promised time is more than a year away")
    return instant


def _moment(fields: Fields, name: str) -> Instant | None:
    value = fields.take(name)
    if value is None:
        return None
    path = fields.path(name)
    try:
        moment = datetime.fromisoformat(plain_text(value, path))
        if moment.tzinfo is None:
            raise BadInput(path, "The time has no zone", hint="Such as 2026-11-23T19:30:00+02:00.")
        return instant_of(moment)
    except (ValueError, OverflowError):
        raise BadInput(
            path, "This is not an ISO 8601 time", hint="Such as 2026-11-23T19:30:00+02:00."
        ) from None
