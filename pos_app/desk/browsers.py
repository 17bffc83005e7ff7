"""Guests' browsers that want to be told of an order (web push), as the shop keeps them.

They are contacts of the order's guest that hold for this order alone. Somebody whom nobody asked
for his name or number is a guest too: he gets a row of his own, which is forgotten like any other.
"""

from __future__ import annotations

from pos_app.desk import nameless
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.domain.workflow import has_ended
from pos_app.store import contacts
from pos_app.wire.browsers import (
    PUSH_ON,
    BrowserWish,
    Subscription,
    address,
    endpoint_of,
    leads_inside,
)
from pos_app.wire.snapshots import Action

PUSH = "push"
ASKED, STOPPED = "push_asked", "push_stopped"
MOST_OF_ORDER = 3
"""Browsers that are told of one order; one more and the oldest leaves."""


def apply(act: Transaction, order: Order, action: Action, wish: BrowserWish) -> bool:
    """Take or forget a browser; False when it changes nothing."""
    if wish.kind == PUSH_ON:
        return _add(act, order, action, wish)
    return _remove(act, order, action, wish.subscription)


def _add(act: Transaction, order: Order, action: Action, wish: BrowserWish) -> bool:
    if has_ended(order.kind) or order.texts_stopped_at is not None:
        return False
    if not _may_be_called(act, wish.subscription):
        return False
    wanted = address(wish.subscription)
    known = contacts.of_order(act.connection, order.people_id, order.id, PUSH)
    if wanted in [one.address for one in known]:
        return False
    same = endpoint_of(wanted)
    replaced = [one for one in known if endpoint_of(one.address) == same]
    kept = [one for one in known if one not in replaced]
    for one in (*replaced, *kept[: max(0, len(kept) + 1 - MOST_OF_ORDER)]):
        contacts.remove(act.connection, one.id)
    person = nameless.guest_of(act, order, wish.language)
    contacts.add(act.connection, person, PUSH, wanted, act.now, order.id)
    act.record(ASKED, order.id, {"action_id": action.action_id, "people_id": person})
    return True


def _remove(act: Transaction, order: Order, action: Action, subscription: Subscription) -> bool:
    known = contacts.of_order(act.connection, order.people_id, order.id, PUSH)
    gone = [one for one in known if endpoint_of(one.address) == subscription.endpoint]
    for one in gone:
        contacts.remove(act.connection, one.id)
    if gone:
        act.record(STOPPED, order.id, {"action_id": action.action_id})
    return bool(gone)


def _may_be_called(act: Transaction, subscription: Subscription) -> bool:
    """Whether texts could be sent there at all; what a name leads to is judged then."""
    way = act.setup.settings.way(PUSH)
    if way is None:
        return False
    return bool(way.setup.get("lan")) or not leads_inside(subscription.endpoint)
