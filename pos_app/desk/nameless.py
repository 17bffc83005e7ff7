"""Guests of whom nobody knows more than where they are reached: a browser, a chat.

Each gets a row like any other guest, which is forgotten like any other.
"""

from __future__ import annotations

from pos_app.desk.transaction import Transaction
from pos_app.domain.order import Order
from pos_app.language import LANGUAGES
from pos_app.store import messages, orders, people


def guest_of(act: Transaction, order: Order, language: str) -> int:
    """The order's guest, or a new one for an order that was nobody's.

    Whom nobody asked for his name nobody asked for his language either: he gets that of his
    phone, where we speak it.
    """
    if order.people_id is not None:
        return order.people_id
    spoken = language if language in LANGUAGES else order.customer.language
    person = people.add_nameless(act.connection, spoken, act.now)
    orders.change(act.connection, order.id, people_id=person, language=spoken)
    act.fresh.pop(order.id, None)
    messages.belong_to(act.connection, order.id, person)
    return person
