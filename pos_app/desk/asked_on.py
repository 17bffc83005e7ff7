"""Where a guest has himself asked to be told of an order, and what that makes of a text's way.

What he asked for goes first: it reaches him where he looks, and costs nothing. His number follows
when that fails, if he wants texts there at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.automation.facts import wants_texts
from pos_app.config import CHANNEL_NAMES
from pos_app.domain.cascade import Leg
from pos_app.domain.order import Order
from pos_app.store import contacts
from pos_app.store.messages import BY_PHONE

if TYPE_CHECKING:
    from pos_app.desk.fact_finding import Moment

BESIDE_PHONE = frozenset(CHANNEL_NAMES) - frozenset(BY_PHONE)


def channels(at: Moment, order: Order | None) -> tuple[str, ...]:
    """Channels beside his phone on which he asked for this order alone, the newest first.

    Shops without such a way out, and practice, are not asked at all.
    """
    if order is None or order.people_id is None or at.setup.identity.practice:
        return ()
    if BESIDE_PHONE.isdisjoint(at.setup.open_channels):
        return ()
    found = contacts.channels_of(at.connection, order.people_id, order.id)
    return tuple(channel for channel in found if channel in at.setup.open_channels)


def legs(at: Moment, order: Order, named: tuple[Leg, ...]) -> tuple[Leg, ...]:
    """`named` (a rule's channels, then the shop's) as they are tried for this order."""
    asked = channels(at, order)
    if not asked:
        return named
    minutes = named[0].minutes
    others = [leg for leg in named if leg.channel not in asked]
    if not wants_texts(order):
        others = [leg for leg in others if leg.channel not in BY_PHONE]
    return (*(Leg(channel, minutes) for channel in asked), *others)
