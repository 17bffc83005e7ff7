"""The words of one text, from the order as it is when the text leaves."""

from __future__ import annotations

from pos_app.automation.texts import TextFields, render
from pos_app.automation.wording.fields import sayable
from pos_app.automation.wording.standard import LINKED
from pos_app.clock import MINUTE_MS, local
from pos_app.desk import pages
from pos_app.desk.transaction import Transaction
from pos_app.domain import money
from pos_app.store.messages import Message


def fields(act: Transaction, message: Message) -> TextFields:
    """What the text may say, read in the claim's transaction."""
    shop = act.setup.settings.shop
    order = act.order(message.order_id)
    link = ""
    if message.about in LINKED:
        link = pages.url(act.connection, act.setup, order.id, pages.PERSONAL) or ""
    courier = next((one.name for one in act.setup.staff if one.id == order.courier_id), "")
    return TextFields(
        shop=shop.name,
        number=order.number,
        time=f"{local(order.promised_at, shop.zone):%H:%M}",
        link=link,
        phone=shop.phone,
        name=sayable(order.customer.name),
        total=money.show(order.total, order.currency, message.language),
        courier=courier,
        minutes=str(max(0, -(-(order.promised_at - act.now) // MINUTE_MS))),
    )


def text(message: Message, said: TextFields) -> str:
    """The text itself, made with no transaction open. Raises LookupError when it says nothing."""
    words = render(message.about, message.language, said)
    if not words:
        raise LookupError(message.about)
    return words
