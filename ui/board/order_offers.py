"""Which acts the details offer for an order as it stands: the usual ones first."""

from __future__ import annotations

from enum import StrEnum

from pos_app.desk.handing_over import pays_at_the_door
from pos_app.desk.undoing import BACK
from pos_app.domain.board import is_held
from pos_app.domain.order import Order
from pos_app.domain.workflow import KITCHEN_KINDS, PHASES, Fulfilment, Kind, Phase, may_cancel
from ui.board.chips import asks_to_cancel
from ui.board.wording import column_title
from ui.rights import sees_money
from ui.words import _

USUAL_PLACES = 5


class Offer(StrEnum):
    """One act; its value is its button's object name."""

    CANCEL_ASKED = "cancel_asked"
    COOKING_ON = "cooking_on"
    FIRST = "first"
    MINUTES = "minutes"
    HOLD = "hold"
    ASK = "ask"
    AGAIN = "again"
    PAY_CASH = "pay_cash"
    PAY_CARD = "pay_card"
    BACK = "details_bring_back"
    PART = "part"
    NOT_COLLECTED = "not_collected"
    TO_PARTNER = "to_partner"
    FAILED = "delivery_failed"
    RETURNED = "returned"
    ADD = "add"
    VOID = "void"
    ALLERGY = "allergy"
    SOLD_OUT = "sold_out"
    REFUND = "refund"
    REPRINT = "reprint"
    CANCEL = "cancel"


def offers(order: Order) -> list[Offer]:
    """All that can be done now, the usual first."""
    return [*_answers(order), *_of_stage(order), *_money(order), *_rest(order)]


def _answers(order: Order) -> list[Offer]:
    return [Offer.CANCEL_ASKED, Offer.COOKING_ON] if asks_to_cancel(order) else []


def _of_stage(order: Order) -> list[Offer]:
    phase = PHASES[order.kind]
    if phase in (Phase.NEW, Phase.IN_KITCHEN):
        return [Offer.FIRST, Offer.MINUTES, Offer.HOLD, Offer.ASK, Offer.AGAIN]
    made = [Offer.BACK] if order.kind in BACK else []
    if order.kind is Kind.READY:
        if order.partner:
            made.append(Offer.TO_PARTNER)
        if not pays_at_the_door(order):
            made.append(Offer.NOT_COLLECTED)
        made.append(Offer.AGAIN)
    elif order.kind is Kind.OUT_FOR_DELIVERY:
        made += [Offer.FAILED, Offer.RETURNED]
    elif order.kind is Kind.DELIVERY_FAILED:
        made.append(Offer.RETURNED)
    return made


def _money(order: Order) -> list[Offer]:
    if not sees_money() or order.kind is Kind.CANCELLED or not order.due or order.refunded:
        return []
    return [Offer.PAY_CASH, Offer.PAY_CARD]


def _rest(order: Order) -> list[Offer]:
    made = []
    if order.kind in KITCHEN_KINDS:
        made += [Offer.ADD, Offer.ALLERGY, Offer.SOLD_OUT]
        if len(order.open_lines) > 1:
            made += [Offer.PART, Offer.VOID]
    if PHASES[order.kind] is Phase.IN_KITCHEN:
        made.append(Offer.BACK)
    if order.kind is Kind.READY:
        made += [Offer.MINUTES, Offer.ASK]
    if sees_money() and order.paid > order.refunded:
        made.append(Offer.REFUND)
    made.append(Offer.REPRINT)
    if may_cancel(order.kind):
        made.append(Offer.CANCEL)
    return made


def offer_words(offer: Offer, order: Order) -> str:
    if offer is Offer.FIRST:
        return _("Not first") if order.rush else _("First")
    if offer is Offer.HOLD:
        return _("Fire") if is_held(order) else _("Hold")
    if offer is Offer.BACK:
        return _("Back to {status}").format(status=column_title(PHASES[BACK[order.kind]]))
    if offer is Offer.NOT_COLLECTED and order.fulfilment is Fulfilment.DINE_IN:
        return _("Left without it")
    return {
        Offer.CANCEL_ASKED: _("Cancel it"),
        Offer.COOKING_ON: _("Already cooking"),
        Offer.MINUTES: _("+5 min"),
        Offer.ASK: _("Ask counter"),
        Offer.AGAIN: _("Make again"),
        Offer.PAY_CASH: _("Paid in cash"),
        Offer.PAY_CARD: _("Paid by card"),
        Offer.PART: _("Hand over a part"),
        Offer.NOT_COLLECTED: _("Not collected"),
        Offer.TO_PARTNER: _("Handed to partner"),
        Offer.FAILED: _("Delivery failed"),
        Offer.RETURNED: _("Returned"),
        Offer.ADD: _("Add a dish"),
        Offer.VOID: _("Take a dish off"),
        Offer.ALLERGY: _("Allergy"),
        Offer.SOLD_OUT: _("Sold out"),
        Offer.REFUND: _("Refund"),
        Offer.REPRINT: _("Print again"),
        Offer.CANCEL: _("Cancel order…"),
    }[offer]
