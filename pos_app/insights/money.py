"""Money of a day: what came in, what went back, what nobody has paid."""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.desk import entries, handing_over
from pos_app.domain.workflow import Kind, has_ended
from pos_app.insights.telling import latest, named, who
from pos_app.insights.values import LeftUnpaid, Refunded, Sale, Takings
from pos_app.store.insights import DayOrder, DayRows
from pos_app.store.payments import REFUND

_NOBODY_PAYS = (Kind.NOT_COLLECTED, Kind.RETURNED)
_HANDED_OVER = (Kind.PICKED_UP, Kind.SERVED, Kind.DELIVERED, Kind.HANDED_TO_PARTNER)


def due(order: DayOrder) -> int:
    """What is still to pay; an order whose money all went back owes nothing."""
    given_back = order.refunded > 0 and order.refunded >= order.paid
    return 0 if given_back else max(0, order.total - order.paid)


def takings(rows: DayRows, placed: Iterable[DayOrder], undone: int) -> Takings:
    """`placed` are the day's orders without those whose placing was undone."""
    received: dict[str, int] = {}
    sales, still_open = [], 0
    for order in placed:
        for payment in rows.payments.get(order.id, ()):
            way = payment.type.removeprefix(REFUND)
            received[way] = received.get(way, 0) + payment.amount
        if order.kind is Kind.CANCELLED:
            continue
        still_open += not has_ended(order.kind)
        unpaid = 0 if order.kind in _NOBODY_PAYS else due(order)
        received_of_it = order.paid - order.refunded
        sales.append(Sale(named(order), order.kind, order.total, received_of_it, unpaid))
    to_pay = sum(sale.unpaid for sale in sales)
    return Takings(tuple(sales), received, to_pay, undone, still_open)


def refunds(rows: DayRows, placed: Iterable[DayOrder]) -> tuple[Refunded, ...]:
    """Every time that money went back. The reason is that of the cancelling, if it was one."""
    return tuple(
        Refunded(
            named(order),
            payment.type.removeprefix(REFUND),
            -payment.amount,
            payment.staff_id,
            order.cancel_reason,
        )
        for order in placed
        for payment in rows.payments.get(order.id, ())
        if payment.type.startswith(REFUND)
    )


def left_unpaid(rows: DayRows, placed: Iterable[DayOrder]) -> tuple[LeftUnpaid, ...]:
    """Orders that somebody has eaten and nobody has paid, the dearest first."""
    found = []
    for order in placed:
        if order.kind not in _HANDED_OVER or not due(order):
            continue
        said = latest(rows, order, handing_over.LEFT_UNPAID)
        ended = latest(rows, order, entries.BUMPED, entries.ENDED, entries.STREET)
        meant = said is not None
        found.append(LeftUnpaid(named(order), due(order), who(said or ended), meant))
    return tuple(sorted(found, key=lambda one: -one.due))
