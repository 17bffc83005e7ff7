"""The words with which guests open the shop's bot: one per order, made only while there is a bot.

Slip and page show the same link; whoever follows it first has the chat.
"""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.desk.setup import Setup
from pos_app.desk.transaction import Transaction
from pos_app.domain import start_words
from pos_app.domain.order import Order
from pos_app.domain.workflow import has_ended
from pos_app.store import opt_in_words, orders
from pos_app.store.database import Connection

TELEGRAM = "telegram"


def mint(act: Transaction, order_id: int, order_uid: str) -> None:
    """A word for one order, if a bot is there to be opened."""
    key = act.setup.word_key
    if key is None:
        return
    word = start_words.word_of(key, order_uid)
    opt_in_words.add(act.connection, start_words.word_hash(word), order_id, TELEGRAM, act.now)


def tell_page(act: Transaction, order_id: int) -> None:
    """The order's page shows its link, or no longer does."""
    orders.change(act.connection, order_id)
    act.fresh.pop(order_id, None)
    act.changed.add(order_id)
    act.queue_page(order_id)


def url(connection: Connection, setup: Setup, order_id: int) -> str | None:
    """What opens the chat about an order; None when none can be opened (any more)."""
    if setup.word_key is None:
        return None
    order = orders.load(connection, order_id)
    return None if order is None else urls(connection, setup, [order]).get(order_id)


def urls(connection: Connection, setup: Setup, of_orders: Iterable[Order]) -> dict[int, str]:
    """By order id, for those whose chat nobody has opened and that have not ended."""
    key = setup.word_key
    if key is None:
        return {}
    still = {order.id: order for order in of_orders if not has_ended(order.kind)}
    unused = opt_in_words.with_unused(connection, list(still), TELEGRAM) if still else set()
    return {
        order_id: start_words.link(setup.bot, start_words.word_of(key, still[order_id].uid))
        for order_id in unused
    }
