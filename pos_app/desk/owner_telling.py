"""A rule tells the owner how a day was: one row for each way, once for its slot."""

from __future__ import annotations

from datetime import timedelta

from pos_app.automation.model import TellOwner
from pos_app.clock import DAY_MS, Instant, business_date
from pos_app.desk.transaction import Transaction
from pos_app.domain.ids import uid_of
from pos_app.errors import Refused
from pos_app.store import journal, owner_texts

OWNER_TEXTS = "owner_texts"
"""What lanes and screens are told has changed."""
NO_ADDRESS, NO_CHANNEL = "no_address", "no_channel"


def tell(act: Transaction, rule_id: str, step: TellOwner, occasion: int) -> str:
    """Queue what the owner is told; a word for the trace. Raises Refused without a slot.

    The uid follows from rule, step, day and channel: a store that was put back tells it again
    under the same one.
    """
    entry = journal.get(act.connection, occasion)
    slot = entry.payload.get("slot") if entry is not None else None
    if slot is None:
        raise Refused("Only a daily rule tells of a day")
    day = _day(act, Instant(slot), step.day)
    known = False
    for channel in step.channels:
        key = f"{rule_id}:{step.id}:{day}:{channel}"
        known |= owner_texts.add(
            act.connection,
            key=key,
            uid=uid_of("orderbell/owner", act.setup.identity.store_id, key),
            rule_id=rule_id,
            step_id=step.id,
            occasion=occasion,
            day=day,
            channel=channel,
            not_after=Instant(slot + DAY_MS),
            now=act.now,
            dropped=_unreachable(act, channel),
        )
    return "owner_told" if known else "said_before"


def _day(act: Transaction, slot: Instant, which: str) -> str:
    shop = act.setup.settings.shop
    running = business_date(slot, shop.zone, shop.cutover_hour)
    return (running - timedelta(days=which == "yesterday")).isoformat()


def _unreachable(act: Transaction, channel: str) -> str:
    if not act.setup.settings.owner.address(channel):
        return NO_ADDRESS
    return "" if channel in act.setup.open_channels else NO_CHANNEL
