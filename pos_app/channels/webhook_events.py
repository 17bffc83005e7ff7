"""What other programs are told of an order: a pure function from an event to JSON.

No word about a person is in it unless the manager ticked that this receiver gets them.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from pos_app.channels.setups_direct import EVENT_TYPES, WebhookSetup
from pos_app.clock import Instant, iso
from pos_app.domain.order import Line, Order

CHANGED = "order.changed"


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """`uid` is the event's own identity, the same at every try; `type` one of `EVENT_TYPES`."""

    uid: str
    type: str
    at: Instant


class _Line(msgspec.Struct, frozen=True):
    quantity: int
    names: dict[str, str]
    modifiers: list[dict[str, str]]
    total: int


class _Guest(msgspec.Struct, frozen=True):
    name: str
    phone: str
    language: str
    street: str
    entrance: str
    floor: str
    door_code: str
    note: str
    allergy: str


class _Data(msgspec.Struct, frozen=True, omit_defaults=True):
    uid: str
    number: str
    ref: str
    source: str
    fulfilment: str
    status: str
    revision: int
    placed_at: str
    promised_at: str
    currency: str
    total: int
    due: int
    lines: list[_Line]
    guest: _Guest | None = None


class _Payload(msgspec.Struct, frozen=True):
    type: str
    timestamp: str
    data: _Data


def type_of(entered: str) -> str:
    """The event's type when an order entered a kind of status; anything else is a change."""
    named = f"order.{entered}"
    return named if named in EVENT_TYPES else CHANGED


def is_wanted(setup: WebhookSetup, event: OrderEvent) -> bool:
    """Whether this receiver asked for events of this type."""
    return not setup.events or event.type in setup.events


def payload(event: OrderEvent, order: Order, *, personal: bool) -> bytes:
    """The body of one webhook; the same event and order give the same bytes."""
    data = _Data(
        uid=order.uid,
        number=order.number,
        ref=order.ref,
        source=order.source.value,
        fulfilment=order.fulfilment.value,
        status=order.kind.value,
        revision=order.revision,
        placed_at=iso(order.placed_at),
        promised_at=iso(order.promised_at),
        currency=order.currency,
        total=order.total,
        due=order.due,
        lines=[_line(line) for line in order.lines if line.voided_at is None],
        guest=_guest(order) if personal else None,
    )
    return msgspec.json.encode(_Payload(event.type, iso(event.at), data))


def _line(line: Line) -> _Line:
    modifiers = [dict(modifier.names) for modifier in line.modifiers]
    return _Line(line.quantity, dict(line.names), modifiers, line.total)


def _guest(order: Order) -> _Guest:
    customer, address = order.customer, order.address
    return _Guest(
        name=customer.name,
        phone=customer.phone,
        language=customer.language,
        street=address.street if address else "",
        entrance=address.entrance if address else "",
        floor=address.floor if address else "",
        door_code=address.door_code if address else "",
        note=order.note,
        allergy=order.allergy,
    )
