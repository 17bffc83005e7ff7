"""A guest was told *ready*, and it is not: whether to tell him so, and telling it once."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.clock import MINUTE_MS, Instant
from pos_app.desk import texting
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.domain.workflow import PHASES, Phase
from pos_app.errors import Refused
from pos_app.store import messages
from pos_app.store.database import Connection

TTL_MS = 60 * MINUTE_MS
_HEARD = ("sending", "sent", "delivered", "uncertain")


@dataclass(frozen=True, slots=True)
class Correction:
    """A guest was told *ready* and it is not: whether to tell him, and which time."""

    order_id: int
    promised_at: Instant


def correction(connection: Connection, order: Order) -> Correction | None:
    """What to ask about `order`; None when the guest was never told, or knows already."""
    if PHASES[order.kind] not in (Phase.NEW, Phase.IN_KITCHEN):
        return None
    told = _told_ready(messages.of_orders(connection, [order.id])[order.id])
    return Correction(order.id, order.promised_at) if told is not None else None


def _told_ready(found: list[messages.Message]) -> messages.Message | None:
    """The text that still says *ready* to the guest, because nothing has corrected it."""
    for message in reversed(found):
        if message.about == messages.CORRECTION and message.state not in messages.TAKEN_BACK:
            return None
        if message.about == messages.READY and message.state in _HEARD:
            return message
    return None


def tell(act: Transaction, order_id: int) -> Order:
    """Text the guest that it is not ready yet. Raises Refused when there is nothing to correct."""
    order = act.order(order_id)
    told = _told_ready(messages.of_orders(act.connection, [order_id])[order_id])
    if told is None or correction(act.connection, order) is None:
        raise Refused(
            "There is nothing to correct on order {number}",
            "Its guest was not told that it is ready, or knows already.",
            number=order.number,
        )
    occasion = act.record("correction_told", order_id, {"message_id": told.id})
    texting.say_by_hand(
        act,
        order,
        about=messages.CORRECTION,
        channel=told.channel,
        occasion=occasion,
        not_after=Instant(act.now + TTL_MS),
    )
    return act.order(order_id)
