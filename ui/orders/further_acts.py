"""What the counter can still do with an order that was found again, beyond its usual way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pos_app.desk.desk import Desk
from pos_app.desk.handing_over import UNPAID, is_answered, pays_at_the_door
from pos_app.domain.order import Order
from pos_app.domain.workflow import Fulfilment, Kind, has_ended
from ui.courier_words import REASONS, reason_word
from ui.order_words import money_of
from ui.rights import sees_money
from ui.words import _

FIVE_MINUTES = 5


@dataclass(frozen=True, slots=True)
class FurtherAct:
    """`work` gets one of `ways` (code, words) after `question`; an empty code where there is none.

    `name` is its button's object name.
    """

    name: str
    text: str
    work: Callable[[Desk, str], object]
    question: str = ""
    ways: tuple[tuple[str, str], ...] = ()


def further_acts(order: Order) -> list[FurtherAct]:
    """In the order in which they are offered; nothing that the desk would refuse."""
    return [*_handing_over(order), *_other_ends(order), *_later(order), *_refund(order)]


def _handing_over(order: Order) -> list[FurtherAct]:
    if order.kind is not Kind.READY:
        return []
    asked = bool(order.due) and not is_answered(order)
    if asked and not sees_money():
        return []

    def hand_over(desk: Desk, way: str) -> object:
        return desk.handover.hand_over(order.id, order.entry, way or None)

    text = {
        Fulfilment.PICKUP: _("Given out"),
        Fulfilment.DINE_IN: _("Served"),
        Fulfilment.DELIVERY: _("To courier"),
    }[order.fulfilment]
    if order.partner:
        text = _("To rider")
    ways = (*_ways(), (UNPAID, _("Leave unpaid"))) if asked else ()
    question = _("TO PAY {amount}").format(amount=money_of(order, order.due)) if asked else ""
    return [FurtherAct("act:hand_over", text, hand_over, question, ways)]


def _other_ends(order: Order) -> list[FurtherAct]:
    def end(kind: Kind, desk: Desk, reason: str) -> object:
        return desk.handover.end(order.id, kind, reason)

    not_collected = FurtherAct(
        "act:not_collected", _("Not collected"), partial(end, Kind.NOT_COLLECTED)
    )
    returned = FurtherAct("act:returned", _("Returned"), partial(end, Kind.RETURNED))
    if order.kind is Kind.READY:
        return [] if pays_at_the_door(order) else [not_collected]
    if order.kind is Kind.OUT_FOR_DELIVERY:
        failed = FurtherAct(
            "act:failed",
            _("Delivery failed"),
            partial(end, Kind.DELIVERY_FAILED),
            _("Why was it not delivered?"),
            tuple((code, reason_word(code)) for code in REASONS),
        )
        delivered = FurtherAct("act:delivered", _("Delivered"), partial(end, Kind.DELIVERED))
        return [delivered, failed, returned]
    if order.kind is Kind.DELIVERY_FAILED:
        again = FurtherAct(
            "act:try_again", _("Try again"), lambda desk, _way: desk.handover.try_again(order.id)
        )
        return [again, returned]
    return []


def _later(order: Order) -> list[FurtherAct]:
    if has_ended(order.kind):
        return []

    def give_minutes(desk: Desk, _way: str) -> object:
        return desk.kitchen.give_minutes(order.id, FIVE_MINUTES)

    return [FurtherAct("act:minutes", _("+5 min"), give_minutes)]


def _refund(order: Order) -> list[FurtherAct]:
    left = order.paid - order.refunded
    if left <= 0 or not sees_money():
        return []
    question = _("Give {amount} back").format(amount=money_of(order, left))
    return [
        FurtherAct(
            "act:refund",
            _("Refund…"),
            lambda desk, way: desk.handover.refund(order.id, way),
            question,
            _ways(),
        )
    ]


def _ways() -> tuple[tuple[str, str], ...]:
    return (("cash", _("Cash")), ("card", _("Card")))
