"""After a power cut: what has left meanwhile, and the messages that a person lets go.

While the till was dead the shop went on. Its board then claims what may be long over, so no
message leaves before somebody has said what is true.
"""

from __future__ import annotations

from dataclasses import dataclass

from pos_app import config
from pos_app.clock import MINUTE_MS, Instant
from pos_app.desk import cancelling, ending, messaging, owning, setup, texting
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.domain.workflow import has_ended
from pos_app.errors import BadInput, Refused
from pos_app.language import Texts
from pos_app.store import held, journal, orders, pausing, tickets
from pos_app.store.database import Connection
from pos_app.store.messages import Message

GAP_MS = 10 * MINUTE_MS
GONE, HERE, CANCELLED = "gone", "here", "cancelled"
ANSWERS = (GONE, HERE, CANCELLED)
REASON = pausing.CATCH_UP
"""Why a message is held or dropped, and why an order ended without times."""

BEGAN, ENDED, ANSWERED = "catch_up_began", "catch_up_ended", "caught_up"


@dataclass(frozen=True, slots=True)
class Released:
    """How many held messages may leave after all, and how many never will."""

    sent: int
    dropped: int


def begin(act: Transaction, since: Instant) -> bool:
    """Open the catch-up if the till was dead from `since` until now; False when it is needless.

    One that is open goes on: its gap then reaches until now.
    """
    if act.now - since <= GAP_MS:
        return False
    open_now = orders.open_ids(act.connection)
    if not open_now and not held.any_waits(act.connection):
        return False
    before = setup.read_settings(act.connection).catch_up
    gap = config.CatchUp(since if before.since is None else before.since, act.now, before.why)
    messages = held.hold_all(act.connection, REASON)
    for message in messages:
        _tell(act, "message_held", message)
    owning.write_setting(act, config.CATCH_UP, gap)
    said = {"since": gap.since, "until": gap.until, "open": len(open_now), "held": len(messages)}
    act.record(BEGAN, None, said)
    return True


def unanswered(connection: Connection, gap: config.CatchUp) -> list[int]:
    """Open orders from before the gap's end of which nobody has said that they are here."""
    if gap.until is None:
        return []
    found = orders.load_many(connection, orders.open_ids(connection))
    asked = [order.id for order in found.values() if order.placed_at < gap.until]
    events = journal.of_kind(connection, asked, ANSWERED, gap.until)
    here = {event.order_id for event in events if event.payload["answer"] == HERE}
    return [order_id for order_id in asked if order_id not in here]


def settle(act: Transaction, order_ids: list[int], answer: str) -> bool:
    """One answer for all of them, without a word to any guest.

    True when that was the last question, and the catch-up has ended by itself.
    """
    if answer not in ANSWERS:
        raise BadInput(
            "answer",
            "“{answer}” is no answer here",
            hint="{known}",
            answer=answer,
            known=", ".join(ANSWERS),
        )
    gap = setup.read_settings(act.connection).catch_up
    if not gap.is_open:
        raise Refused("There is nothing to catch up")
    for order_id in dict.fromkeys(order_ids):
        _settle(act, act.order(order_id), answer)
    return end_when_done(act)


def _settle(act: Transaction, order: Order, answer: str) -> None:
    if has_ended(order.kind):
        # Somebody was faster at another screen, or the courier has told.
        return
    if answer == GONE:
        ending.settle(act, order, ending.fitting_end(order), REASON)
    elif answer == CANCELLED:
        texts = Texts(act.setup.settings.shop.language)
        cancelling.cancel(act, order.id, texts.gettext("Cancelled after a power cut"))
        ending.forget_times(act, order.id)
    else:
        # Its stage begins anew: the board must not scream about the time without power.
        orders.change(act.connection, order.id, entered_at=act.now, times_known=False)
        tickets.restart(act.connection, order.id, act.now)
    act.record(ANSWERED, order.id, {"answer": answer})


def end_when_done(act: Transaction) -> bool:
    """End a catch-up that has no question left. Returns whether it did."""
    gap = setup.read_settings(act.connection).catch_up
    # After a restore a person lets the texts go, even where none waits yet.
    if not gap.is_open or gap.pauses_texts:
        return False
    if held.count(act.connection, REASON) or unanswered(act.connection, gap):
        return False
    _end(act, Released(0, 0))
    return True


def finish(act: Transaction, *, send: bool) -> Released:
    """Let the held messages go that still are true (or none of them), and end the catch-up."""
    if not setup.read_settings(act.connection).catch_up.is_open:
        raise Refused("There is nothing to catch up")
    sent = dropped = 0
    for message in held.of_reason(act.connection, REASON):
        order = act.order(message.order_id)
        if send and messaging.is_true(order, message):
            sent += _let_go(act, order, message)
        else:
            held.drop(act.connection, message, REASON, act.now)
            _tell(act, "message_dropped", message)
            dropped += 1
    released = Released(sent, dropped)
    _end(act, released)
    return released


def _let_go(act: Transaction, order: Order, message: Message) -> bool:
    """True when it will leave; one that is too late expires with the others."""
    held.let_go(act.connection, message, act.now)
    _tell(act, "message_released", message)
    if order.texts_stopped_at is not None:
        texting.stop_all(act, order.id)
        return False
    if order.asked_at is not None:
        texting.pause(act, order.id)
        return False
    return message.not_after > act.now


def _tell(act: Transaction, kind: str, message: Message) -> None:
    act.record(kind, message.order_id, {"message_id": message.id, "about": message.about})


def _end(act: Transaction, released: Released) -> None:
    owning.write_setting(act, config.CATCH_UP, config.CatchUp())
    act.record(ENDED, None, {"sent": released.sent, "dropped": released.dropped})
