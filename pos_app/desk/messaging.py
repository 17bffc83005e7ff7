"""What a person does about one text: take it back, say it again, or write one himself."""

from __future__ import annotations

from pos_app.clock import MINUTE_MS, Instant
from pos_app.desk import asked_on, texting
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from pos_app.errors import BadInput, NotFound, Refused
from pos_app.store import messages
from pos_app.store.messages import BY_PHONE, UNSENT, WRITTEN, Message

__all__ = ["LONGEST_WORDS", "UNHEARD", "UNSENT", "is_true", "say_again", "take_back", "write"]
TTL_MS = 60 * MINUTE_MS
TAKEN_BACK, SAID_AGAIN = "message_taken_back", "message_said_again"
WROTE = "message_written"
LONGEST_WORDS = 480
BY_PERSON = "by_person"
UNHEARD = ("failed", "expired", "uncertain", "dropped")
"""States of a text that the guest has not read, as far as anybody knows."""
_LIVE = ("waiting", "held", "sending", "sent", "delivered")
_TRUE_IN: dict[str, tuple[Kind, ...]] = {
    "accepted": (Kind.ACCEPTED, Kind.PREPARING),
    "not_ready_yet": (Kind.ACCEPTED, Kind.PREPARING),
    "ready": (Kind.READY,),
    "on_the_way": (Kind.OUT_FOR_DELIVERY,),
}
"""Where an order stands as long as what these texts say is true; others are true anywhere."""


def take_back(act: Transaction, message_id: int) -> None:
    """A text that waits or is held never leaves. Raises NotFound, and Refused once it has left."""
    message = _message(act, message_id)
    if not messages.take_back(act.connection, message_id, BY_PERSON, act.now):
        raise Refused(
            "Too late to take the text back",
            "It has left, or has ended already.",
            "What became of it stands beside it.",
        )
    act.record(TAKEN_BACK, message.order_id, {"message_id": message_id})


def say_again(act: Transaction, message_id: int) -> str:
    """The same text once more, now. Returns the state in which it begins: `waiting` when it leaves.

    Raises NotFound; Refused where it is not true any more, is on its way, or was said again.
    """
    message = _message(act, message_id)
    order = act.order(message.order_id)
    if message.state not in UNHEARD:
        raise Refused(
            "The text need not be said again",
            "It waits, is on its way, or has arrived.",
        )
    _refuse_untrue(order, message)
    _refuse_twice(act, message)
    if message.about == WRITTEN:
        return write(act, order.id, messages.words_of(act.connection, message.id), message.channel)
    occasion = act.record(SAID_AGAIN, order.id, {"message_id": message_id})
    return texting.say_by_hand(
        act,
        order,
        about=message.about,
        channel=message.channel,
        occasion=occasion,
        not_after=Instant(act.now + TTL_MS),
    )


def write(act: Transaction, order_id: int, words: str, channel: str = "") -> str:
    """A person's own words to the guest of an order. Returns the state in which the text begins.

    On `channel`, else on the first that is set up. Raises NotFound; BadInput naming `words`;
    Refused where nobody is known whom it would reach.
    """
    order = act.order(order_id)
    said = " ".join(words.split())
    if not said:
        raise BadInput("words", "Nothing is written yet")
    if len(said) > LONGEST_WORDS:
        raise BadInput("words", "At most {most} characters", most=LONGEST_WORDS)
    if not said.isprintable():
        raise BadInput("words", "The text has signs that cannot be sent")
    if order.people_id is None:
        raise Refused("Nobody knows the guest of order {number}", number=order.number)
    occasion = act.record(WROTE, order.id, {})
    return texting.say_by_hand(
        act,
        order,
        about=WRITTEN,
        channel=channel or _way_to(act, order),
        occasion=occasion,
        not_after=Instant(act.now + TTL_MS),
        words=said,
    )


def _way_to(act: Transaction, order: Order) -> str:
    """Where the guest himself asked to be told, else the first usable way to his number."""
    asked = asked_on.channels(act, order)
    legs = (leg.channel for leg in act.setup.settings.channels.legs)
    by_phone = (*(channel for channel in legs if channel in BY_PHONE), *BY_PHONE)
    usable = (name for name in (*asked, *by_phone) if name in act.setup.open_channels)
    return next(usable, by_phone[0])


def _message(act: Transaction, message_id: int) -> Message:
    found = messages.get(act.connection, message_id)
    if found is None:
        raise NotFound("There is no such text")
    return found


def is_true(order: Order, message: Message) -> bool:
    """Whether what the message says is so at this moment."""
    kinds = _TRUE_IN.get(message.about)
    return order.kind in kinds if kinds is not None else order.kind is not Kind.CANCELLED


def _refuse_untrue(order: Order, message: Message) -> None:
    if not is_true(order, message):
        raise Refused(
            "The text is not true any more",
            "Order {number} has moved on since.",
            "Call the guest.",
            number=order.number,
        )


def _refuse_twice(act: Transaction, message: Message) -> None:
    """Two people at two screens see the same failure: one of them says it again."""
    known = messages.of_orders(act.connection, [message.order_id])[message.order_id]
    if any(
        one.id > message.id and one.about == message.about and one.state in _LIVE for one in known
    ):
        raise Refused(
            "The text was said again already",
            hint="Look at the newer one of this order.",
        )
