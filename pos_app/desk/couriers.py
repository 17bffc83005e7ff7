"""Couriers: who takes what, who left and came back, and the cash that each has to hand in."""

from __future__ import annotations

from typing import Any

from pos_app.clock import business_date
from pos_app.desk import ending, entries, handing_over, paying, slips
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.domain.staff import Role, StaffMember
from pos_app.domain.workflow import Kind, has_ended
from pos_app.errors import BadInput, Refused
from pos_app.store import orders, payments

ASSIGNED = "courier_assigned"
RELEASED = "courier_released"
HANDED_IN = "money_handed_in"
HAND_INS = "hand_ins"
"""What other screens are told has changed when money was handed in."""


def assign(act: Transaction, order_ids: list[int], courier_id: str) -> None:
    """These deliveries are his, whatever stage they are in. Raises Refused naming the number."""
    courier = known(act, courier_id)
    for order in _chosen(act, order_ids):
        _give(act, order, courier)


def known(act: Transaction, courier_id: str) -> StaffMember:
    """The courier with this id. Raises BadInput for anybody else."""
    for member in act.setup.staff:
        if member.id == courier_id and member.role is Role.COURIER and not member.hidden:
            return member
    raise BadInput("courier_id", "There is no such courier")


def _chosen(act: Transaction, order_ids: list[int]) -> list[Order]:
    if not order_ids:
        raise BadInput("order_ids", "Choose at least one order")
    return [act.order(order_id) for order_id in dict.fromkeys(order_ids)]


def _give(act: Transaction, order: Order, courier: StaffMember) -> None:
    if not handing_over.pays_at_the_door(order):
        raise Refused("Order {number} is no delivery of ours", number=order.number)
    if has_ended(order.kind):
        raise Refused("Order {number} has ended already", number=order.number)
    if order.kind is Kind.DELIVERY_FAILED:
        raise Refused(
            "The delivery of order {number} failed", hint="Try it again first.", number=order.number
        )
    if order.courier_id == courier.id:
        return
    is_out = order.kind is Kind.OUT_FOR_DELIVERY
    if order.courier_id:
        slips.let_go(act, order.id)
    act.record(ASSIGNED, order.id, {"courier_id": courier.id, "was": order.courier_id})
    leg = "en_route" if is_out else "assigned"
    if not order.courier_id and order.courier_leg != entries.NO_LEG:
        # His phone has said where he is before anybody said who he is.
        leg = order.courier_leg
    orders.change(act.connection, order.id, courier_id=courier.id, courier_leg=leg)


def release(act: Transaction, order_id: int) -> None:
    """Nobody has this delivery any more. Raises Refused once it has ended."""
    order = act.order(order_id)
    if has_ended(order.kind):
        raise Refused("Order {number} has ended already", number=order.number)
    act.record(RELEASED, order_id, {"courier_id": order.courier_id})
    slips.let_go(act, order_id)
    orders.change(act.connection, order_id, courier_id="", courier_leg=entries.NO_LEG)
    act.queue_page(order_id)


def leave(act: Transaction, courier_id: str, order_ids: list[int]) -> None:
    """He leaves with these. Raises Refused naming those that are not ready; then none leaves."""
    courier = known(act, courier_id)
    chosen = _chosen(act, order_ids)
    waiting = [order.number for order in chosen if order.kind is not Kind.READY]
    if waiting:
        raise Refused(
            "Not ready to leave: {numbers}",
            "Nothing has been handed over.",
            numbers=", ".join(waiting),
        )
    for order in chosen:
        _give(act, order, courier)
        handing_over.hand_over(act, order.id)


def come_back(
    act: Transaction, courier_id: str, delivered_ids: list[int], failed_ids: list[int]
) -> None:
    """He is back: what he delivered, and what not. What he has marked himself stays as it is."""
    courier = known(act, courier_id)
    if set(delivered_ids) & set(failed_ids):
        raise BadInput("failed_ids", "An order cannot be both delivered and failed")
    for order in _chosen(act, [*delivered_ids, *failed_ids]):
        to = Kind.DELIVERED if order.id in delivered_ids else Kind.DELIVERY_FAILED
        if order.courier_id != courier.id:
            raise Refused(
                "{courier} does not have order {number}",
                courier=courier.name,
                number=order.number,
            )
        if order.kind is not to:
            _back(act, order, to)


def _back(act: Transaction, order: Order, to: Kind) -> None:
    back: dict[str, Any] = {"courier_leg": "returned"} if to is Kind.DELIVERY_FAILED else {}
    after, seq = ending.end(act, order.id, to, **back)
    if to is Kind.DELIVERED:
        take_money(act, after, seq)


def take_money(act: Transaction, order: Order, cause_id: int) -> None:
    """What was due at the door counts as taken, in cash unless it was to be a card."""
    if not order.due or order.payment_type == "online" or paying.is_given_back(order):
        return
    payment_type = order.payment_type or "cash"
    paying.settle(act, order, payment_type, cause_id=cause_id, courier_id=order.courier_id)


def hand_in(act: Transaction, courier_id: str, amount: int) -> None:
    """He hands in cash. Raises BadInput for nothing, Refused for more than he has."""
    if amount <= 0:
        raise BadInput("amount", "Say how much is handed in")
    owed = payments.to_hand_in(act.connection).get(courier_id, 0)
    if amount > owed:
        raise Refused("That is more than there is to hand in")
    shop = act.setup.settings.shop
    payments.hand_in(
        act.connection,
        courier_id=courier_id,
        business_date=business_date(act.now, shop.zone, shop.cutover_hour).isoformat(),
        amount=amount,
        now=act.now,
        staff_id=act.staff_id,
    )
    said = {"courier_id": courier_id, "amount": amount, "keys": [HAND_INS]}
    act.record(HANDED_IN, None, said)
