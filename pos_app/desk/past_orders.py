"""Past orders with what happened to them, as rules would have met it.

Rebuilt from the journal: where an order stood, and what was paid, at each event. Lines, tags, the
promise and who the guest was are as they are now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pos_app.automation.model import Field, On
from pos_app.automation.simulation import Change, PastOrder
from pos_app.clock import Instant
from pos_app.desk import automating, entries, paying
from pos_app.desk.transaction import Recorded
from pos_app.domain.consent import ConsentKind
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from pos_app.store import consents, contacts, customer_tags, journal, orders, past_days, ratings
from pos_app.store.database import Connection

_KINDS = tuple({*entries.STATE_EVENTS, *automating.BESIDE, paying.PAID_UNDONE, paying.REFUNDED})
_WITHDRAW = (entries.RECALLED, entries.CANCELLED, entries.ENDED)
_END = (entries.CANCELLED, paying.REFUNDED)


@dataclass(slots=True)
class Guests:
    """How many orders each guest had so far, and in all; only where rules ask for it."""

    so_far: dict[int, int] = field(default_factory=dict)
    in_all: dict[int, int] = field(default_factory=dict)

    def count(self, order: Order) -> tuple[int, int]:
        """Orders before and after this one; the next one of the guest counts it."""
        person = order.people_id
        if person is None:
            return 0, 0
        before = self.so_far.get(person, 0)
        counted = order.kind is not Kind.CANCELLED
        self.so_far[person] = before + counted
        return before, max(0, self.in_all.get(person, 0) - before - counted)


def chunk(
    connection: Connection, ids: list[int], asked: frozenset[Field], guests: Guests
) -> Iterator[PastOrder]:
    """The orders `ids`, in their order, with what rules that ask for `asked` need."""
    found = orders.load_many(connection, ids)
    events = journal.of_orders(connection, ids, _KINDS)
    stars = ratings.of_orders(connection, ids) if Field.RATING in asked else {}
    told_on = contacts.channels_of_orders(connection, ids) if Field.WANTS_NEWS in asked else {}
    for order_id in ids:
        order = found[order_id]
        before, after = guests.count(order)
        person = order.people_id
        offers = False
        tags: tuple[str, ...] = ()
        if person is not None and Field.OFFERS in asked:
            offers = consents.held(connection, person).get(ConsentKind.OFFERS.value, False)
        if person is not None and Field.CUSTOMER_TAG in asked:
            tags = customer_tags.of_guest(connection, person)
        changes = tuple(_changes(order, events.get(order_id, [])))
        yield PastOrder(
            changes, before, after, offers, stars.get(order_id), tags, told_on.get(order_id, ())
        )


def needed(fields: frozenset[Field], triggers: frozenset[On]) -> frozenset[Field]:
    """What has to be read for rules with these fields and triggers."""
    return fields | {Field.PAST_ORDERS} if On.NEW_CUSTOMER in triggers else fields


def guests_of(connection: Connection, first_id: int, asked: frozenset[Field]) -> Guests:
    """What guests had ordered before the order `first_id`."""
    has_past = {Field.PAST_ORDERS, Field.LATER_ORDERS} & asked
    return Guests(
        past_days.counts_before(connection, first_id) if has_past else {},
        past_days.counts(connection) if Field.LATER_ORDERS in asked else {},
    )


def _changes(order: Order, events: list[journal.Entry]) -> Iterator[Change]:
    undone = {entry.cause_id for entry in events if entry.kind == entries.UNDONE}
    standing = _at_first(order, events)
    for entry in events:
        if entry.seq in undone or entry.kind == entries.UNDONE:
            continue
        said = entry.payload
        recorded = Recorded(entry.seq, entry.kind, order.id, said, 0)
        standing = _moved(standing, entry)
        yield Change(
            entry.at,
            entry.seq,
            tuple(automating.events_of(recorded, entry.at)),
            standing,
            automating.undoable_s(recorded),
            automating.happened_at(recorded, entry.at),
            withdraws=entry.kind in _WITHDRAW,
            ends=entry.kind in _END,
        )


def _at_first(order: Order, events: list[journal.Entry]) -> Order:
    """The order before anything of `events`, as far as rules look at it."""
    paid = order.paid - sum(_paid(entry) for entry in events)
    times = replace(order.times, preparing_at=None, ready_at=None, out_at=None, ended_at=None)
    return replace(
        order,
        kind=Kind.PLACED,
        entry=0,
        entered_at=order.placed_at,
        paid=max(0, paid),
        refunded=0,
        times=times,
        held_at=None,
    )


def _paid(entry: journal.Entry) -> int:
    amount = int(entry.payload.get("amount", 0))
    if entry.kind == paying.PAID:
        return amount
    return -amount if entry.kind == paying.PAID_UNDONE else 0


def _moved(order: Order, entry: journal.Entry) -> Order:
    said = entry.payload
    if entry.kind in (paying.PAID, paying.PAID_UNDONE):
        return replace(order, paid=max(0, order.paid + _paid(entry)))
    if entry.kind == paying.REFUNDED:
        return replace(order, refunded=order.refunded + int(said.get("amount", 0)))
    if entry.kind not in entries.STATE_EVENTS or said.get("to") in (None, order.kind.value):
        return order
    kind = Kind(said["to"])
    at = Instant(said.get("occurred_at") or said.get("placed_at") or entry.at)
    times = order.times
    if kind is Kind.PREPARING and times.preparing_at is None:
        times = replace(times, preparing_at=at)
    return replace(order, kind=kind, entry=order.entry + 1, entered_at=at, times=times)
