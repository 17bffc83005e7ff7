"""What couriers tell from the street. Their facts win forward.

Food that was delivered is delivered, also when the kitchen forgot a tap: the statuses between
are recorded as inferred and say nothing to anybody. Nothing moves back, except when the courier
himself takes a wrong tap back. Against a cancellation both stand and the counter is asked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pos_app.clock import MINUTE_MS, Instant
from pos_app.desk import couriers, entries, handing_over, paying, texting
from pos_app.desk.lines import MAX_TEXT
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order, Ticket
from pos_app.domain.workflow import Kind, has_ended
from pos_app.errors import BadInput
from pos_app.language import Texts
from pos_app.store import journal, messages, orders
from pos_app.wire.drops import ARRIVED, AT_SHOP, REASONS

APPLIED, IGNORED, CONFLICT, TOO_LATE = "applied", "ignored", "conflict", "too_late"
FACTS = (Kind.OUT_FOR_DELIVERY, Kind.DELIVERY_FAILED, Kind.DELIVERED)
TAKE_BACK_MS = 10 * MINUTE_MS
FRESH_MS = 10 * MINUTE_MS
"""How old a fact may be, at most, to be told to the guest as news."""

CONFLICTED = "street_conflict"
_WAY = (
    Kind.PLACED,
    Kind.ACCEPTED,
    Kind.PREPARING,
    Kind.READY,
    Kind.OUT_FOR_DELIVERY,
    Kind.DELIVERY_FAILED,
    Kind.DELIVERED,
)
_TOLD_LEGS = (AT_SHOP, ARRIVED)
"""Where he said that he is: he is there again when he takes back what he tapped next."""
_SKIPPABLE = (Kind.PREPARING, Kind.READY, Kind.OUT_FOR_DELIVERY)


def apply(
    act: Transaction,
    order: Order,
    fact: Kind,
    occurred_at: Instant,
    *,
    device: str,
    reason: str = "",
    unpaid: bool = False,
) -> str:
    """Let what a courier says have happened at `occurred_at` be true; `device` is his phone's id.

    `reason`, a word of the journal, says why a delivery failed; `unpaid` that no money was taken
    at the door. Answers `applied`; `ignored` when the order is there or further already;
    `conflict` when it ended otherwise, and then the counter is asked. Raises BadInput for what
    is no fact of the street.
    """
    if fact not in FACTS:
        raise BadInput("kind", "“{kind}” does not happen on the street", kind=fact.value)
    if has_ended(order.kind):
        return _after_the_end(act, order, fact, device)
    if _WAY.index(fact) <= _WAY.index(order.kind):
        return IGNORED
    at = _moment(order, occurred_at, act.now)
    for skipped in _skipped(order.kind, fact):
        order = _enter(act, order, skipped, at, {"inferred": True, "device": device})
    said: dict[str, Any] = {"occurred_at": occurred_at, "device": device}
    if reason in REASONS:
        said["reason"] = reason
    order = _enter(act, order, fact, at, said)
    seq = act.seqs[-1]
    messages.outdate(act.connection, order.id, seq, act.now)
    if fact is Kind.DELIVERED and unpaid:
        handing_over.record_payment(act, order, handing_over.UNPAID, seq)
    elif fact is Kind.DELIVERED:
        couriers.take_money(act, order, seq)
    return APPLIED


def infer_left(act: Transaction, order: Order, occurred_at: Instant, *, device: str) -> Order:
    """`order` is on its way since `occurred_at` at the latest, though nobody has tapped it."""
    at, out = _moment(order, occurred_at, act.now), Kind.OUT_FOR_DELIVERY
    said = {"inferred": True, "occurred_at": at, "device": device}
    for kind in (*_skipped(order.kind, out), out):
        order = _enter(act, order, kind, at, said)
    messages.outdate(act.connection, order.id, act.seqs[-1], act.now)
    return order


def take_back(
    act: Transaction, order: Order, fact: Kind, occurred_at: Instant, *, device: str
) -> str:
    """The courier tapped `fact` wrongly and says so at `occurred_at`.

    `applied`; `too_late` after ten minutes; `ignored` when the order has moved on since.
    """
    event = journal.latest_state_event(act.connection, order.id, entries.STATE_EVENTS)
    if event is None or event.kind != entries.STREET or order.kind is not fact:
        return IGNORED
    said_at = event.payload["occurred_at"]
    if occurred_at - said_at > TAKE_BACK_MS:
        return TOO_LATE
    to = Kind.READY if fact is Kind.OUT_FOR_DELIVERY else Kind.OUT_FOR_DELIVERY
    leg = event.payload.get("leg", entries.NO_LEG)
    texting.withdraw_all(act, order.id, "recalled")
    paying.take_back(act, order, event.seq)
    act.record(
        entries.RECALLED,
        order.id,
        {
            "from": order.kind.value,
            "to": to.value,
            "recalled_from": order.entry,
            "device": device,
        },
        event.seq,
    )
    there = {"courier_leg": leg} if leg in _TOLD_LEGS and entries.fits_leg(to, leg) else {}
    entries.enter(act, order, to, recalled_from=order.entry, **there)
    return APPLIED


def _skipped(stands: Kind, fact: Kind) -> list[Kind]:
    """The statuses between that nobody tapped."""
    here, there = _WAY.index(stands), _WAY.index(fact)
    return [kind for kind in _SKIPPABLE if here < _WAY.index(kind) < there]


def _moment(order: Order, occurred_at: Instant, now: Instant) -> Instant:
    """When it happened, between the order's last stage and now: times never run backwards."""
    times = order.times
    known = (times.received_at, times.preparing_at, times.ready_at, times.out_at)
    last = max(moment for moment in known if moment is not None)
    return Instant(min(max(occurred_at, last), max(now, last)))


def _enter(act: Transaction, order: Order, kind: Kind, at: Instant, said: dict[str, Any]) -> Order:
    if order.courier_leg in _TOLD_LEGS:
        said = {**said, "leg": order.courier_leg}
    act.record(entries.STREET, order.id, {"from": order.kind.value, "to": kind.value, **said})
    tickets = order.tickets
    more: dict[str, Any] = {}
    if kind is not Kind.PREPARING:
        tickets = _made(act, order, at)
    if "inferred" in said:
        more["times_known"] = False
    return entries.enter(act, order, kind, tickets, at=at, **more)


def _made(act: Transaction, order: Order, at: Instant) -> tuple[Ticket, ...]:
    """The kitchen's tickets as ready: what is on the street has been made."""
    late = handing_over.unready(order)
    for ticket in late:
        orders.move_ticket(act.connection, ticket, Kind.READY, at)
    return tuple(
        replace(t, kind=Kind.READY, entry=t.entry + 1, entered_at=at) if t in late else t
        for t in order.tickets
    )


def _after_the_end(act: Transaction, order: Order, fact: Kind, device: str) -> str:
    """An order that ended: the same end again is nothing new, another one is a question."""
    is_other_end = fact is Kind.DELIVERED and order.kind is not Kind.DELIVERED
    if order.kind is not Kind.CANCELLED and not is_other_end:
        return IGNORED
    act.record(CONFLICTED, order.id, {"fact": fact.value, "device": device})
    question = _question(act, order.kind, fact)
    if question not in order.question:
        asked = f"{order.question} {question}".strip()[-MAX_TEXT:]
        since = order.asked_at or act.now
        orders.change(act.connection, order.id, asked_at=since, question=asked)
    return CONFLICT


def _question(act: Transaction, stands: Kind, fact: Kind) -> str:
    texts = Texts(act.setup.settings.shop.language)
    said = {
        Kind.OUT_FOR_DELIVERY: texts.gettext("The courier says: it is on its way."),
        Kind.DELIVERED: texts.gettext("The courier says: it is delivered."),
        Kind.DELIVERY_FAILED: texts.gettext("The courier says: it could not be delivered."),
    }[fact]
    if stands is Kind.CANCELLED:
        return said + " " + texts.gettext("But the order is cancelled. What is true?")
    return said + " " + texts.gettext("But the order has ended otherwise. What is true?")
