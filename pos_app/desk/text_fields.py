"""What a text may say of an order: for the lane that sends it and for who tries a rule."""

from __future__ import annotations

from pos_app.automation.wording.fields import TextFields, sayable
from pos_app.automation.wording.standard import LINKED
from pos_app.clock import MINUTE_MS, local
from pos_app.desk import pages
from pos_app.desk.fact_finding import Moment
from pos_app.domain import money
from pos_app.domain.order import Order


def fields(at: Moment, order: Order, about: str, language: str) -> TextFields:
    """The fields of the text `about` at this moment; without a link where none belongs to it."""
    shop = at.setup.settings.shop
    link = ""
    if about in LINKED:
        link = pages.url(at.connection, at.setup, order.id, pages.PERSONAL) or ""
    courier = next((one.name for one in at.setup.staff if one.id == order.courier_id), "")
    return TextFields(
        shop=shop.name,
        number=order.number,
        time=f"{local(order.promised_at, shop.zone):%H:%M}",
        link=link,
        phone=shop.phone,
        name=sayable(order.customer.name),
        total=money.show(order.total, order.currency, language),
        courier=courier,
        minutes=str(max(0, -(-(order.promised_at - at.now) // MINUTE_MS))),
    )
