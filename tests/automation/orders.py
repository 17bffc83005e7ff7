"""Orders as values, without a shop."""

from __future__ import annotations

from pos_app.clock import MINUTE_MS, Instant
from pos_app.domain.order import Customer, Order, StageTimes
from pos_app.domain.workflow import Fulfilment, Kind, Source

NOON = Instant(1_795_428_000_000)
"""23 November 2026, 12:00 in Kyiv."""


def order(
    *,
    kind: Kind = Kind.ACCEPTED,
    fulfilment: Fulfilment = Fulfilment.PICKUP,
    source: Source = Source.PHONE,
    total: int = 22_000,
    paid: int = 0,
    tags: tuple[str, ...] = (),
    texts: bool = True,
    phone: str = "+380671234567",
    at: Instant = NOON,
) -> Order:
    return Order(
        id=1,
        uid="01900000-0000-7000-8000-0000000000ff",
        number="A1",
        business_date="2026-11-23",
        source=source,
        ref="",
        fulfilment=fulfilment,
        status=kind.value,
        kind=kind,
        entry=1,
        entered_at=at,
        placed_at=at,
        promised_at=Instant(at + 40 * MINUTE_MS),
        promise_moved=False,
        times=StageTimes(at),
        currency="UAH",
        total=total,
        paid=paid,
        payment_type="",
        change_from=None,
        revision=1,
        lines=(),
        tickets=(),
        adjustments=(),
        customer=Customer("Iryna", phone, "uk", order_texts=texts),
        people_id=1,
        address=None,
        table="",
        tags=tags,
        allergy="",
        note="",
        cancel_reason="",
        arrived_at=None,
    )
