"""Recording money: received, given back, or taken back with the act that it came with.

Cards are processed elsewhere; no card data comes here. `paid` is all that came in, `refunded`
all that went back; a payment that was undone is a second row of the same type below zero.
"""

from __future__ import annotations

from typing import Any

from pos_app.desk import texting
from pos_app.desk.placing import PAYMENT_TYPES, record_payment
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from pos_app.errors import BadInput, Refused
from pos_app.store import journal, orders
from pos_app.store.payments import REFUND

PAID = "payment_recorded"
PAID_UNDONE = "payment_undone"
REFUNDED = "refunded"


def pay(act: Transaction, order_id: int, payment_type: str) -> Order:
    """Record that what is due was paid by `payment_type`. Paying twice is refused."""
    check_type(payment_type)
    order = act.order(order_id)
    if order.kind is Kind.CANCELLED:
        raise Refused("Order {number} is cancelled", number=order.number)
    if is_given_back(order):
        raise Refused("The money for order {number} was given back", number=order.number)
    if not order.due:
        raise Refused("Order {number} is paid already", number=order.number)
    settle(act, order, payment_type)
    return act.order(order_id)


def check_type(payment_type: str) -> None:
    """Raises BadInput naming `type` for no way to pay here."""
    if payment_type not in PAYMENT_TYPES:
        raise BadInput(
            "type",
            "“{payment}” is no way to pay here",
            hint="{known}",
            payment=payment_type,
            known=", ".join(PAYMENT_TYPES),
        )


def is_given_back(order: Order) -> bool:
    """Whether all that was paid went back: such an order owes nothing any more."""
    return order.refunded > 0 and order.refunded >= order.paid


def settle(
    act: Transaction,
    order: Order,
    payment_type: str,
    *,
    cause_id: int | None = None,
    courier_id: str = "",
) -> None:
    """Record that what is due came in; `courier_id` took it at the door.

    `cause_id` is the act that it came with: whoever undoes that takes the money back too.
    """
    record_payment(act, order.id, payment_type, order.due, courier_id)
    payload: dict[str, Any] = {
        "type": payment_type,
        "amount": order.due,
        "was": order.payment_type,
    }
    if courier_id:
        payload["courier_id"] = courier_id
    act.record(PAID, order.id, payload, cause_id)
    orders.change(act.connection, order.id, paid=order.paid + order.due, payment_type=payment_type)


def take_back(act: Transaction, order: Order, cause_id: int) -> None:
    """The act `cause_id` was not true, so the money that came with it did not come."""
    paid, payment_type = order.paid, order.payment_type
    for event in journal.caused_by(act.connection, order.id, cause_id):
        # Money that was given back since has its own record, and that one stands.
        if event.kind != PAID or order.refunded:
            continue
        said = event.payload
        record_payment(act, order.id, said["type"], -said["amount"], said.get("courier_id", ""))
        act.record(
            PAID_UNDONE, order.id, {"type": said["type"], "amount": said["amount"]}, event.seq
        )
        paid, payment_type = paid - said["amount"], said["was"]
        orders.change(act.connection, order.id, paid=paid, payment_type=payment_type)


def refund(act: Transaction, order_id: int, payment_type: str, amount: int | None = None) -> Order:
    """Give money back: `amount` in minor units, all that is left of it when None.

    Raises BadInput naming the field, Refused when more would go back than came in.
    """
    check_type(payment_type)
    order = act.order(order_id)
    left = order.paid - order.refunded
    given = left if amount is None else amount
    if amount is not None and amount <= 0:
        raise BadInput("amount", "Say how much is given back")
    if left <= 0:
        raise Refused("Order {number} has nothing to give back", number=order.number)
    if given > left:
        raise Refused(
            "More cannot be given back than was paid for order {number}", number=order.number
        )
    record_payment(act, order_id, f"{REFUND}{payment_type}", -given)
    texting.withdraw_all(act, order_id, "refunded")
    act.record(REFUNDED, order_id, {"type": payment_type, "amount": given})
    orders.change(act.connection, order_id, refunded=order.refunded + given)
    return act.order(order_id)
