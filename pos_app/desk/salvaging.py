"""Putting right what a salvage has found: orders whose rows were damaged in part.

The order's own row is believed before its journal: it says where the order stands and what was
paid. Its total is what its lines make. An order that still does not add up is taken out and
listed: a board must not show what nobody can prove. Each change is an event of the order.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pos_app.clock import Instant
from pos_app.desk import checking, entries
from pos_app.domain.order import Order, total_of
from pos_app.domain.workflow import KITCHEN_KINDS, Kind, has_ended, kitchen_kind
from pos_app.errors import StoreDamaged
from pos_app.store import audit, journal, orders, payments, unmaking
from pos_app.store.database import Connection, Database

JUMP = 50
"""How many numbers of the newest day are left out: guests may hold some that were lost."""
DEVICE = "salvage"
_CHUNK = 500
_LARGEST_NUMBER = 100_000
_NUMBER = re.compile(r"(\D{0,4})(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Mended:
    """One order that did not add up. `what` was put right; `is_kept` or it was taken out."""

    number: str
    business_date: str
    what: tuple[str, ...]
    is_kept: bool


@dataclass(slots=True)
class Outcome:
    """Every order that was touched, and how many numbers nobody has."""

    mended: list[Mended] = field(default_factory=list)
    skipped_numbers: int = 0


def put_right(database: Database, now: Instant) -> Outcome:
    """Make every order of a salvaged store add up, or take it out; then the day's numbers."""
    outcome = Outcome()
    with database.write() as connection:
        ids = audit.order_ids(connection)
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            if not _is_sound(connection, chunk):
                for order_id in chunk:
                    outcome.mended += _mend(connection, order_id, now)
        outcome.skipped_numbers = _count_on(connection, now)
        payload = {"mended": len(outcome.mended), "numbers": outcome.skipped_numbers}
        _record(connection, None, "store_salvaged", payload, now)
    return outcome


def _is_sound(connection: Connection, ids: list[int]) -> bool:
    try:
        return not checking.check_orders(connection, ids)
    except _UNREADABLE:
        return False


# A status, source or number of a kind that does not exist.
_UNREADABLE = (StoreDamaged, ValueError, LookupError, TypeError)


def _mend(connection: Connection, order_id: int, now: Instant) -> Iterator[Mended]:
    if _is_sound(connection, [order_id]):
        return
    ((day, number),) = unmaking.numbers(connection, order_id)
    try:
        what = tuple(_mend_parts(connection, order_id, now))
        is_kept = bool(what) and _is_sound(connection, [order_id])
    except _UNREADABLE:
        what, is_kept = ("cannot be read",), False
    if not is_kept:
        unmaking.unmake(connection, order_id)
    yield Mended(number, day, what or ("has no lines left",), is_kept)


def _mend_parts(connection: Connection, order_id: int, now: Instant) -> Iterator[str]:
    """Put one order right; what was done. Nothing for an order without any line."""
    order = _load(connection, order_id)
    if not order.lines:
        return
    yield from _mend_tickets(connection, order)
    order = _load(connection, order_id)
    total = total_of(order.lines, order.adjustments)
    if total != order.total:
        unmaking.write_order(connection, order_id, total=total)
        yield f"total {order.total} became {total}, as its lines make"
    yield from _mend_money(connection, order, now)
    if (order.times.ended_at is not None) != has_ended(order.kind):
        ended_at = order.entered_at if has_ended(order.kind) else None
        unmaking.write_order(connection, order_id, ended_at=ended_at)
        yield "its end time was put right"
    payload = {"from": order.kind.value, "to": order.kind.value, "total": total}
    _record(connection, order_id, entries.SALVAGED, payload, now)
    yield "its history has a gap"


def _load(connection: Connection, order_id: int) -> Order:
    return orders.load_many(connection, [order_id])[order_id]


def _mend_tickets(connection: Connection, order: Order) -> Iterator[str]:
    standing = {ticket.station_id for ticket in order.tickets}
    missing = {line.station_id for line in order.open_lines} - standing
    for station_id in sorted(missing):
        orders.add_ticket(connection, order.id, station_id, order.entered_at)
    if missing:
        yield f"{len(missing)} tickets were made anew"
    in_kitchen = order.kind in KITCHEN_KINDS
    wanted = order.kind if in_kitchen else Kind.READY
    kinds = [ticket.kind for ticket in _load(connection, order.id).tickets]
    if kitchen_kind(kinds) is not wanted and (in_kitchen or has_left(order.kind)):
        unmaking.put_tickets(connection, order.id, wanted.value)
        yield f"its tickets stand in {wanted.value}"


def has_left(kind: Kind) -> bool:
    """Whether everything of an order in `kind` has been made."""
    return kind not in (*KITCHEN_KINDS, Kind.PLACED, Kind.CANCELLED)


def _mend_money(connection: Connection, order: Order, now: Instant) -> Iterator[str]:
    """The larger of what the order knows and what its payments make was received."""
    paid, refunded = payments.sums(connection, [order.id]).get(order.id, (0, 0))
    kind = order.payment_type or "cash"
    if (order.paid, order.refunded) == (paid, refunded):
        return
    if order.paid > paid:
        unmaking.put_payment(connection, order.id, kind, order.paid - paid, now)
        yield f"a payment of {order.paid - paid} was made anew"
    if order.refunded > refunded:
        back = order.refunded - refunded
        unmaking.put_payment(connection, order.id, f"{payments.REFUND}{kind}", -back, now)
        yield f"a refund of {back} was made anew"
    paid, refunded = max(paid, order.paid), max(refunded, order.refunded)
    unmaking.write_order(connection, order.id, paid=paid, refunded=refunded)


def _count_on(connection: Connection, now: Instant) -> int:
    """Counters go on behind every number that is there; numbers nobody has are told. How many."""
    taken: dict[tuple[str, str], set[int]] = defaultdict(set)
    given: dict[tuple[str, str], int] = {}
    for day, prefix, last in orders.counters(connection):
        given[day, prefix] = last if last <= _LARGEST_NUMBER else 0
    for day, number in unmaking.numbers(connection):
        found = _NUMBER.fullmatch(number)
        if found and int(found[2]) <= _LARGEST_NUMBER:
            taken[day, found[1]].add(int(found[2]))
    days = {*taken, *given}
    newest = max((day for day, _ in days), default="")
    told = audit.skipped_numbers(connection)
    skipped = 0
    for day, prefix in sorted(days):
        last = max(taken[day, prefix] | {given.get((day, prefix), 0)}) + JUMP * (day == newest)
        unmaking.set_counter(connection, day, prefix, last)
        for position in range(1, last + 1):
            number = f"{prefix}{position}"
            if position not in taken[day, prefix] and (day, number) not in told:
                payload = {"business_date": day, "number": number}
                _record(connection, None, "number_skipped", payload, now)
                skipped += 1
    return skipped


def _record(
    connection: Connection,
    order_id: int | None,
    kind: str,
    payload: Mapping[str, object],
    now: Instant,
) -> None:
    journal.append(
        connection,
        order_id=order_id,
        kind=kind,
        payload=dict(payload),
        at=now,
        device_id=DEVICE,
        staff_id="",
    )
