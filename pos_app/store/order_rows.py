"""From rows to values: an order, its lines and its tickets as the domain knows them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from pos_app.clock import Instant
from pos_app.domain.order import (
    Address,
    Adjustment,
    Customer,
    FrozenModifier,
    Line,
    Order,
    StageTimes,
    Ticket,
    TicketChange,
)
from pos_app.domain.workflow import Fulfilment, Kind, Source
from pos_app.store import documents

Row_ = Row[Any]
NOTHING = "[]"
_CHANGES = tuple[TicketChange, ...]
_MODIFIERS = tuple[FrozenModifier, ...]
_TAGS = tuple[str, ...]


@lru_cache(maxsize=4096)
def line(row: Row_) -> Line:
    """Lines hardly ever change and are read at every act and repaint: each row is made once."""
    return Line(
        id=row.id,
        no=row.no,
        dish_id=row.dish_id,
        names=documents.load_names(row.names),
        kitchen=documents.load_names(row.kitchen),
        quantity=row.quantity,
        unit_price=row.unit_price,
        modifiers=() if row.modifiers == NOTHING else documents.load(row.modifiers, _MODIFIERS),
        note=row.note,
        station_id=row.station_id,
        prep_minutes=row.prep_minutes,
        tax_class=row.tax_class,
        tax_rate_bp=row.tax_rate_bp,
        tax_inclusive=bool(row.tax_inclusive),
        replaces=row.replaces,
        made_at=row.made_at,
        handed_over_at=row.handed_over_at,
        voided_at=row.voided_at,
        remake_reason=row.remake_reason,
    )


def ticket(row: Row_) -> Ticket:
    return Ticket(
        row.id,
        row.station_id,
        Kind(row.kind),
        row.entry,
        Instant(row.entered_at),
        row.allergy_seen_at,
        () if row.changes == NOTHING else documents.load(row.changes, _CHANGES),
    )


def order(
    row: Row_,
    of_lines: tuple[Line, ...],
    of_tickets: tuple[Ticket, ...],
    of_adjustments: tuple[Adjustment, ...],
) -> Order:
    address = None
    if row.address_no is not None and row.person_addresses:
        known = documents.load(row.person_addresses, tuple[Address, ...])
        address = known[row.address_no] if row.address_no < len(known) else None
    return Order(
        id=row.id,
        uid=row.uid,
        number=row.number,
        business_date=row.business_date,
        source=Source(row.source),
        ref=row.ref or "",
        fulfilment=Fulfilment(row.fulfilment),
        status=row.status,
        kind=Kind(row.kind),
        entry=row.entry,
        entered_at=Instant(row.entered_at),
        placed_at=Instant(row.placed_at),
        promised_at=Instant(row.promised_at),
        promise_moved=bool(row.promise_moved),
        times=StageTimes(
            Instant(row.placed_at), row.preparing_at, row.ready_at, row.out_at, row.ended_at
        ),
        currency=row.currency,
        total=row.total,
        paid=row.paid,
        payment_type=row.payment_type,
        change_from=row.change_from,
        revision=row.revision,
        lines=of_lines,
        tickets=of_tickets,
        adjustments=of_adjustments,
        customer=Customer(
            row.person_name or "", row.person_phone or "", row.language, bool(row.order_texts)
        ),
        people_id=row.people_id,
        address=address,
        table=row.table_name,
        tags=() if row.tags == NOTHING else documents.load(row.tags, _TAGS),
        allergy=row.allergy,
        note=row.note,
        cancel_reason=row.cancel_reason,
        arrived_at=row.arrived_at,
        enters_at=Instant(row.enters_at),
        held_at=row.held_at,
        rush=bool(row.rush),
        asked_at=row.asked_at,
        question=row.question,
        allergy_seen_at=row.allergy_seen_at,
        cancel_asked_at=row.cancel_asked_at,
        texts_stopped_at=row.texts_stopped_at,
        refunded=row.refunded,
        courier_id=row.courier_id,
        courier_leg=row.courier_leg,
        partner=row.partner,
        times_known=bool(row.times_known),
        by_hand=bool(row.by_hand or row.guest_by_hand),
    )
