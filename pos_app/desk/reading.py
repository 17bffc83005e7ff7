"""What screens and the command line read: orders with the state of the guest's messages."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.automation.defaults import UNDO_READY_S
from pos_app.clock import DAY_MS, SECOND_MS, Instant
from pos_app.desk import entries, undoing
from pos_app.domain.board import place_on_board
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from pos_app.store import journal, messages, orders
from pos_app.store.database import Connection

RECALLABLE = (entries.BUMPED, entries.ENDED, entries.STREET)
UNDO_PLACES = 3
# More than any shop's half minute, and any shop's day, leave in the journal.
EVENTS_IN_A_GRACE, EVENTS_IN_A_DAY = 2_000, 50_000
RECALL_PLACES = 20


@dataclass(frozen=True, slots=True)
class MessageNote:
    """The newest message of an order, as the card says it.

    `about` is the text's subject (`ready`), `state` and `reason` as in the store; `due_at` is
    when a waiting one leaves. `practice` says that it is only recorded.
    """

    about: str
    state: str
    reason: str
    due_at: Instant
    phone: str
    practice: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One order as a board or a list shows it."""

    order: Order
    note: MessageNote | None


@dataclass(frozen=True, slots=True)
class Undoable:
    """One of the last acts, while its grace runs. `until` is when it can no longer be undone."""

    seq: int
    order_id: int
    number: str
    to: Kind
    until: Instant


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of an order's history: an event with its payload."""

    at: Instant
    kind: str
    payload: dict[str, object]
    device_id: str
    staff_id: str


def cards(connection: Connection, ids: list[int], *, practice: bool) -> dict[int, Card]:
    """Cards by order id; ids that do not exist are left out."""
    found = orders.load_many(connection, ids)
    notes = messages.of_orders(connection, list(found))
    return {
        order_id: Card(order, _note(notes[order_id], practice=practice))
        for order_id, order in found.items()
    }


def board(connection: Connection, *, practice: bool) -> list[Card]:
    """Every open order: what goes first, then the oldest, as on every screen."""
    found = cards(connection, orders.open_ids(connection), practice=practice)
    return sorted(found.values(), key=lambda card: place_on_board(card.order))


_SPEAKS = ("failed", "expired", "uncertain", "waiting", "sending", "sent", "delivered", "held")

# Of what was dropped: that nothing was set up, and where the guest waits for a word in vain.
_DROPPED_SPEAKS = ("no_channel", "no_room", "budget", "too_many", "foreign", "premium")


def _note(found: list[messages.Message], *, practice: bool) -> MessageNote | None:
    for message in reversed(found):
        dropped = message.state == "dropped" and message.reason in _DROPPED_SPEAKS
        if message.state in _SPEAKS or dropped:
            return MessageNote(
                message.about,
                message.state,
                message.reason,
                message.not_before,
                message.phone,
                practice,
            )
    return None


def undoable(connection: Connection, now: Instant, station_id: int | None = None) -> list[Undoable]:
    """The last three acts whose grace still runs, newest first; of one station where it is given.

    A station takes back what was tapped at it, not what the pass did.
    """
    since = Instant(now - UNDO_READY_S * SECOND_MS)
    newest_acts: dict[int, journal.Entry] = {}
    passed: set[int] = set()
    for event in journal.latest_of_kinds(
        connection, undoing.UNDOABLE, since, 30, among=EVENTS_IN_A_GRACE
    ):
        order_id = event.order_id
        if order_id is None or order_id in passed or undoing.undo_until(event) < now:
            continue
        passed.add(order_id)
        newest = journal.latest_state_event(connection, order_id, entries.STATE_EVENTS)
        of_station = station_id is None or event.payload.get("station_id") == station_id
        if newest is not None and newest.seq == event.seq and of_station:
            newest_acts[order_id] = event
            if len(newest_acts) == UNDO_PLACES:
                break
    found = orders.load_many(connection, list(newest_acts))
    return [
        Undoable(
            event.seq,
            order_id,
            found[order_id].number,
            Kind(event.payload["to"]),
            undoing.undo_until(event),
        )
        for order_id, event in newest_acts.items()
    ]


def recallable(connection: Connection, now: Instant) -> list[Card]:
    """The last twenty orders that were bumped and can be brought back, newest first."""
    since = Instant(now - DAY_MS)
    events = journal.latest_of_kinds(connection, RECALLABLE, since, 200, among=EVENTS_IN_A_DAY)
    ids = list(dict.fromkeys(e.order_id for e in events if e.order_id is not None))
    found = cards(connection, ids, practice=False)
    back = [found[i] for i in ids if i in found and found[i].order.kind in undoing.BACK]
    return back[:RECALL_PLACES]


def timeline(connection: Connection, order_id: int) -> list[TimelineEntry]:
    """Everything that happened to one order, oldest first."""
    return [
        TimelineEntry(e.at, e.kind, e.payload, e.device_id, e.staff_id)
        for e in journal.of_order(connection, order_id)
    ]
