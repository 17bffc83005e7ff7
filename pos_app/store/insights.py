"""The rows behind a report about one day: read only, a dozen columns of what happened.

The orders of a day are found by their numbers: the counter says which were given out, and the
index of numbers has them, so that a day costs the same in a store of ten years.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, and_, bindparam, func, select

from pos_app.clock import Instant
from pos_app.domain.workflow import Fulfilment, Kind
from pos_app.store import documents
from pos_app.store.tables import (
    journal,
    lines,
    messages,
    number_counters,
    orders,
    payments,
    people,
    ratings,
    tickets,
)

_CHUNK = 400


@dataclass(frozen=True, slots=True)
class DayOrder:
    """One order's head. `name` is the guest's, empty where nobody gave one."""

    id: int
    number: str
    name: str
    table: str
    fulfilment: Fulfilment
    kind: Kind
    placed_at: Instant
    enters_at: Instant
    promised_at: Instant
    promise_moved: bool
    preparing_at: Instant | None
    ready_at: Instant | None
    out_at: Instant | None
    ended_at: Instant | None
    times_known: bool
    total: int
    paid: int
    refunded: int
    cancel_reason: str
    courier_id: str
    partner: str


@dataclass(frozen=True, slots=True)
class DayLine:
    no: int
    names: dict[str, str]
    quantity: int
    prep_minutes: int
    station_id: int
    is_voided: bool
    remake_reason: str


@dataclass(frozen=True, slots=True)
class DayTicket:
    """`entered_at` is when the station's share came to stand in `kind`."""

    station_id: int
    kind: Kind
    entered_at: Instant


@dataclass(frozen=True, slots=True)
class DayPayment:
    """`amount` in minor units, negative when it went back."""

    type: str
    amount: int
    staff_id: str
    courier_id: str


@dataclass(frozen=True, slots=True)
class DayText:
    """`cost` in hundredths of the minor unit."""

    about: str
    state: str
    reason: str
    cost: int


@dataclass(frozen=True, slots=True)
class DayEvent:
    """One event of the journal; its document is read only by whoever needs it."""

    seq: int
    kind: str
    at: Instant
    staff_id: str
    payload: str

    def told(self) -> dict[str, Any]:
        """The event's own document."""
        return documents.load(self.payload, dict[str, Any])


@dataclass(frozen=True, slots=True)
class DayRows:
    """Everything about the orders of one business date, the rest by order id."""

    orders: tuple[DayOrder, ...]
    lines: dict[int, list[DayLine]]
    tickets: dict[int, list[DayTicket]]
    payments: dict[int, list[DayPayment]]
    texts: dict[int, list[DayText]]
    stars: dict[int, int]
    events: dict[int, list[DayEvent]]


_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_COUNTERS = select(number_counters.c.prefix, number_counters.c.last).where(
    number_counters.c.business_date == bindparam("day")
)
_ORDERS: Select[Any] = (
    select(
        orders.c.id,
        orders.c.number,
        orders.c.table_name,
        orders.c.fulfilment,
        orders.c.kind,
        orders.c.placed_at,
        orders.c.enters_at,
        orders.c.promised_at,
        orders.c.promise_moved,
        orders.c.preparing_at,
        orders.c.ready_at,
        orders.c.out_at,
        orders.c.ended_at,
        orders.c.times_known,
        orders.c.total,
        orders.c.paid,
        orders.c.refunded,
        orders.c.cancel_reason,
        orders.c.courier_id,
        orders.c.partner,
        people.c.name,
    )
    .select_from(orders.outerjoin(people, orders.c.people_id == people.c.id))
    .where(
        and_(
            orders.c.number.in_(bindparam("numbers", expanding=True)),
            orders.c.business_date == bindparam("day"),
        )
    )
)
_LINES: Select[Any] = (
    select(
        lines.c.order_id,
        lines.c.no,
        lines.c.names,
        lines.c.quantity,
        lines.c.prep_minutes,
        lines.c.station_id,
        lines.c.voided_at,
        lines.c.remake_reason,
    )
    .where(lines.c.order_id.in_(_IDS))
    .order_by(lines.c.order_id, lines.c.no)
)
_TICKETS: Select[Any] = (
    select(tickets.c.order_id, tickets.c.station_id, tickets.c.kind, tickets.c.entered_at)
    .where(tickets.c.order_id.in_(_IDS))
    .order_by(tickets.c.id)
)
_PAYMENTS: Select[Any] = (
    select(
        payments.c.order_id,
        payments.c.type,
        payments.c.amount,
        payments.c.staff_id,
        payments.c.courier_id,
    )
    .where(payments.c.order_id.in_(_IDS))
    .order_by(payments.c.id)
)
_TEXTS: Select[Any] = (
    select(
        messages.c.order_id,
        messages.c.about,
        messages.c.state,
        messages.c.reason,
        messages.c.cost,
    )
    .where(messages.c.order_id.in_(_IDS))
    .order_by(messages.c.id)
)
_STARS: Select[Any] = select(ratings.c.order_id, ratings.c.stars).where(
    ratings.c.order_id.in_(_IDS)
)
_EVENTS: Select[Any] = (
    select(
        journal.c.seq,
        journal.c.order_id,
        journal.c.kind,
        journal.c.at,
        journal.c.staff_id,
        journal.c.payload,
    )
    .where(
        and_(journal.c.order_id.in_(_IDS), journal.c.kind.in_(bindparam("kinds", expanding=True)))
    )
    .order_by(journal.c.seq)
)


def day_rows(connection: Connection, business_date: str, kinds: tuple[str, ...]) -> DayRows:
    """All orders of `business_date` (ISO) in the order they were placed; events of `kinds`."""
    found = _orders_of(connection, business_date)
    rows = DayRows(
        tuple(sorted(found, key=lambda order: (order.placed_at, order.id))),
        defaultdict(list),
        defaultdict(list),
        defaultdict(list),
        defaultdict(list),
        {},
        defaultdict(list),
    )
    ids = [order.id for order in rows.orders]
    for start in range(0, len(ids), _CHUNK):
        _read_beside(connection, ids[start : start + _CHUNK], kinds, rows)
    return rows


def first_and_last_day(connection: Connection) -> tuple[str, str] | None:
    """The business dates of the oldest and the newest order; None in an empty store."""
    # Each end of the key's index by itself: asked together, every day would be read.
    day = number_counters.c.business_date
    ends = [select(end(day)).scalar_subquery() for end in (func.min, func.max)]
    row = connection.execute(select(*ends)).one()
    return (row[0], row[1]) if row[0] is not None else None


def _orders_of(connection: Connection, day: str) -> list[DayOrder]:
    numbers = [
        f"{row.prefix}{number}"
        for row in connection.execute(_COUNTERS, {"day": day})
        for number in range(1, row.last + 1)
    ]
    return [
        _order(row)
        for start in range(0, len(numbers), _CHUNK)
        for row in connection.execute(
            _ORDERS, {"day": day, "numbers": numbers[start : start + _CHUNK]}
        )
    ]


def _read_beside(
    connection: Connection, ids: list[int], kinds: tuple[str, ...], rows: DayRows
) -> None:
    wanted = {"ids": ids}
    for row in connection.execute(_LINES, wanted):
        names = documents.load_names(row.names)
        voided = row.voided_at is not None
        rows.lines[row.order_id].append(
            DayLine(
                row.no,
                names,
                row.quantity,
                row.prep_minutes,
                row.station_id,
                voided,
                row.remake_reason,
            )
        )
    for row in connection.execute(_TICKETS, wanted):
        rows.tickets[row.order_id].append(
            DayTicket(row.station_id, Kind(row.kind), Instant(row.entered_at))
        )
    for row in connection.execute(_PAYMENTS, wanted):
        rows.payments[row.order_id].append(
            DayPayment(row.type, row.amount, row.staff_id, row.courier_id)
        )
    for row in connection.execute(_TEXTS, wanted):
        rows.texts[row.order_id].append(DayText(row.about, row.state, row.reason, row.cost))
    for row in connection.execute(_STARS, wanted):
        rows.stars[row.order_id] = row.stars
    for row in connection.execute(_EVENTS, {**wanted, "kinds": list(kinds)}):
        rows.events[row.order_id].append(
            DayEvent(row.seq, row.kind, Instant(row.at), row.staff_id, row.payload)
        )


def _order(row: Row[Any]) -> DayOrder:
    return DayOrder(
        id=row.id,
        number=row.number,
        name=row.name or "",
        table=row.table_name,
        fulfilment=Fulfilment(row.fulfilment),
        kind=Kind(row.kind),
        placed_at=Instant(row.placed_at),
        enters_at=Instant(row.enters_at),
        promised_at=Instant(row.promised_at),
        promise_moved=bool(row.promise_moved),
        preparing_at=row.preparing_at,
        ready_at=row.ready_at,
        out_at=row.out_at,
        ended_at=row.ended_at,
        times_known=bool(row.times_known),
        total=row.total,
        paid=row.paid,
        refunded=row.refunded,
        cancel_reason=row.cancel_reason,
        courier_id=row.courier_id,
        partner=row.partner,
    )
