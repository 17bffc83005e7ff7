"""What a guest does on his page, as the shop takes it: each act once, and only while it helps.

The page offers what `allowed` says; `ACTS` checks again when the act arrives, for the order may
have moved on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable

from pos_app.clock import DAY_MS, Instant
from pos_app.desk import texting
from pos_app.desk.owning import PAGE_ENDED_DAYS
from pos_app.desk.page_facts import PageFacts, of_orders
from pos_app.desk.transaction import Transaction
from pos_app.domain.consent import Consent, ConsentKind
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind, has_ended
from pos_app.errors import Refused
from pos_app.language import Texts
from pos_app.store import consents, orders, ratings
from pos_app.wire.snapshots import ARRIVED, CANCEL_ASKED, MOST_STARS, RATED, TEXTS_STOPPED, Action

CANCEL_DECLINED = "cancel_declined"
CANCELLABLE = (Kind.PLACED, Kind.ACCEPTED)
RATEABLE = (Kind.PICKED_UP, Kind.SERVED, Kind.DELIVERED, Kind.HANDED_TO_PARTNER)


def allowed(order: Order, facts: PageFacts) -> list[str]:
    """What the guest may do now beside saying that he is here."""
    offers = {
        CANCEL_ASKED: _may_ask_cancel(order, facts),
        RATED: _may_rate(order, facts),
        TEXTS_STOPPED: _may_stop_texts(order),
    }
    return [kind for kind, is_open in offers.items() if is_open]


def decline_cancel(act: Transaction, order_id: int) -> Order:
    """Staff cook on: the guest's wish to cancel is answered, and his page says so."""
    order = act.order(order_id)
    if order.cancel_asked_at is None or has_ended(order.kind):
        raise Refused("Nobody asks to cancel order {number}", number=order.number)
    orders.change(act.connection, order_id, cancel_asked_at=None)
    act.record(CANCEL_DECLINED, order_id, {})
    act.queue_page(order_id)
    return act.order(order_id)


def _arrive(act: Transaction, order: Order, action: Action) -> bool:
    if has_ended(order.kind) or order.arrived_at is not None:
        return False
    orders.change(act.connection, order.id, arrived_at=action.received_at)
    act.record("guest_arrived", order.id, {"action_id": action.action_id})
    return True


def _ask_cancel(act: Transaction, order: Order, action: Action) -> bool:
    if not _may_ask_cancel(order, _facts(act, order)):
        return False
    orders.change(act.connection, order.id, cancel_asked_at=action.received_at)
    act.record(CANCEL_ASKED, order.id, {"action_id": action.action_id})
    act.queue_page(order.id)
    return True


def _rate(act: Transaction, order: Order, action: Action) -> bool:
    stars, ended_at = action.value, order.times.ended_at
    if stars is None or not 1 <= stars <= MOST_STARS or ended_at is None:
        return False
    is_late = action.received_at > ended_at + PAGE_ENDED_DAYS * DAY_MS
    if is_late or not _may_rate(order, _facts(act, order)):
        return False
    ratings.add(act.connection, order.id, stars, Instant(action.received_at))
    # The rating is no column of the order; the page needs a newer revision to show it.
    orders.change(act.connection, order.id)
    act.record("guest_rated", order.id, {"action_id": action.action_id, "stars": stars})
    act.queue_page(order.id)
    return True


def _stop_texts(act: Transaction, order: Order, action: Action) -> bool:
    if not _may_stop_texts(order):
        return False
    texting.stop_all(act, order.id)
    _withdraw_consent(act, order, action)
    orders.change(act.connection, order.id, texts_stopped_at=action.received_at)
    act.record(TEXTS_STOPPED, order.id, {"action_id": action.action_id})
    act.queue_page(order.id)
    return True


def _withdraw_consent(act: Transaction, order: Order, action: Action) -> None:
    if order.people_id is None:
        return
    asked = Texts(act.setup.settings.shop.language).gettext("Not your order? Stop texts")
    answer = Consent(
        ConsentKind.ORDER_TEXTS, False, asked, Instant(action.received_at), "page", "", order.id
    )
    consents.add(act.connection, order.people_id, answer)


ACTS: dict[str, Callable[[Transaction, Order, Action], bool]] = {
    ARRIVED: _arrive,
    CANCEL_ASKED: _ask_cancel,
    RATED: _rate,
    TEXTS_STOPPED: _stop_texts,
}
"""Each applies one act; False when it came too late, or twice."""


def _may_ask_cancel(order: Order, facts: PageFacts) -> bool:
    is_answered = order.cancel_asked_at is not None or facts.cancel_declined
    return order.kind in CANCELLABLE and not is_answered


def _may_rate(order: Order, facts: PageFacts) -> bool:
    return order.kind in RATEABLE and not facts.stars


def _may_stop_texts(order: Order) -> bool:
    gets_texts = bool(order.customer.phone) and order.customer.order_texts
    return gets_texts and order.texts_stopped_at is None


def _facts(act: Transaction, order: Order) -> PageFacts:
    return of_orders(act.connection, [order])[order.id]
