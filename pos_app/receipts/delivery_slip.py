"""The courier's slip: where to, whom to call, how much to collect, and the code for his phone.

It rides on the bag, so it is laid out to be read under a street lamp.
"""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.domain.order import Order
from pos_app.receipts import qr, wording
from pos_app.receipts.elements import (
    Align,
    Element,
    Gap,
    Inverse,
    Layout,
    Qr,
    Row,
    Rule,
    Text,
    Weight,
    printable_dots,
)
from pos_app.receipts.form import Form
from pos_app.receipts.wording import ShopInfo

_BODY_MM = {58: 3.6, 80: 4.0}
_STREET_MM = {58: 4.8, 80: 5.8}
_NOT_FISCAL_MM = 3.1


def delivery_layout(
    order: Order, shop: ShopInfo, courier_url: str | None = None, copy: bool = False
) -> Layout:
    """The courier's slip of `order`; `courier_url` None when no page can be opened with it."""
    slip = _DeliverySlip(order, shop)
    elements = (
        *slip.head(copy),
        *slip.money(),
        *slip.address(),
        *slip.bag(),
        *slip.code(courier_url),
        *slip.foot(),
    )
    return Layout(f"{order.number} {order.business_date}", shop.paper_width_mm, elements)


class _DeliverySlip(Form):
    def __init__(self, order: Order, shop: ShopInfo) -> None:
        super().__init__(order, shop)
        self.body_mm = _BODY_MM[shop.paper_width_mm]

    def head(self, copy: bool) -> Iterator[Element]:
        yield from self.copy_mark(copy)
        yield from self.cancelled()
        yield from self.big_number()
        words = wording.occasion(self.order, self.shop, self.texts)
        yield Text(words, self.body_mm * 1.25, Weight.BOLD)
        if partner := self.clean(self.order.partner):
            yield Text(partner, self.body_mm * 1.25, Weight.BOLD)

    def money(self) -> Iterator[Element]:
        first, *rest = wording.payment_parts(self.order, self.shop, self.texts)
        size_mm = _STREET_MM[self.shop.paper_width_mm]
        yield Gap(1.5)
        if self.order.due and not self.is_cancelled:
            yield Inverse(first, size_mm)
        else:
            yield Text(first, size_mm, Weight.EXTRA_BOLD)
        for part in rest:
            yield Text(part, size_mm, Weight.BOLD)

    def address(self) -> Iterator[Element]:
        order, address = self.order, self.order.address
        yield from (Gap(1.5), Rule(0.5), Gap(1.5))
        if address is not None:
            street_mm = _STREET_MM[self.shop.paper_width_mm]
            if street := self.clean(address.street):
                yield Text(street, street_mm, Weight.BOLD)
            if doors := " · ".join(wording.together(door) for door in self.doors(address)):
                yield Text(doors, self.body_mm * 1.25, Weight.BOLD)
            if note := self.quoted(address.note):
                yield Text(note, self.body_mm, Weight.SEMI_BOLD)
        if name := self.clean(order.customer.name):
            yield from (Gap(1), Text(name, self.body_mm * 1.25, Weight.SEMI_BOLD))
        if phone := self.clean(order.customer.phone):
            yield Text(wording.together(phone), self.body_mm * 1.4, Weight.BOLD)
        if note := self.quoted(order.note):
            yield from (Gap(1), Text(note, self.body_mm, Weight.SEMI_BOLD))
        yield from self.allergy()

    def bag(self) -> Iterator[Element]:
        yield from (Gap(1.5), Rule(), Gap(1.5))
        for line in self.order.open_lines:
            name = self.kitchen_line(line)
            yield Row(str(line.quantity), name, "", self.body_mm, Weight.SEMI_BOLD)

    def code(self, courier_url: str | None) -> Iterator[Element]:
        if courier_url and qr.fits(courier_url, printable_dots(self.shop.paper_width_mm)):
            yield from (Gap(2), Rule(), Gap(2))
            ask = self.texts.gettext("Courier: scan")
            yield Text(ask, self.body_mm * 1.1, Weight.BOLD, Align.CENTER)
            yield Qr(courier_url)

    def foot(self) -> Iterator[Element]:
        yield from (Gap(1.5), Rule(), Gap(1.5))
        if shop := self.named(self.shop.names):
            yield Text(shop, self.body_mm, Weight.SEMI_BOLD, Align.CENTER)
        if phone := self.clean(self.shop.phone):
            yield Text(wording.together(phone), self.body_mm, Weight.SEMI_BOLD, Align.CENTER)
        sentence = wording.not_fiscal(self.number, self.texts)
        yield from (Gap(1), Text(sentence, _NOT_FISCAL_MM, Weight.SEMI_BOLD, Align.CENTER), Gap(1))
