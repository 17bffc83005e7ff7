"""What couriers tapped on their slips' pages: applied when it may be, kept as evidence when not.

The site has checked who had the delivery; the till checks again, because it may have been taken
from that phone a moment ago. Nothing that came too late changes an order: the counter is asked.
"""

from __future__ import annotations

from pos_app.clock import HOUR_MS, Instant, local
from pos_app.desk import courier_legs, couriers, street, texting
from pos_app.desk.lines import MAX_TEXT
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.domain.staff import Role
from pos_app.domain.workflow import Kind, has_ended
from pos_app.language import Texts
from pos_app.store import courier_acts, orders
from pos_app.wire.drops import COURIER, DELIVERED, FAILED, PICKED_UP, TOOK, TOOK_BACK, UNPAID
from pos_app.wire.snapshots import Action, CourierAct

EVENT = "courier_act"
LATE, IGNORED, APPLIED = "late", street.IGNORED, street.APPLIED
KNOWN_PHONE_MS = 30 * HOUR_MS
"""As long as a phone keeps its cookie it is taken for the same courier's."""

FACTS = {
    PICKED_UP: Kind.OUT_FOR_DELIVERY,
    DELIVERED: Kind.DELIVERED,
    FAILED: Kind.DELIVERY_FAILED,
}


def is_one(action: Action) -> bool:
    """Whether `action` is a courier's, of a kind that is known here."""
    kind = action.kind.removeprefix(COURIER)
    known = kind in FACTS or kind in courier_legs.EVENTS or kind in (TOOK, TOOK_BACK)
    return action.kind.startswith(COURIER) and known and action.courier is not None


def apply(act: Transaction, order: Order, action: Action) -> str:
    """Apply one act and remember it: `applied`, `ignored`, `late`, `too_late` or `conflict`."""
    said = action.courier
    if said is None:
        return IGNORED
    kind = action.kind.removeprefix(COURIER)
    outcome = _outcome(act, order, kind, said)
    courier_acts.add(
        act.connection,
        courier_acts.CourierActRow(
            action_id=action.action_id,
            order_id=order.id,
            kind=action.kind,
            device=said.device,
            occurred_at=Instant(said.occurred_at),
            received_at=Instant(action.received_at),
            outcome=outcome,
        ),
    )
    act.record(
        EVENT,
        order.id,
        {
            "act": kind,
            "outcome": outcome,
            "device": said.device,
            "occurred_at": said.occurred_at,
            "reason": said.reason,
        },
    )
    return outcome


def _outcome(act: Transaction, order: Order, kind: str, said: CourierAct) -> str:
    is_present = said.generation == courier_acts.generations(act.connection, [order.id])[order.id]
    if kind == TOOK:
        return _took(act, order, said) if is_present else IGNORED
    if said.late or not is_present:
        _ask_about_late(act, order, kind, said)
        return LATE
    occurred_at = Instant(said.occurred_at)
    if kind == TOOK_BACK:
        return _take_back(act, order, said)
    if kind in courier_legs.EVENTS:
        return courier_legs.tell(act, order, kind, occurred_at, device=said.device)
    nobody_known = not order.courier_id and kind == DELIVERED and order.due > 0
    outcome = street.apply(
        act,
        order,
        FACTS[kind],
        occurred_at,
        device=said.device,
        reason=said.reason if kind == FAILED else "",
        unpaid=nobody_known or said.reason == UNPAID,
    )
    if outcome == APPLIED and nobody_known and said.reason != UNPAID:
        _ask(act, order, _who_has_the_money(act))
    return outcome


def _take_back(act: Transaction, order: Order, said: CourierAct) -> str:
    occurred_at = Instant(said.occurred_at)
    if said.of in courier_legs.EVENTS:
        return courier_legs.take_back(act, order, said.of, occurred_at)
    fact = FACTS.get(said.of)
    if fact is None:
        return IGNORED
    return street.take_back(act, order, fact, occurred_at, device=said.device)


def _took(act: Transaction, order: Order, said: CourierAct) -> str:
    """The phone's courier has the delivery now, when we know whose phone it is."""
    if has_ended(order.kind):
        return IGNORED
    since = Instant(act.now - KNOWN_PHONE_MS)
    courier_id = (
        "" if order.courier_id else courier_acts.courier_of(act.connection, said.device, since)
    )
    is_here = any(
        member.id == courier_id and member.role is Role.COURIER and not member.hidden
        for member in act.setup.staff
    )
    if is_here and order.kind is not Kind.DELIVERY_FAILED:
        couriers.assign(act, [order.id], courier_id)
    return APPLIED


def _ask_about_late(act: Transaction, order: Order, kind: str, said: CourierAct) -> None:
    """Ask the counter, unless the order stands as the phone says, or it hardly matters."""
    if kind in courier_legs.EVENTS or said.of in courier_legs.EVENTS:
        is_news = False
    elif kind == TOOK_BACK:
        is_news = has_ended(order.kind)
    else:
        is_news = kind != PICKED_UP and order.kind is not FACTS[kind]
    if not is_news:
        return
    shop = act.setup.settings.shop
    texts = Texts(shop.language)
    claim = {
        DELIVERED: texts.gettext("A courier’s phone says late: delivered at {time}. What is true?"),
        FAILED: texts.gettext("A courier’s phone says late: not delivered, {time}. What is true?"),
        TOOK_BACK: texts.gettext("A courier’s phone took back late, {time}. What is true?"),
    }[kind]
    at = local(Instant(said.occurred_at), shop.zone)
    _ask(act, order, claim.format(time=f"{at:%H:%M}"))


def _who_has_the_money(act: Transaction) -> str:
    texts = Texts(act.setup.settings.shop.language)
    return texts.gettext("Delivered, but no courier is named here. Who brings the money?")


def _ask(act: Transaction, order: Order, question: str) -> None:
    """Put a question at the counter, behind one that is open already."""
    now = act.order(order.id)
    asked = f"{now.question} {question}".strip()
    if len(asked) > MAX_TEXT or question in now.question:
        asked = now.question
    orders.change(act.connection, order.id, question=asked, asked_at=now.asked_at or act.now)
    texting.pause(act, order.id)
