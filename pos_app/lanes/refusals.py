"""A text that does not leave, and what a gateway's refusal tells about the guest's address."""

from __future__ import annotations

from pos_app.desk import legs
from pos_app.desk.transaction import Transaction
from pos_app.domain import cascade
from pos_app.lanes.delivery import record
from pos_app.lanes.gate import Refusal
from pos_app.store import contacts, opt_outs, sending
from pos_app.store.messages import BY_PHONE, Message

_UNSUBSCRIBED = "unsubscribed"
_GONE = ("blocked", "gone")


def drop(act: Transaction, message: Message, refusal: Refusal) -> None:
    """End a text that was never tried, say why, and begin its next leg."""
    if not sending.drop(act.connection, message.id, refusal.state, refusal.reason, act.now):
        return
    record(act, f"message_{refusal.state}", message, refusal.reason)
    if cascade.ends_leg(refusal.state, refusal.reason):
        legs.follow(act, message)


def learn(act: Transaction, message: Message, code: str) -> None:
    """The provider knows that he wants nothing, or that nobody is there any more."""
    if code == _UNSUBSCRIBED and act.setup.address_key is not None:
        key = act.setup.address_key
        opt_outs.add(act.connection, key, message.address, message.channel, "provider", act.now)
    elif code in _GONE and message.channel not in BY_PHONE:
        contacts.remove_address(act.connection, message.channel, message.address)
