"""The words of one text, from the order as it is when the text leaves."""

from __future__ import annotations

from pos_app.automation.texts import TextFields, render
from pos_app.clock import local
from pos_app.desk import pages
from pos_app.desk.transaction import Transaction
from pos_app.store.messages import Message

# A guest who stands at the counter needs no link; without one the text is one part shorter.
_WITH_LINK = ("accepted", "on_the_way", "not_ready_yet")


def fields(act: Transaction, message: Message) -> TextFields:
    """What the text may say, read in the claim's transaction."""
    shop = act.setup.settings.shop
    order = act.order(message.order_id)
    link = ""
    if message.about in _WITH_LINK:
        link = pages.url(act.connection, act.setup, order.id, pages.PERSONAL) or ""
    return TextFields(
        shop=shop.name,
        number=order.number,
        time=f"{local(order.promised_at, shop.zone):%H:%M}",
        link=link,
        phone=shop.phone,
    )


def text(message: Message, said: TextFields) -> str:
    """The text itself, made with no transaction open."""
    return render(message.about, message.language, said)
