"""The last look at a text, inside the claim's transaction: whether it may leave at all.

Counts and money are read where the claim is written, so that two texts never share one place.
"""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.automation.budget import money_refusal
from pos_app.automation.urgency import Urgency
from pos_app.clock import Instant, local
from pos_app.desk.transaction import Transaction
from pos_app.lanes import toll_guard
from pos_app.store import sent, spend, unwanted
from pos_app.store.messages import BY_PHONE, Message

TOLD = "told"
NO_ADDRESS = {"sms": "no_phone", "whatsapp": "no_phone"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """How a text ends that does not leave."""

    state: str
    reason: str


def month_of(act: Transaction) -> str:
    """The shop's month, as spend is counted: `2026-11`."""
    return f"{local(act.now, act.setup.settings.shop.zone):%Y-%m}"


def cost_of(act: Transaction, channel: str, parts: int, way_name: str = "") -> int:
    """What `parts` cost by that way of the channel; practice costs nothing."""
    way = None if act.setup.identity.practice else act.setup.settings.way(channel, way_name)
    return 0 if way is None else way.price * parts


def refusal(
    act: Transaction, message: Message, parts: int, urgency: Urgency, way_name: str = ""
) -> Refusal | None:
    """Why `message` does not leave by that way; None when it may."""
    if sent.is_told(act.connection, message):
        return Refusal("dropped", TOLD)
    key = act.setup.address_key
    unwanted_for = unwanted.why(
        act.connection, key, message.order_id, by_rule=bool(message.rule_id)
    )
    if unwanted_for:
        return Refusal("dropped", unwanted_for)
    if not message.address:
        return Refusal("failed", NO_ADDRESS.get(message.channel, "no_address"))
    cost = cost_of(act, message.channel, parts, way_name)
    reason = _toll(act, message, cost) if message.channel in BY_PHONE else ""
    reason = reason or _money(act, urgency, cost)
    return Refusal("dropped", reason) if reason else None


def _toll(act: Transaction, message: Message, cost: int) -> str:
    since = Instant(act.now - toll_guard.DAY_MS)
    return toll_guard.refusal(
        toll_guard.known(message.address),
        act.setup.settings.channels.limits,
        act.setup.settings.shop.country,
        sent.counts(act.connection, message.address, since),
        cost,
    )


def _money(act: Transaction, urgency: Urgency, cost: int) -> str:
    limit = act.setup.settings.channels.limits.month_budget
    if not limit or not cost:
        return ""
    spent = spend.total(act.connection, month_of(act))
    return money_refusal(urgency, spent=spent, cost=cost, budget=limit)
