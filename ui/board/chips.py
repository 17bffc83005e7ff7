"""The chips of a card: marks, tags, what went wrong, what has left, and the money."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind, has_ended
from ui.board.alarms import marks
from ui.order_words import money_of
from ui.rights import sees_money
from ui.words import _


class ChipTone(StrEnum):
    MARK = "mark"
    PLAIN = "plain"
    TAG = "tag"
    TO_PAY = "to_pay"
    PAID = "paid"
    FAILED = "failed"


COLOURS = {
    ChipTone.MARK: ("text", "ground"),
    ChipTone.PLAIN: ("raised", "text"),
    ChipTone.TAG: ("tag_ground", "tag_text"),
    ChipTone.TO_PAY: ("to_pay_ground", "to_pay_text"),
    ChipTone.PAID: ("paid_ground", "paid_text"),
    ChipTone.FAILED: ("failure_ground", "failure_text"),
}
"""Ground and ink of each, as names of tokens."""


@dataclass(frozen=True, slots=True)
class Chip:
    text: str
    tone: ChipTone


def chips(order: Order) -> tuple[Chip, ...]:
    """What matters most comes first, money last."""
    made = [Chip(mark, ChipTone.MARK) for mark in marks(order)]
    if order.kind is Kind.DELIVERY_FAILED:
        made.append(Chip(_("Could not deliver"), ChipTone.FAILED))
    if asks_to_cancel(order):
        made.append(Chip(_("asks to cancel"), ChipTone.MARK))
    made += [Chip(tag, ChipTone.TAG) for tag in order.tags]
    left = _handed_over(order)
    if left:
        made.append(Chip(left, ChipTone.PLAIN))
    return (*made, *_money(order))


def asks_to_cancel(order: Order) -> bool:
    """Whether the guest waits for an answer to his wish to cancel."""
    return order.cancel_asked_at is not None and not has_ended(order.kind)


def _handed_over(order: Order) -> str:
    """`handed over 2 of 3`, while something has left and something is still here."""
    lines = order.open_lines
    left = sum(line.handed_over_at is not None for line in lines)
    if not 0 < left < len(lines):
        return ""
    return _("handed over {count} of {total}").format(count=left, total=len(lines))


def _money(order: Order) -> list[Chip]:
    made = []
    given_back = order.refunded > 0
    if order.due and not given_back:
        made.append(Chip(to_pay(order), ChipTone.TO_PAY))
        change = change_from(order)
        if change:
            made.append(Chip(change, ChipTone.TO_PAY))
    elif order.total and order.refunded < order.paid:
        made.append(Chip(_("PAID"), ChipTone.PAID))
    if given_back:
        made.append(Chip(_("REFUNDED"), ChipTone.PLAIN))
    return made


def to_pay(order: Order) -> str:
    """`TO PAY 585 ₴`; without prices only that it is to pay."""
    if not sees_money():
        return _("TO PAY")
    return _("TO PAY {amount}").format(amount=money_of(order, order.due))


def change_from(order: Order) -> str:
    """`change from 1000 ₴`; empty where nobody needs change, or sees prices."""
    if not sees_money() or order.change_from is None or order.change_from <= order.due:
        return ""
    return _("change from {amount}").format(amount=money_of(order, order.change_from))
