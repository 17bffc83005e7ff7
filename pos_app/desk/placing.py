"""Placing an order: checked against the menu, numbered, promised, and told onwards."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, replace
from typing import Any

import msgspec

from pos_app.clock import Instant, business_date
from pos_app.desk import chats, consenting, entries, paper, timing
from pos_app.desk.lines import MAX_LINES, MAX_TEXT, freeze
from pos_app.desk.masking import masked_draft
from pos_app.desk.pages import mint_links
from pos_app.desk.transaction import Transaction
from pos_app.domain.ids import new_uid
from pos_app.domain.order import Draft, Order
from pos_app.domain.workflow import Fulfilment, Kind
from pos_app.errors import BadInput, Refused
from pos_app.store import documents, orders, people, tables
from pos_app.store.order_rows import NOTHING

PAYMENT_TYPES = ("cash", "card", "online")
_LATER_FIELDS = {"placed_at": None, "partner": "", "hold": False}


@dataclass(frozen=True, slots=True)
class Placed:
    """`created` is False when the same reference had placed this order before."""

    order: Order
    created: bool
    seq: int | None


def place(act: Transaction, draft: Draft, *, pushed: bool = True) -> Placed:
    """Place `draft`. `pushed` False (a replay of the past) makes no link, so no page.

    Raises BadInput naming the field, Refused for a dish that is sold out, a reference that
    came with another content, or while the shop has stopped taking such orders.
    """
    draft = masked_draft(draft)
    ref_hash = content_hash(draft) if draft.ref else None
    if draft.ref:
        known = orders.by_ref(act.connection, draft.source, draft.ref)
        if known is not None:
            return _placed_before(act, known, ref_hash, draft)
    _check(act, draft)
    rows = [
        freeze(act, line, no, f"lines[{no - 1}]") for no, line in enumerate(draft.lines, start=1)
    ]
    times = timing.times_of(act, draft, max(row["prep_minutes"] for row in rows))
    order_id = _insert(act, draft, rows, ref_hash, times)
    seq = act.record(entries.PLACED, order_id, _placing(draft, rows, times))
    order = act.order(order_id)
    if pushed:
        chats.mint(act, order_id, order.uid)
    if pushed and act.setup.site is not None:
        mint_links(act, order)
        act.queue_page(order_id)
    act.fresh[order_id] = order
    if pushed:
        consenting.keep(act, order.people_id, order_id, draft.customer, draft.source)
        paper.print_placed(act, order)
    return Placed(order, created=True, seq=seq)


def _placing(draft: Draft, rows: list[dict[str, Any]], times: timing.OrderTimes) -> dict[str, Any]:
    """What the journal says of a placing; its own time is when the order was entered."""
    payload: dict[str, Any] = {
        "from": None,
        "to": Kind.ACCEPTED.value,
        "total": sum(row["unit_price"] * row["quantity"] for row in rows),
    }
    if draft.placed_at is not None:
        payload["placed_at"] = times.placed_at
    return payload


def content_hash(draft: Draft) -> str:
    """SHA-256 of what was asked for: the same reference must bring the same content."""
    said = asdict(replace(draft, ref=""))
    # Fields that came later count only when used: what was hashed before them stays the same.
    for name, unused in _LATER_FIELDS.items():
        if said[name] == unused:
            del said[name]
    if said["customer"]["offers"] is None:
        del said["customer"]["offers"]
    raw = msgspec.json.encode(msgspec.to_builtins(said), order="deterministic")
    return hashlib.sha256(raw).hexdigest()


def _placed_before(
    act: Transaction, known: tuple[int, str], ref_hash: str | None, draft: Draft
) -> Placed:
    order_id, known_hash = known
    if known_hash != ref_hash:
        raise Refused(
            "Reference {ref} belongs to another order",
            "It came before with other content.",
            "Send a new reference, or change the order on the board.",
            ref=draft.ref,
        )
    return Placed(act.order(order_id), created=False, seq=None)


def _check(act: Transaction, draft: Draft) -> None:
    if not draft.lines:
        raise BadInput("lines", "An order needs at least one dish")
    if len(draft.lines) > MAX_LINES:
        raise BadInput("lines", "At most {most} lines on one order", most=MAX_LINES)
    # A platform's rider knows where to; our own courier needs to be told.
    own_delivery = draft.fulfilment is Fulfilment.DELIVERY and not draft.partner
    if own_delivery and (draft.address is None or not draft.address.street.strip()):
        raise BadInput("address.street", "A delivery needs a street")
    if draft.payment is not None and draft.payment.type not in PAYMENT_TYPES:
        raise BadInput(
            "payment.type", "“{payment}” is no way to pay here", payment=draft.payment.type
        )
    timing.check(act, draft)
    _check_texts(draft)


def _check_texts(draft: Draft) -> None:
    texts = {
        "customer.name": draft.customer.name,
        "allergy": draft.allergy,
        "note": draft.note,
        "table": draft.table,
        "ref": draft.ref,
        "partner": draft.partner,
    }
    if draft.address is not None:
        texts |= {f"address.{key}": value for key, value in asdict(draft.address).items()}
    for field, text in texts.items():
        longest = 128 if field == "ref" else MAX_TEXT
        if len(text) > longest:
            raise BadInput(field, "At most {most} characters", most=longest)


def _insert(
    act: Transaction,
    draft: Draft,
    line_rows: list[dict[str, Any]],
    ref_hash: str | None,
    times: timing.OrderTimes,
) -> int:
    shop = act.setup.settings.shop
    people_id, address_no = people.keep(act.connection, draft.customer, draft.address, act.now)
    day = business_date(times.placed_at, shop.zone, shop.cutover_hour).isoformat()
    total = sum(row["unit_price"] * row["quantity"] for row in line_rows)
    payment = draft.payment
    paid = total if payment is not None and payment.paid else 0
    row = {
        "uid": new_uid(),
        "number": _number(act, day),
        "business_date": day,
        "source": draft.source.value,
        "ref": draft.ref or None,
        "ref_hash": ref_hash,
        "fulfilment": draft.fulfilment.value,
        "table_name": draft.table,
        "status": entries.status_of(act, Kind.ACCEPTED),
        "kind": Kind.ACCEPTED.value,
        "entry": 1,
        "entered_at": times.placed_at,
        "recalled_from": None,
        "is_open": True,
        "placed_at": times.placed_at,
        "promised_at": times.promised_at,
        "promise_moved": False,
        "preparing_at": None,
        "ready_at": None,
        "out_at": None,
        "ended_at": None,
        "times_known": True,
        "courier_leg": "none",
        "people_id": people_id,
        "address_no": address_no,
        "language": draft.customer.language or shop.language,
        "order_texts": draft.customer.order_texts,
        "tags": documents.dump(list(draft.tags)),
        "allergy": draft.allergy,
        "note": draft.note,
        "cancel_reason": "",
        "currency": shop.currency,
        "total": total,
        "paid": paid,
        "payment_type": payment.type if payment is not None else "",
        "change_from": payment.change_from if payment is not None else None,
        "arrived_at": None,
        "enters_at": times.enters_at,
        "held_at": act.now if draft.hold else None,
        "rush": False,
        "asked_at": None,
        "question": "",
        "allergy_seen_at": None,
        "cancel_asked_at": None,
        "texts_stopped_at": None,
        "refunded": 0,
        "by_hand": False,
        "courier_id": "",
        "partner": draft.partner,
        "revision": 1,
        "device_id": act.device_id,
        "staff_id": act.staff_id,
    }
    tickets = _tickets(line_rows, times.placed_at)
    order_id = orders.insert_order(act.connection, row, line_rows, tickets)
    if paid and payment is not None:
        record_payment(act, order_id, payment.type, paid)
    return order_id


def _number(act: Transaction, day: str) -> str:
    number, skipped = orders.take_number(act.connection, day, act.setup.settings.shop.prefix)
    for other in skipped:
        act.record("number_skipped", None, {"business_date": day, "number": other})
    return number


def _tickets(line_rows: list[dict[str, Any]], placed_at: Instant) -> list[dict[str, Any]]:
    stations = dict.fromkeys(row["station_id"] for row in line_rows)
    return [
        {
            "station_id": station_id,
            "kind": Kind.ACCEPTED.value,
            "entry": 1,
            "entered_at": placed_at,
            "allergy_seen_at": None,
            "changes": NOTHING,
        }
        for station_id in stations
    ]


def record_payment(
    act: Transaction, order_id: int, payment_type: str, amount: int, courier_id: str = ""
) -> None:
    """One row of money received (negative: given back); `courier_id` took it at a door."""
    act.connection.execute(
        tables.payments.insert(),
        {
            "order_id": order_id,
            "type": payment_type,
            "amount": amount,
            "recorded_at": act.now,
            "staff_id": act.staff_id,
            "courier_id": courier_id,
        },
    )
