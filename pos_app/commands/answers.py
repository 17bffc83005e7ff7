"""An order as the command line answers it: one JSON object, the same for every act."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from pos_app.clock import Instant, iso
from pos_app.errors import NotFound
from pos_app.language import pick

if TYPE_CHECKING:
    from pos_app.bootstrap import Shop
    from pos_app.desk.reading import Card, MessageNote, TimelineEntry
    from pos_app.desk.setup import Setup
    from pos_app.domain.order import Line, Order


def order_of(shop: Shop, order_id: int, *, created: bool = False) -> dict[str, Any]:
    """The order as it stands now. Raises NotFound."""
    card = shop.desk.order(order_id)
    if card is None:
        raise NotFound("There is no such order")
    url = shop.desk.tracking_url(order_id)
    return order_answer(card, shop.desk.setup(), url, created=created)


def order_answer(
    card: Card, setup: Setup, tracking_url: str | None, *, created: bool = False
) -> dict[str, Any]:
    """Amounts in minor units, times ISO 8601 in the shop's zone, `order_id` the order's uid."""
    order = card.order
    zone = setup.settings.shop.zone
    return {
        "order_id": order.uid,
        "number": order.number,
        "business_date": order.business_date,
        "status": order.kind.value,
        "placed_at": iso(order.placed_at, zone),
        "promised_at": iso(order.promised_at, zone),
        "total": _money(order.total, order),
        "paid": _money(order.paid, order),
        "due": _money(order.due, order),
        "refunded": _money(order.refunded, order),
        "tracking_url": tracking_url,
        "created": created,
        "source": order.source.value,
        "ref": order.ref or None,
        "fulfilment": order.fulfilment.value,
        "table": order.table or None,
        "customer": _customer(order),
        "address": asdict(order.address) if order.address is not None else None,
        "payment_type": order.payment_type or None,
        "tags": list(order.tags),
        "allergy": order.allergy or None,
        "note": order.note,
        "question": order.question or None,
        "partner": order.partner or None,
        "rush": order.rush,
        "held": order.held_at is not None,
        "enters_at": iso(order.enters_at, zone) if order.enters_at else None,
        "cancel_reason": order.cancel_reason or None,
        "lines": [_line(line, order, setup) for line in order.lines],
        "stations": _stations(order, setup),
        "times": _times(order, zone),
        "message": _message(card.note, zone),
    }


def history(entries: list[TimelineEntry], zone: str) -> list[dict[str, Any]]:
    """What happened to an order, oldest first."""
    return [
        {
            "at": iso(entry.at, zone),
            "event": entry.kind,
            "from": entry.payload.get("from"),
            "to": entry.payload.get("to"),
            "by": entry.staff_id,
        }
        for entry in entries
    ]


def _money(amount: int, order: Order) -> dict[str, Any]:
    return {"amount": amount, "currency": order.currency}


def _customer(order: Order) -> dict[str, Any] | None:
    customer = order.customer
    if not (customer.name or customer.phone):
        return None
    said = asdict(customer)
    # What was answered about offers belongs to the person, not to the order that is read.
    del said["offers"]
    return said


def _line(line: Line, order: Order, setup: Setup) -> dict[str, Any]:
    language = setup.settings.shop.language
    dish = setup.menu.dish(line.dish_id)
    return {
        "no": line.no,
        "dish": pick(line.names, language),
        "dish_id": dish.uid if dish is not None else None,
        "quantity": line.quantity,
        "modifiers": [pick(modifier.names, language) for modifier in line.modifiers],
        "note": line.note,
        "unit_price": _money(line.unit_price, order),
        "total": _money(line.total, order),
        "made": line.made_at is not None,
        "voided": line.voided_at is not None,
        "made_again_because": line.remake_reason or None,
    }


def _stations(order: Order, setup: Setup) -> list[dict[str, str]]:
    names = {station.id: station.names for station in setup.menu.stations}
    language = setup.settings.shop.language
    return [
        {
            "station": pick(names.get(ticket.station_id, {}), language),
            "status": ticket.kind.value,
        }
        for ticket in order.tickets
    ]


def _times(order: Order, zone: str) -> dict[str, str | None]:
    times = order.times
    moments: dict[str, Instant | None] = {
        "preparing_at": times.preparing_at,
        "ready_at": times.ready_at,
        "out_at": times.out_at,
        "ended_at": times.ended_at,
    }
    return {
        name: iso(moment, zone) if moment is not None else None for name, moment in moments.items()
    }


def _message(note: MessageNote | None, zone: str) -> dict[str, Any] | None:
    if note is None:
        return None
    return {
        "about": note.about,
        "state": note.state,
        "reason": note.reason,
        "due_at": iso(note.due_at, zone),
        "practice": note.practice,
    }
