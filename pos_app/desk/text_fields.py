"""What a text may say of an order: for the lane that sends it and for who tries a rule."""

from __future__ import annotations

from pos_app.automation.wording.fields import TextFields, sayable
from pos_app.automation.wording.standard import LINKED
from pos_app.clock import MINUTE_MS, local
from pos_app.desk import pages
from pos_app.desk.fact_finding import Moment
from pos_app.domain import money
from pos_app.domain.expectation import expected_at, way_ms
from pos_app.domain.order import Order

SORRY = frozenset(("late", "not_ready_yet"))
"""Texts that tell when the order comes instead of when it was promised."""


def fields(at: Moment, order: Order, about: str, language: str, template: str = "") -> TextFields:
    """The fields of the text `about` at this moment, for `template`.

    Without a link where none belongs to it: neither is the occasion one of those that have one
    nor does the template name it. `time` is the promise; who says sorry names when the order can
    be expected instead, once the promise cannot be kept any more.
    """
    settings = at.setup.settings
    shop = settings.shop
    link = ""
    if about in LINKED or "link" in template:
        link = pages.url(at.connection, at.setup, order.id, pages.PERSONAL) or ""
    until = order.promised_at
    if about in SORRY:
        until = expected_at(order, at.now, way_ms(settings.tell_guests))
    courier = next((one.name for one in at.setup.staff if one.id == order.courier_id), "")
    return TextFields(
        shop=shop.name,
        number=order.number,
        time=f"{local(until, shop.zone):%H:%M}",
        link=link,
        phone=shop.phone,
        name=sayable(order.customer.name),
        total=money.show(order.total, order.currency, language),
        courier=courier,
        minutes=str(max(0, -(-(until - at.now) // MINUTE_MS))),
    )
