"""Everything held about one guest, in words that he can read himself."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pos_app.clock import Instant, iso
from pos_app.desk.setup import Setup
from pos_app.domain.money import show
from pos_app.domain.order import Line, Order
from pos_app.language import pick
from pos_app.store import consents, contacts, erasing, messages, orders, ratings, tasks
from pos_app.store.about_one import payments_of, people_of
from pos_app.store.database import Connection

EXPORTED = "customer_exported"


def told(
    connection: Connection, setup: Setup, people_ids: list[int], now: Instant
) -> dict[str, Any]:
    """One document about the guest of these rows: times in the shop's zone, amounts in words."""
    zone = setup.settings.shop.zone
    known = people_of(connection, people_ids)
    order_ids = erasing.orders_of(connection, people_ids)
    found = orders.load_many(connection, order_ids)
    stars = ratings.of_orders(connection, order_ids)
    texts = messages.of_orders(connection, order_ids)
    money = payments_of(connection, order_ids)
    written = tasks.of_orders(connection, tasks.WROTE, order_ids)
    newest = known[-1]
    return {
        "shop": setup.settings.shop.name,
        "written_at": iso(now, zone),
        "phone": newest.phone,
        "names": list(dict.fromkeys(person.name for person in known if person.name)),
        "notes": [person.note for person in known if person.note],
        "language": newest.language,
        "addresses": [asdict(address) for person in known for address in person.addresses],
        "known_since": iso(min(person.created_at for person in known), zone),
        "reached_at": [
            {
                "channel": other.channel,
                "address": other.address,
                "since": iso(other.opted_at, zone),
            }
            for person in known
            for other in contacts.of_person(connection, person.id)
        ],
        "consents": [
            {
                "about": consent.kind.value,
                "agreed": consent.given,
                "asked_in_these_words": consent.wording or None,
                "at": iso(consent.at, zone),
                "by_way_of": consent.source,
            }
            for person in known
            for consent in consents.of_person(connection, person.id)
        ],
        "orders": [
            {
                **_order(order, setup),
                "payments": [
                    {
                        "way": paid.type,
                        "amount": show(paid.amount, order.currency, "en"),
                        "at": iso(paid.recorded_at, zone),
                    }
                    for paid in money.get(order.id, ())
                ],
                "texts": [_text(text, zone) for text in texts.get(order.id, ())],
                "stars": stars.get(order.id),
                "written_to_us": [
                    {"words": one.said, "at": iso(one.created_at, zone)}
                    for one in written[order.id]
                ],
            }
            for order in found.values()
        ],
    }


def _order(order: Order, setup: Setup) -> dict[str, Any]:
    zone, ended_at = setup.settings.shop.zone, order.times.ended_at
    return {
        "number": order.number,
        "day": order.business_date,
        "placed_at": iso(order.placed_at, zone),
        "ended_at": None if ended_at is None else iso(ended_at, zone),
        "status": order.kind.value,
        "way": order.fulfilment.value,
        "came_by": order.source.value,
        "reference": order.ref or None,
        "platform": order.partner or None,
        "address": None if order.address is None else asdict(order.address),
        "table": order.table or None,
        "tags": list(order.tags),
        "allergy": order.allergy or None,
        "note": order.note or None,
        "question": order.question or None,
        "cancelled_because": order.cancel_reason or None,
        "texts_wanted": order.customer.order_texts,
        "dishes": [_line(line, order, setup) for line in order.lines],
        "total": show(order.total, order.currency, "en"),
        "paid": show(order.paid, order.currency, "en"),
        "given_back": show(order.refunded, order.currency, "en"),
    }


def _line(line: Line, order: Order, setup: Setup) -> dict[str, Any]:
    language = setup.settings.shop.language
    return {
        "dish": pick(line.names, language),
        "pieces": line.quantity,
        "with": [pick(modifier.names, language) for modifier in line.modifiers],
        "note": line.note or None,
        "price": show(line.unit_price, order.currency, "en"),
        "taken_off": line.voided_at is not None,
        "made_again_because": line.remake_reason or None,
    }


def _text(text: messages.Message, zone: str) -> dict[str, Any]:
    return {
        "about": text.about,
        "state": text.state,
        "why": text.reason or None,
        "asked_for_at": iso(text.created_at, zone),
        "sent_at": None if text.sent_at is None else iso(text.sent_at, zone),
        "number_at_the_gateway": text.provider_id or None,
    }
