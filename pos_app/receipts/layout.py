"""The guest's slip, line by line, and without a screen: pure values in, pure values out.

It is not a fiscal receipt and always says so. It carries a QR code only when a guest can open
what is behind it; otherwise the order's number and the shop's phone have to do.
"""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.domain import start_words
from pos_app.domain.order import Line, Order
from pos_app.domain.workflow import Fulfilment
from pos_app.receipts import qr, wording
from pos_app.receipts.elements import (
    Align,
    Element,
    Gap,
    Inverse,
    Layout,
    Number,
    Qr,
    Row,
    Rule,
    Text,
    Weight,
    printable_dots,
)
from pos_app.receipts.form import Form
from pos_app.receipts.wording import ShopInfo

_BODY_MM = {58: 3.2, 80: 3.6}
_NUMBER_MM = {58: 10.0, 80: 13.0}
_NOT_FISCAL_MM = 3.1
_QUESTION_MM = {58: 3.8, 80: 4.3}
_TYPED_MM = {58: 2.25, 80: 2.9}


def slip_layout(
    order: Order, shop: ShopInfo, tracking_url: str | None = None, copy: bool = False
) -> Layout:
    """The guest's slip of `order`; `tracking_url` None when no guest could open the page.

    It may open a chat with the shop's bot instead of a page. `copy` marks a reprint.
    """
    slip = _GuestSlip(order, shop)
    elements = (
        *slip.head(copy),
        *slip.about(),
        *slip.dishes(),
        *slip.sums(),
        *slip.warnings(),
        *slip.delivery(),
        *slip.contact(tracking_url),
    )
    return Layout(_title(order), shop.paper_width_mm, elements)


def _title(order: Order) -> str:
    return f"{order.number} {order.business_date}"


def short_address(url: str) -> tuple[str, str]:
    """What a person types: host in lower case with its slash, and the token behind it."""
    host, slash, path = url.partition("://")[2].partition("/")
    return host.lower() + slash, path


class _GuestSlip(Form):
    """The parts of one guest's slip."""

    def __init__(self, order: Order, shop: ShopInfo) -> None:
        super().__init__(order, shop)
        self.body_mm = _BODY_MM[shop.paper_width_mm]

    def text(self, text: str, weight: Weight = Weight.MEDIUM, scale: float = 1.0) -> Text:
        return Text(text, self.body_mm * scale, weight)

    def centered(self, text: str, weight: Weight = Weight.MEDIUM, scale: float = 1.0) -> Text:
        return Text(text, self.body_mm * scale, weight, Align.CENTER)

    def head(self, copy: bool) -> Iterator[Element]:
        yield from self.copy_mark(copy, self.body_mm * 1.15)
        if name := self.named(self.shop.names):
            yield self.centered(name, Weight.BOLD, 1.35)
            yield Gap(3)
        yield Number(self.number, _NUMBER_MM[self.shop.paper_width_mm])
        yield Gap(3)
        sentence = wording.not_fiscal(self.number, self.texts)
        yield Text(sentence, _NOT_FISCAL_MM, Weight.SEMI_BOLD, Align.CENTER)

    def about(self) -> Iterator[Element]:
        order = self.order
        yield from (Gap(1.5), Rule(), Gap(1.5))
        yield self.text(wording.occasion(order, self.shop, self.texts), Weight.BOLD, 1.25)
        parts = (*wording.where(order, self.texts), order.partner)
        person = " · ".join(clean for part in parts if (clean := self.clean(part)))
        if person:
            yield self.text(person, Weight.SEMI_BOLD)
        placed = wording.moment(order.placed_at, None, self.shop)
        yield self.text(self.texts.gettext("Placed {time}").format(time=placed))

    def dishes(self) -> Iterator[Element]:
        yield from (Gap(1.5), Rule(), Gap(1.5))
        for line in self.order.open_lines:
            yield from self._dish(line)

    def _dish(self, line: Line) -> Iterator[Element]:
        price = wording.amount(line.total, self.order, self.shop)
        name = self.named(line.names)
        yield Row(f"{line.quantity} ×", name, price, self.body_mm, Weight.SEMI_BOLD)
        details = [self.named(modifier.names) for modifier in line.modifiers]
        for detail in (*details, self.quoted(line.note)):
            if detail:
                yield Row("", detail, "", self.body_mm, indented=True)
        yield Gap(0.8)

    def sums(self) -> Iterator[Element]:
        order, shop = self.order, self.shop
        yield from (Gap(0.7), Rule(), Gap(1.5))
        for adjustment in order.adjustments:
            name = wording.adjustment_name(adjustment, self.named(adjustment.names), self.texts)
            yield Row("", name, wording.amount(adjustment.amount, order, shop), self.body_mm)
        total = wording.amount(order.total, order, shop)
        label = self.texts.gettext("Total")
        yield Row("", label, total, self.body_mm * 1.35, Weight.BOLD)
        if order.paid and order.due:
            paid = wording.amount(order.paid, order, shop)
            yield Row("", self.texts.gettext("Paid already"), paid, self.body_mm)
        yield Gap(1)
        yield self.text(wording.payment(order, shop, self.texts), Weight.EXTRA_BOLD, 1.35)

    def warnings(self) -> Iterator[Element]:
        if note := self.quoted(self.order.note):
            yield from (Gap(1.5), self.text(note))
        if allergy := self.clean(self.order.allergy):
            warning = self.texts.gettext("ALLERGY: {text}").format(text=allergy)
            yield from (Gap(2), Inverse(warning, self.body_mm * 1.25))

    def delivery(self) -> Iterator[Element]:
        address = self.order.address
        if self.order.fulfilment is not Fulfilment.DELIVERY or address is None:
            return
        yield from (Gap(1.5), Rule(), Gap(1.5))
        if street := self.clean(address.street):
            yield self.text(street, Weight.BOLD, 1.25)
        if doors := " · ".join(wording.together(door) for door in self.doors(address)):
            yield self.text(doors, Weight.SEMI_BOLD, 1.1)
        if note := self.quoted(address.note):
            yield self.text(note)
        if phone := self.clean(self.order.customer.phone):
            yield self.text(phone, Weight.SEMI_BOLD)

    def contact(self, tracking_url: str | None) -> Iterator[Element]:
        yield from (Gap(2), Rule(), Gap(2))
        if tracking_url:
            yield from self._code(tracking_url)
        else:
            yours = self.texts.gettext("Your number: {number}").format(number=self.number)
            yield self.centered(yours, Weight.BOLD, 1.25)
        if phone := self.clean(self.shop.phone):
            yield Gap(1)
            call = self.texts.gettext("Call us: {phone}").format(phone=wording.together(phone))
            yield self.centered(call, Weight.SEMI_BOLD)
        yield Gap(1)

    def _code(self, url: str) -> Iterator[Element]:
        opens_chat = start_words.is_link(url)
        question = self.texts.gettext("Where is my order? Scan")
        if opens_chat:
            question = self.texts.gettext("Follow your order in Telegram: scan")
        size_mm = _QUESTION_MM[self.shop.paper_width_mm]
        yield Text(question, size_mm, Weight.BOLD, Align.CENTER)
        if qr.fits(url, printable_dots(self.shop.paper_width_mm)):
            yield Qr(url)
        if opens_chat:
            # Capital and small letters count in it: nobody types that.
            return
        size_mm = _TYPED_MM[self.shop.paper_width_mm]
        for part in short_address(url):
            if part:
                yield Text(part, size_mm, Weight.MEDIUM, Align.CENTER, plain_code=True)
