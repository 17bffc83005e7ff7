"""Recording that money was received. Cards are processed elsewhere; no card data comes here."""

from __future__ import annotations

from pos_app.desk.placing import PAYMENT_TYPES, record_payment
from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from pos_app.errors import BadInput, Refused
from pos_app.store import orders


def pay(act: Transaction, order_id: int, payment_type: str) -> Order:
    """Record that what is due was paid by `payment_type`. Paying twice is refused."""
    if payment_type not in PAYMENT_TYPES:
        raise BadInput(
            "type",
            "“{payment}” is no way to pay here",
            hint="{known}",
            payment=payment_type,
            known=", ".join(PAYMENT_TYPES),
        )
    order = act.order(order_id)
    if order.kind is Kind.CANCELLED:
        raise Refused("Order {number} is cancelled", number=order.number)
    if not order.due:
        raise Refused("Order {number} is paid already", number=order.number)
    record_payment(act, order_id, payment_type, order.due)
    act.record("payment_recorded", order_id, {"type": payment_type, "amount": order.due})
    orders.change(act.connection, order_id, paid=order.paid + order.due, payment_type=payment_type)
    return act.order(order_id)
