"""A text that does not leave, and what a gateway's refusal tells about the guest's address."""

from __future__ import annotations

from pos_app.automation.hours import QUIET
from pos_app.desk import legs, wishes
from pos_app.desk.transaction import Transaction
from pos_app.domain import cascade, opening
from pos_app.keys import STORE, KeyStore, secret
from pos_app.lanes.delivery import record
from pos_app.lanes.gate import Refusal
from pos_app.store import contacts, sending
from pos_app.store.messages import BY_PHONE, Message

_UNSUBSCRIBED = "unsubscribed"
_GONE = ("blocked", "gone", "wrong_key")


def drop(act: Transaction, message: Message, refusal: Refusal) -> None:
    """End a text that was never tried, say why, and begin its next leg."""
    if not sending.drop(act.connection, message.id, refusal.state, refusal.reason, act.now):
        return
    record(act, f"message_{refusal.state}", message, refusal.reason)
    if cascade.ends_leg(refusal.state, refusal.reason):
        legs.follow(act, message)


def keep_quiet(act: Transaction, message: Message) -> bool:
    """In the shop's quiet hours a text waits for their end, or ends itself; False outside them."""
    settings = act.setup.settings
    ends_at = opening.quiet_until(settings.hours, act.now, settings.shop.zone)
    if ends_at == act.now:
        return False
    if ends_at >= message.not_after:
        drop(act, message, Refusal("dropped", QUIET))
    else:
        sending.put_off(act.connection, message.id, ends_at)
    return True


def learn(act: Transaction, message: Message, code: str, keys: KeyStore) -> None:
    """The provider knows that he wants nothing, or that nobody is there any more."""
    if code == _UNSUBSCRIBED:
        store_key = secret(keys, STORE)
        wishes.opt_out(act, message.address, message.channel, "provider", store_key)
    elif code in _GONE and message.channel not in BY_PHONE:
        contacts.remove_address(act.connection, message.channel, message.address)
