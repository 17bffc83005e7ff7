"""One text to all phones that want to be told of its order (web push), as one outcome.

The message's own address is the newest phone's. What one phone's service answers says nothing
about the others: one that is gone leaves, and the text counts as said once any phone has it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos_app.channels.protocol import (
    Accepted,
    Channel,
    GiveUp,
    Outcome,
    OutgoingText,
    RetryLater,
    Unknown,
)
from pos_app.desk.browsers import PUSH
from pos_app.lanes.shop import OpenShop
from pos_app.store import contacts
from pos_app.store.messages import Message

ENDED = ("gone", "wrong_key")
"""Codes of a phone that no text reaches any more."""
_RANK = (Accepted, Unknown, RetryLater, GiveUp)


def send(
    shop: OpenShop,
    channel: Channel,
    message: Message,
    leaving: OutgoingText,
    holds: Callable[[], bool],
) -> Outcome:
    """Hand `leaving` over, on push to every phone of its order; what came of it in all."""
    first = channel.send(leaving)
    if message.channel != PUSH:
        return first
    found = [first]
    gone: list[str] = []
    for address in _others(shop, message):
        # Waiting for a slow service we may have lost the lease: the next holder knows best.
        if not holds():
            break
        outcome = channel.send(replace(leaving, to=address))
        found.append(outcome)
        if isinstance(outcome, GiveUp) and outcome.code in ENDED:
            gone.append(address)
    best = min(found, key=_rank)
    if isinstance(first, GiveUp) and first.code in ENDED and best is not first:
        gone.append(message.address)
    _forget(shop, gone)
    return best


def _others(shop: OpenShop, message: Message) -> list[str]:
    with shop.database.read() as connection:
        known = contacts.of_order(connection, message.people_id, message.order_id, PUSH)
    return [one.address for one in reversed(known) if one.address != message.address]


def _rank(outcome: Outcome) -> int:
    return _RANK.index(type(outcome))


def _forget(shop: OpenShop, gone: list[str]) -> None:
    if not gone:
        return
    with shop.desk.act() as act:
        for address in gone:
            contacts.remove_address(act.connection, PUSH, address)
