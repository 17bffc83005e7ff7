"""The order's slip as a PDF that goes along with the first letter about it, if the shop wants so.

Painted on the lane's thread. Where nothing can paint (a program installed without Qt) the letter
goes without, and the order's history says so: a receipt holds up no news.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from pos_app import receipts
from pos_app.channels.letters import Attachment
from pos_app.channels.protocol import OutgoingText
from pos_app.desk import pages
from pos_app.lanes.delivery import record
from pos_app.lanes.forms import shop_info
from pos_app.lanes.shop import OpenShop
from pos_app.language import Texts
from pos_app.store import messages, orders
from pos_app.store.database import Connection
from pos_app.store.messages import Message

_log = logging.getLogger(__name__)
WITH_RECEIPT = frozenset(("accepted", "premium"))
"""Texts that say that the order has been taken."""
LEFT_OUT = "receipt_left_out"
_WIDTH_MM = 80
_LEFT = ("sent", "delivered", "uncertain")


class LetterReceipts:
    """Gives the attachment of a letter; None where none belongs to it or none can be painted."""

    def __init__(self, shop: OpenShop) -> None:
        self._shop = shop

    def __call__(self, leaving: OutgoingText) -> Attachment | None:
        if leaving.about not in WITH_RECEIPT:
            return None
        with self._shop.database.read() as connection:
            message = messages.under_way(connection, leaving.uid)
            if message is None or _has_gone_along(connection, message):
                return None
            found = self._layout(connection, message)
        if found is None:
            return None
        number, layout = found
        name = Texts(leaving.language).gettext("Order {number}").format(number=number)
        try:
            return Attachment(f"{name}.pdf", receipts.to_pdf(layout))
        except (ImportError, RuntimeError) as error:
            self._leave_out(message, type(error).__name__)
            return None

    def _layout(
        self, connection: Connection, message: Message
    ) -> tuple[str, receipts.Layout] | None:
        order = orders.load(connection, message.order_id)
        if order is None:
            return None
        setup = self._shop.desk.setup()
        shop = replace(shop_info(setup, _WIDTH_MM), language=message.language)
        url = pages.url(connection, setup, order.id, pages.PERSONAL)
        return order.number, receipts.slip_layout(order, shop, url)

    def _leave_out(self, message: Message, why: str) -> None:
        _log.warning("no receipt could be painted for a letter: %s", why)
        with self._shop.desk.act() as act:
            record(act, LEFT_OUT, message, why)


def _has_gone_along(connection: Connection, message: Message) -> bool:
    """Whether the guest has the receipt, or may have it, from an earlier letter."""
    return any(
        one.channel == message.channel
        and one.about in WITH_RECEIPT
        and one.id != message.id
        and one.state in _LEFT
        for one in messages.of_orders(connection, [message.order_id])[message.order_id]
    )
