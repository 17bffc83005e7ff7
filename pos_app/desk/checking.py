"""`check`: board = journal = rows = recomputed totals, in words a person can act on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from pos_app.desk import entries
from pos_app.domain.order import Order, total_of
from pos_app.domain.workflow import KITCHEN_KINDS, Kind, has_ended, kitchen_kind
from pos_app.store import audit, numbers, orders, payments
from pos_app.store.database import Connection, Database
from pos_app.store.soundness import integrity

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How much was looked at, and each problem as a sentence."""

    orders: int
    events: int
    messages: int
    problems: tuple[str, ...]


def check(database: Database, progress: Callable[[int, int], None] | None = None) -> CheckReport:
    """Look at the whole store. `progress(done, all)` is called now and then."""
    problems = integrity(database)
    with database.read() as connection:
        ids = audit.order_ids(connection)
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            problems += check_orders(connection, chunk)
            if progress is not None:
                progress(start + len(chunk), len(ids))
        problems += _check_numbers(connection)
        events, said = audit.counts(connection)
    return CheckReport(len(ids), events, said, tuple(problems))


def check_orders(connection: Connection, ids: list[int]) -> list[str]:
    """What is wrong with these orders. Raises StoreDamaged for a row that cannot be read."""
    found = orders.load_many(connection, ids)
    walked = _walk_journal(connection, ids)
    money = payments.sums(connection, ids)
    problems: list[str] = []
    for order in found.values():
        problems += _check_rows(order, money.get(order.id, (0, 0)))
        problems += walked[order.id].compare(order)
    return problems


def _check_rows(order: Order, money: tuple[int, int]) -> list[str]:
    name = f"order {order.number}@{order.business_date}"
    problems = []
    total = total_of(order.lines, order.adjustments)
    if order.total != total:
        problems.append(f"{name}: total {order.total}, its lines make {total}")
    paid, refunded = money
    if order.paid != paid:
        problems.append(f"{name}: paid {order.paid}, its payments make {paid}")
    if order.refunded != refunded:
        problems.append(f"{name}: refunded {order.refunded}, its payments make {refunded}")
    if order.refunded > order.paid:
        problems.append(f"{name}: refunded {order.refunded} of {order.paid} paid")
    kitchen = kitchen_kind([ticket.kind for ticket in order.tickets])
    if order.kind in KITCHEN_KINDS and order.kind is not kitchen:
        problems.append(f"{name}: stands in {order.kind}, its tickets say {kitchen}")
    has_left = order.kind not in (*KITCHEN_KINDS, Kind.PLACED, Kind.CANCELLED)
    if has_left and kitchen is not Kind.READY:
        problems.append(f"{name}: has left the kitchen, its tickets say {kitchen}")
    if not order.lines:
        problems.append(f"{name}: has no lines")
    missing = {line.station_id for line in order.open_lines} - {
        ticket.station_id for ticket in order.tickets
    }
    if missing:
        problems.append(f"{name}: no ticket at station {sorted(missing)}")
    return problems


@dataclass(slots=True)
class _Walk:
    """An order as its journal tells it."""

    kind: str | None = None
    total: int | None = None
    broken: str = ""

    def follow(self, event_kind: str, payload: dict[str, object]) -> None:
        if "total" in payload:
            total = payload["total"]
            self.total = total if isinstance(total, int) else None
        if event_kind not in entries.STATE_EVENTS:
            return
        if event_kind == entries.SALVAGED:
            # Before it a part of the history is lost: from here on it must be whole again.
            self.broken, self.kind = "", str(payload.get("from"))
        if payload.get("from") != self.kind and not self.broken:
            self.broken = f"{event_kind} from {payload.get('from')}, but it stood in {self.kind}"
        self.kind = str(payload.get("to"))

    def compare(self, order: Order) -> list[str]:
        name = f"order {order.number}@{order.business_date}"
        problems = [f"{name}: journal: {self.broken}"] if self.broken else []
        if self.kind != order.kind.value:
            problems.append(f"{name}: stands in {order.kind}, the journal ends in {self.kind}")
        if self.total != order.total:
            problems.append(f"{name}: total {order.total}, the journal says {self.total}")
        if (order.times.ended_at is not None) != has_ended(order.kind):
            problems.append(f"{name}: its end time and its status disagree")
        return problems


def _walk_journal(connection: Connection, ids: list[int]) -> dict[int, _Walk]:
    walks: dict[int, _Walk] = defaultdict(_Walk)
    for order_id, kind, payload in audit.events(connection, ids):
        walks[order_id].follow(kind, payload)
    return walks


def _check_numbers(connection: Connection) -> list[str]:
    """Numbers of a day run from 1 to the counter.

    Gaps only where an older order kept one, and where they jumped ahead after a restore.
    """
    taken: dict[str, set[str]] = defaultdict(set)
    for day, number in audit.numbers(connection):
        taken[day].add(number)
    skipped = audit.skipped_numbers(connection)
    jumped: dict[str, set[str]] = defaultdict(set)
    for day, prefix, left_out in numbers.jumps(connection):
        jumped[day].update(f"{prefix}{position}" for position in left_out)
    problems = []
    for day, prefix, last in orders.counters(connection):
        for position in range(1, last + 1):
            number = f"{prefix}{position}"
            is_known = number in taken[day] or number in jumped[day] or (day, number) in skipped
            if not is_known:
                problems.append(f"number {number}@{day} was given to no order")
    return problems
