"""Orders, their lines and tickets: rows in, values out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)

from pos_app.clock import Instant
from pos_app.domain.order import (
    Adjustment,
    Line,
    Order,
    Ticket,
)
from pos_app.domain.workflow import Kind, Source
from pos_app.store import documents, order_rows
from pos_app.store.prepared import Prepared, written_key
from pos_app.store.tables import (
    OPEN,
    adjustments,
    lines,
    number_counters,
    orders,
    people,
    tickets,
)

Row_ = Row[Any]

_HEAD = select(
    orders,
    people.c.name.label("person_name"),
    people.c.phone.label("person_phone"),
    people.c.addresses.label("person_addresses"),
    people.c.by_hand.label("guest_by_hand"),
).select_from(orders.outerjoin(people, orders.c.people_id == people.c.id))
_ORDER_ID: BindParameter[int] = bindparam("of_order")
# Few orders have any, and asking beside the head costs a tenth of a statement of its own.
_ADJUSTED = exists().where(adjustments.c.order_id == orders.c.id).label("is_adjusted")
_ONE_HEAD = Prepared(_HEAD.add_columns(_ADJUSTED).where(orders.c.id == _ORDER_ID))
_ONE_LINES = Prepared(select(lines).where(lines.c.order_id == _ORDER_ID).order_by(lines.c.no))
_ONE_TICKETS = Prepared(
    select(tickets).where(tickets.c.order_id == _ORDER_ID).order_by(tickets.c.id)
)
_ONE_ADJUSTMENTS = Prepared(select(adjustments).where(adjustments.c.order_id == _ORDER_ID))
_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_HEADS = _HEAD.where(orders.c.id.in_(_IDS)).order_by(orders.c.placed_at, orders.c.id)
_LINES = select(lines).where(lines.c.order_id.in_(_IDS)).order_by(lines.c.order_id, lines.c.no)
_TICKETS = select(tickets).where(tickets.c.order_id.in_(_IDS)).order_by(tickets.c.id)
_ADJUSTMENTS = select(adjustments).where(adjustments.c.order_id.in_(_IDS))
_OPEN_IDS = select(orders.c.id).where(OPEN).order_by(orders.c.placed_at, orders.c.id)
_INSERT = Prepared(
    insert(orders).returning(orders.c.id), [c.name for c in orders.c if c.name != "id"]
)
_INSERT_LINE = Prepared(insert(lines), [c.name for c in lines.c if c.name != "id"])
_INSERT_TICKET = Prepared(insert(tickets), [c.name for c in tickets.c if c.name != "id"])
_TAKEN = Prepared(
    select(orders.c.id)
    .where(orders.c.number == bindparam("number"), OPEN)
    .limit(literal_column("1"))
)
_BY_REF = Prepared(
    select(orders.c.id, orders.c.ref_hash).where(
        orders.c.source == bindparam("source"), orders.c.ref == bindparam("ref")
    )
)
_COUNTER = Prepared(
    text(
        "INSERT INTO number_counters (business_date, prefix, last)"
        " VALUES (:business_date, :prefix, 1)"
        " ON CONFLICT (business_date, prefix) DO UPDATE SET last = number_counters.last + 1"
        " RETURNING last"
    )
)
_CHUNK = 400


def load_many(connection: Connection, ids: Sequence[int]) -> dict[int, Order]:
    """Whole orders by id; ids that do not exist are left out."""
    found: dict[int, Order] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = {"ids": list(ids[start : start + _CHUNK])}
        of_lines: dict[int, list[Line]] = defaultdict(list)
        of_tickets: dict[int, list[Ticket]] = defaultdict(list)
        of_adjustments: dict[int, list[Adjustment]] = defaultdict(list)
        for row in connection.execute(_LINES, chunk):
            of_lines[row.order_id].append(order_rows.line(row))
        for row in connection.execute(_TICKETS, chunk):
            of_tickets[row.order_id].append(order_rows.ticket(row))
        for row in connection.execute(_ADJUSTMENTS, chunk):
            names = documents.load_names(row.names)
            of_adjustments[row.order_id].append(Adjustment(row.kind, names, row.amount))
        for row in connection.execute(_HEADS, chunk):
            found[row.id] = order_rows.order(
                row,
                tuple(of_lines[row.id]),
                tuple(of_tickets[row.id]),
                tuple(of_adjustments[row.id]),
            )
    return found


def load(connection: Connection, order_id: int) -> Order | None:
    head = _ONE_HEAD.one(connection, of_order=order_id)
    if head is None:
        return None
    of_adjustments = (
        _ONE_ADJUSTMENTS.rows(connection, of_order=order_id) if head.is_adjusted else ()
    )
    return order_rows.order(
        head,
        tuple(map(order_rows.line, _ONE_LINES.rows(connection, of_order=order_id))),
        tuple(map(order_rows.ticket, _ONE_TICKETS.rows(connection, of_order=order_id))),
        tuple(
            Adjustment(row.kind, documents.load_names(row.names), row.amount)
            for row in of_adjustments
        ),
    )


def heads(connection: Connection, ids: Sequence[int]) -> list[Order]:
    """Orders in the order of `ids`, without their lines, tickets and adjustments: for a list."""
    rows = (_ONE_HEAD.one(connection, of_order=order_id) for order_id in ids)
    return [order_rows.order(row, (), (), ()) for row in rows if row is not None]


def count_before(connection: Connection, people_id: int, order_id: int) -> int:
    """How many orders a guest had before this one, without those that were cancelled."""
    query = select(func.count()).where(
        orders.c.people_id == people_id,
        orders.c.id < order_id,
        orders.c.kind != Kind.CANCELLED.value,
    )
    return int(connection.execute(query).scalar_one())


def count_behind(connection: Connection, people_id: int, order_id: int) -> int:
    """How many orders a guest has placed after this one, without those that were cancelled."""
    query = select(func.count()).where(
        orders.c.people_id == people_id,
        orders.c.id > order_id,
        orders.c.kind != Kind.CANCELLED.value,
    )
    return int(connection.execute(query).scalar_one())


def set_tags(connection: Connection, order_id: int, tags: Sequence[str]) -> None:
    change(connection, order_id, tags=documents.dump(list(tags)))


def open_ids(connection: Connection) -> list[int]:
    """Ids of all open orders, oldest first: what stands on the board."""
    return [row.id for row in connection.execute(_OPEN_IDS)]


def asked_ids(connection: Connection) -> list[int]:
    """Ids of the orders with a question for the counter, the oldest question first."""
    query = select(orders.c.id).where(orders.c.asked_at.is_not(None)).order_by(orders.c.asked_at)
    return [row.id for row in connection.execute(query)]


def of_couriers(connection: Connection, business_date: str, kind: Kind) -> list[int]:
    """Ids of one day's orders in `kind` that are or were with a courier, the oldest first."""
    # The literal names the partial index: without it SQLite would read every order.
    query = select(orders.c.id).where(
        text("courier_id != ''"),
        orders.c.business_date == business_date,
        orders.c.kind == kind.value,
    )
    return [row.id for row in connection.execute(query.order_by(orders.c.id))]


def page(connection: Connection, limit: int, before_id: int | None = None) -> list[int]:
    """Ids of orders, newest first, `limit` at a time."""
    query = select(orders.c.id).order_by(orders.c.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(orders.c.id < before_id)
    return [row.id for row in connection.execute(query)]


def by_number(
    connection: Connection, number: str, business_date: str | None, limit: int
) -> list[Row_]:
    """`id, business_date, is_open` of the open orders with this number; else of past ones.

    The newest day first, at most `limit`: a number comes again every day.
    """
    query: Select[Any] = select(orders.c.id, orders.c.business_date, orders.c.is_open).where(
        orders.c.number == number
    )
    if business_date is not None:
        query = query.where(orders.c.business_date == business_date)
    query = query.order_by(orders.c.business_date.desc()).limit(limit)
    still_open = connection.execute(query.where(OPEN)).all()
    return list(still_open or connection.execute(query))


def by_ref(connection: Connection, source: Source, ref: str) -> tuple[int, str] | None:
    """Id and content hash of the order that came with this reference."""
    row = _BY_REF.one(connection, source=source.value, ref=ref)
    return (row.id, row.ref_hash) if row else None


def by_uid(connection: Connection, uid: str) -> int | None:
    return connection.execute(select(orders.c.id).where(orders.c.uid == uid)).scalar_one_or_none()


def take_number(connection: Connection, business_date: str, prefix: str) -> tuple[str, list[str]]:
    """The next number of the day, and those skipped because an earlier day's order has them."""
    skipped: list[str] = []
    while True:
        last = written_key(_COUNTER.one(connection, business_date=business_date, prefix=prefix))
        number = f"{prefix}{last}"
        if _TAKEN.one(connection, number=number) is None:
            return number, skipped
        skipped.append(number)


def insert_order(
    connection: Connection,
    row: dict[str, Any],
    line_rows: list[dict[str, Any]],
    ticket_rows: list[dict[str, Any]],
) -> int:
    """Write a placed order; the rows' `order_id` is filled in here. Returns the order's id."""
    order_id = written_key(_INSERT.one(connection, **row))
    _INSERT_LINE.run_many(connection, [{**line, "order_id": order_id} for line in line_rows])
    _INSERT_TICKET.run_many(connection, [{**t, "order_id": order_id} for t in ticket_rows])
    return order_id


_UPDATES: dict[tuple[str, ...], Prepared] = {}


def change(connection: Connection, order_id: int, **values: Any) -> None:
    """Write columns of one order and raise its revision by one."""
    names = tuple(sorted(values))
    statement = _UPDATES.get(names)
    if statement is None:
        statement = Prepared(
            update(orders)
            .where(orders.c.id == bindparam("order_key"))
            .values(
                revision=orders.c.revision + text("1"),
                **{n: bindparam(f"new_{n}") for n in names},
            )
        )
        _UPDATES[names] = statement
    statement.run(connection, order_key=order_id, **{f"new_{n}": v for n, v in values.items()})


_TICKET_MOVE = Prepared(
    update(tickets)
    .where(tickets.c.id == bindparam("ticket_key"), tickets.c.entry == bindparam("from_entry"))
    .values(
        kind=bindparam("to_kind"),
        entry=tickets.c.entry + text("1"),
        entered_at=bindparam("new_entered_at"),
    )
)


def move_ticket(connection: Connection, ticket: Ticket, to: Kind, entered_at: Instant) -> bool:
    """Move one ticket out of the entry we saw it in; False when it had already left it."""
    moved = _TICKET_MOVE.run(
        connection,
        ticket_key=ticket.id,
        from_entry=ticket.entry,
        to_kind=to.value,
        new_entered_at=entered_at,
    )
    return bool(moved)


def add_ticket(connection: Connection, order_id: int, station_id: int, now: Instant) -> None:
    _INSERT_TICKET.run(
        connection,
        order_id=order_id,
        station_id=station_id,
        kind=Kind.ACCEPTED.value,
        entry=1,
        entered_at=now,
        allergy_seen_at=None,
        changes=order_rows.NOTHING,
    )


def remove_ticket(connection: Connection, order_id: int, station_id: int) -> None:
    """The station has nothing left to make of this order, so it holds no ticket of it."""
    connection.execute(
        delete(tickets).where(tickets.c.order_id == order_id, tickets.c.station_id == station_id)
    )


def add_line(connection: Connection, order_id: int, row: dict[str, Any]) -> None:
    _INSERT_LINE.run(connection, **row, order_id=order_id)


def change_line(connection: Connection, line_id: int, **values: Any) -> None:
    connection.execute(update(lines).where(lines.c.id == line_id).values(**values))


def count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(orders)).scalar_one())


def count_since(connection: Connection, since: Instant) -> int:
    """How many orders were placed after `since`."""
    query = select(func.count()).select_from(orders).where(orders.c.placed_at > since)
    return int(connection.execute(query).scalar_one())


def counters(connection: Connection) -> list[tuple[str, str, int]]:
    """`(business_date, prefix, last)` of every day's number counter."""
    return [
        (row.business_date, row.prefix, row.last)
        for row in connection.execute(select(number_counters))
    ]
