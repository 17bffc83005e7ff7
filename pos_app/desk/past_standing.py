"""One past order as it stood at each moment, rebuilt from its journal.

Only what rules look at is rebuilt: where the order stood, its promise, its lines, its tags and
its money. What the journal does not tell is as the order's row has it now: the guest, and the
promise before a bring-back that moved it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

from msgspec import Struct

from pos_app.clock import MINUTE_MS, Instant
from pos_app.desk import entries, holding, paying
from pos_app.desk.automating import PROMISE_MOVED
from pos_app.domain.order import Customer, Line, Order, StageTimes
from pos_app.domain.workflow import Fulfilment, Kind, Source
from pos_app.store import documents

HELD, FIRED = "held", "fired"
ADDED, VOIDED, REMADE = "line_added", "line_voided", "line_remade"
MADE, UNMADE = "line_made", "line_unmade"
TAGGED = "order_tagged"
KINDS = (
    *entries.STATE_EVENTS,
    paying.PAID,
    paying.PAID_UNDONE,
    paying.REFUNDED,
    PROMISE_MOVED,
    holding.ENTERED,
    HELD,
    FIRED,
    ADDED,
    VOIDED,
    REMADE,
    MADE,
    UNMADE,
    TAGGED,
)
"""The events that change how an order stands, as far as rules look at it."""

KIND_OF = {kind.value: kind for kind in Kind}
_SOURCES = {source.value: source for source in Source}
_FULFILMENTS = {one.value: one for one in Fulfilment}
_TAGS = tuple[str, ...]
_STAYS = frozenset(entries.STATE_EVENTS)
_OF_MONEY = frozenset({paying.PAID, paying.PAID_UNDONE})
_OF_LINES = frozenset({ADDED, VOIDED, REMADE, MADE, UNMADE})


class Told(Struct, rename={"came_from": "from"}):
    """What a journalled event says, as far as it matters here."""

    came_from: str | None = None
    to: str | None = None
    inferred: bool = False
    occurred_at: int | None = None
    placed_at: int | None = None
    total: int | None = None
    amount: int = 0
    type: str = ""
    was: str = ""
    minutes: int = 0
    no: int = 0
    replaces: int = 0
    rule_id: str = ""


class Happened(Struct):
    """One row of the journal with what it says."""

    seq: int
    kind: str
    at: Instant
    cause_id: int | None
    told: Told


class OrderThen(Struct, eq=False):
    """An order of the past as far as rules look at it; made a million times, so it is small.

    Whatever else a condition may come to ask of an order is missing here, and says so.
    """

    id: int
    number: str
    source: Source
    fulfilment: Fulfilment
    kind: Kind
    entry: int
    entered_at: Instant
    placed_at: Instant
    promised_at: Instant
    times: StageTimes
    total: int
    paid: int
    refunded: int
    payment_type: str
    lines: tuple[Line, ...]
    customer: Customer
    people_id: int | None
    tags: tuple[str, ...]
    enters_at: Instant
    held_at: Instant | None
    partner: str

    due = Order.due
    open_lines = Order.open_lines


TagsOf = Callable[[str], tuple[frozenset[str], frozenset[str]]]
"""Which tags a rule of this id may have put on an order, and which taken off."""


class Standing:
    """An order on its way through its events; `order()` is how it stands now.

    `lasting` is exchanged whenever something changes that mostly does not: what conditions have
    found of the order until then is no longer true.
    """

    __slots__ = (
        "_adds_later",
        "_entered_at",
        "_entry",
        "_held_at",
        "_kind",
        "_lines",
        "_order",
        "_paid",
        "_payment_type",
        "_preparing_at",
        "_promised_at",
        "_refunded",
        "_row",
        "_shared",
        "_tags",
        "_tags_of",
        "_total",
        "_types",
        "lasting",
    )

    def __init__(
        self, row: Any, lines: Sequence[Any], events: Sequence[Happened], tags_of: TagsOf
    ) -> None:
        self._row = row
        self._tags_of = tags_of
        self._kind, self._entry = Kind.PLACED, 0
        self._entered_at: Instant = row.placed_at
        self._preparing_at: Instant | None = None
        self._promised_at: Instant = row.promised_at
        self._held_at: Instant | None = row.held_at
        self._paid, self._refunded, self._total = row.paid, 0, row.total
        self._payment_type: str = row.payment_type
        self._tags: tuple[str, ...] = () if row.tags == "[]" else documents.load(row.tags, _TAGS)
        self._types: dict[int, str] = {}
        self.lasting: dict[str, tuple[str, ...]] = {}
        self._shared = (
            Customer("", row.person_phone or "", row.language, bool(row.order_texts)),
            StageTimes(row.placed_at),
        )
        added = self._go_back(events)
        self._lines = {line.no: _line(line) for line in lines if line.no not in added}
        self._adds_later = {line.no: _line(line) for line in lines if line.no in added}
        self._order: Order | None = None

    def _go_back(self, events: Sequence[Happened]) -> set[int]:
        """To before the first event; the numbers of the lines that came only later."""
        added: set[int] = set()
        for event in reversed(events):
            kind, told = event.kind, event.told
            if kind in _OF_MONEY:
                self._paid -= told.amount if kind == paying.PAID else -told.amount
                if kind == paying.PAID:
                    self._payment_type = told.was
            elif kind == PROMISE_MOVED:
                self._promised_at = Instant(self._promised_at - told.minutes * MINUTE_MS)
            elif kind in (ADDED, REMADE):
                added.add(told.no)
            elif kind == TAGGED:
                put, taken = self._tags_of(told.rule_id)
                kept = tuple(tag for tag in self._tags if tag not in put)
                self._tags = (*kept, *sorted(taken.difference(kept)))
        self._paid = max(0, self._paid)
        first = next((event.kind for event in events if event.kind in (HELD, FIRED)), None)
        if first is not None:
            # Nobody is fired who was not held: then it was placed so.
            self._held_at = self._row.placed_at if first == FIRED else None
        return added

    def order(self) -> Order:
        """The order as it stands; the same value until something happens."""
        order = self._order
        if order is None:
            order = self._order = self._made()
        return order

    def take(self, event: Happened) -> None:
        """Let `event` have happened."""
        kind, told = event.kind, event.told
        if kind in _STAYS:
            self._move(event)
        elif kind in _OF_MONEY:
            self._pay(event)
        elif kind == paying.REFUNDED:
            self._refunded += told.amount
        elif kind == PROMISE_MOVED:
            self._promised_at = Instant(self._promised_at + told.minutes * MINUTE_MS)
        elif kind in _OF_LINES:
            self._change_lines(event)
        elif kind == TAGGED:
            self._tag(told.rule_id)
        elif kind == HELD:
            self._held_at = event.at
        elif kind == holding.ENTERED:
            self._entered_at = event.at
        elif kind == FIRED:
            self._held_at, self._entered_at = None, event.at
        else:
            return
        self._order = None

    def _move(self, event: Happened) -> None:
        told = event.told
        if told.total is not None and event.kind == entries.PLACED:
            self._total = told.total
        if told.to is None or told.to == self._kind:
            return
        self._kind = KIND_OF[told.to]
        self._entry += 1
        self._entered_at = Instant(told.occurred_at or told.placed_at or event.at)
        if self._kind is Kind.PREPARING and self._preparing_at is None:
            self._preparing_at = self._entered_at

    def _pay(self, event: Happened) -> None:
        told = event.told
        if event.kind == paying.PAID:
            self._types[event.seq] = self._payment_type
            self._paid += told.amount
            self._payment_type = told.type
            return
        self._paid = max(0, self._paid - told.amount)
        if event.cause_id is not None:
            self._payment_type = self._types.get(event.cause_id, self._payment_type)

    def _change_lines(self, event: Happened) -> None:
        told, lines = event.told, dict(self._lines)
        if event.kind in (ADDED, REMADE) and told.no in self._adds_later:
            lines[told.no] = self._adds_later[told.no]
        gone = {VOIDED: told.no, REMADE: told.replaces}.get(event.kind)
        if gone in lines:
            lines[gone] = replace(lines[gone], voided_at=event.at)
        if event.kind in (MADE, UNMADE) and told.no in lines:
            made_at = event.at if event.kind == MADE else None
            lines[told.no] = replace(lines[told.no], made_at=made_at)
        self._lines = lines
        self._total = self._total if told.total is None else told.total
        self.lasting = {}

    def _tag(self, rule_id: str) -> None:
        put, taken = self._tags_of(rule_id)
        known = documents.load(self._row.tags, _TAGS)
        kept = [tag for tag in self._tags if tag not in taken]
        # Of what the rule may put on, what the order has kept until now.
        self._tags = (*kept, *(tag for tag in known if tag in put and tag not in kept))
        self.lasting = {}

    def _made(self) -> Order:
        row = self._row
        customer, times = self._shared
        if self._preparing_at is not None:
            times = StageTimes(row.placed_at, self._preparing_at)
        then = OrderThen(
            row.id,
            row.number,
            _SOURCES[row.source],
            _FULFILMENTS[row.fulfilment],
            self._kind,
            self._entry,
            self._entered_at,
            row.placed_at,
            self._promised_at,
            times,
            self._total,
            self._paid,
            self._refunded,
            self._payment_type,
            tuple(self._lines.values()),
            customer,
            row.people_id,
            self._tags,
            row.enters_at,
            self._held_at,
            row.partner,
        )
        return cast("Order", then)


def _line(row: Any) -> Line:
    """A line as it was frozen; that it was made or voided comes with its event."""
    return Line(
        row.id,
        row.no,
        row.dish_id,
        {},
        {},
        row.quantity,
        row.unit_price,
        (),
        "",
        row.station_id,
        row.prep_minutes,
        "",
        0,
        False,
        None,
        None,
        None,
        None,
    )
