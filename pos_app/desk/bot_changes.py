"""What follows when the shop's bot comes, changes or goes: words and pages."""

from __future__ import annotations

from pos_app.desk import chats
from pos_app.desk.chats import TELEGRAM
from pos_app.desk.transaction import Transaction
from pos_app.store import opt_in_words, orders


def follow(act: Transaction) -> None:
    """Open orders get words, their pages the link; without a bot the pages lose it."""
    if act.setup.bot:
        for order_id in opt_in_words.open_orders_without(act.connection, TELEGRAM):
            chats.mint(act, order_id, act.order(order_id).uid)
    open_ids = orders.open_ids(act.connection)
    for order_id in opt_in_words.with_unused(act.connection, open_ids, TELEGRAM):
        chats.tell_page(act, order_id)
