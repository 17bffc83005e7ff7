"""What a guest wants of texts: none at all, or only what a person sends by hand.

A stop acts on the address: whoever has that number or chat, in whatever order of the past or the
future. It holds for all channels of that guest, and it is kept as a keyed hash, so that it
outlives his row and names nobody.
"""

from __future__ import annotations

from pos_app import phones
from pos_app.config import CHANNEL_NAMES
from pos_app.desk import setup, stop_keys
from pos_app.desk.transaction import Transaction
from pos_app.domain.stop_words import says_start, says_stop
from pos_app.errors import BadInput, NotFound
from pos_app.store import contacts, erasing, opt_outs, pausing, unwanted
from pos_app.store.messages import BY_PHONE

SOURCES = ("desk", "command", "reply", "page", "provider")


def spelt(act: Transaction, address: str, channel: str) -> str:
    """The address as it is stored. Raises BadInput for none."""
    if channel not in CHANNEL_NAMES:
        raise BadInput(
            "channel",
            "“{channel}” is no channel here",
            hint="{known}",
            channel=channel,
            known=", ".join(CHANNEL_NAMES),
        )
    if channel in BY_PHONE:
        found = phones.parse(address, act.setup.settings.shop.country, "address")
    else:
        found = address.strip()
    if not found:
        raise BadInput("address", "Without an address nobody is meant")
    return found


def opt_out(act: Transaction, address: str, channel: str, source: str, store_key: bytes) -> int:
    """Send nothing to this address any more; what waits is dropped. Returns how many texts."""
    if source not in SOURCES:
        raise BadInput("source", "One of {known}", known=", ".join(SOURCES))
    wanted = spelt(act, address, channel)
    key = opt_outs.address_key(store_key)
    stop_keys.keep_under(act, store_key)
    if opt_outs.add(act.connection, key, wanted, channel, source, act.now):
        act.record("opted_out", None, {"channel": channel, "source": source})
        setup.touch(act.connection)
    dropped = 0
    for order_id in _orders_at(act, wanted, channel):
        found = pausing.drop(act.connection, order_id, unwanted.OPTED_OUT, act.now)
        if found:
            act.record("texts_stopped", order_id, {"by": source})
        dropped += found
    return dropped


def opt_in_again(
    act: Transaction, address: str, channel: str, source: str, store_key: bytes
) -> bool:
    """He wants texts after all; False when he never said otherwise."""
    wanted = spelt(act, address, channel)
    if not opt_outs.remove(act.connection, opt_outs.address_key(store_key), wanted):
        return False
    act.record("opted_in", None, {"channel": channel, "source": source})
    return True


def heard(act: Transaction, address: str, channel: str, said: str, store_key: bytes) -> str:
    """What a guest has written back: `stop`, `start`, or empty when it is neither."""
    if says_stop(said):
        opt_out(act, address, channel, "reply", store_key)
        return "stop"
    if says_start(said):
        opt_in_again(act, address, channel, "reply", store_key)
        return "start"
    return ""


def _orders_at(act: Transaction, address: str, channel: str) -> list[int]:
    """The orders about which somebody is reached at an address.

    Who opened a chat from a slip that he found stops the texts about that order and no other.
    """
    if channel in BY_PHONE:
        return erasing.orders_of(act.connection, erasing.of_phone(act.connection, address))
    known = contacts.at_address(act.connection, channel, address)
    people = [one.people_id for one in known if one.order_id is None]
    alone = {one.order_id for one in known if one.order_id is not None}
    return sorted({*erasing.orders_of(act.connection, people), *alone})


def order_by_hand(act: Transaction, order_id: int, *, on: bool) -> None:
    """Rules say nothing about this order; a person still may."""
    act.order(order_id)
    unwanted.set_order_by_hand(act.connection, order_id, on=on)
    act.record("by_hand_on" if on else "by_hand_off", order_id, {})
    if on:
        pausing.drop_by_rule(act.connection, [order_id], unwanted.BY_HAND, act.now)


def guest_by_hand(act: Transaction, phone: str, *, on: bool) -> int:
    """Rules say nothing to this guest. Raises NotFound; returns how many of his rows."""
    wanted = spelt(act, phone, "sms")
    ids = erasing.of_phone(act.connection, wanted)
    if not ids:
        raise NotFound("Nobody has this number")
    unwanted.set_guest_by_hand(act.connection, ids, on=on)
    act.record("guest_by_hand_on" if on else "guest_by_hand_off", None, {"people_ids": ids})
    if on:
        of_guest = erasing.orders_of(act.connection, ids)
        pausing.drop_by_rule(act.connection, of_guest, unwanted.BY_HAND, act.now)
    return len(ids)


def add_contact(
    act: Transaction, people_id: int, channel: str, address: str, order_id: int | None = None
) -> int:
    """Where a guest can be reached beside his phone; for one order alone with `order_id`."""
    if channel in BY_PHONE:
        raise BadInput("channel", "A number stands with the guest himself")
    wanted = spelt(act, address, channel)
    if not erasing.exists(act.connection, people_id):
        raise NotFound("There is no such guest")
    added = contacts.add(act.connection, people_id, channel, wanted, act.now, order_id)
    act.record("contact_added", order_id, {"people_id": people_id, "channel": channel})
    return added
