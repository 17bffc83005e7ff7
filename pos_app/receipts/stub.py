"""The stub on a bag: whose it is, how much belongs in it, whether it is paid."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.domain.order import Order
from pos_app.receipts import wording
from pos_app.receipts.elements import Element, Gap, Layout, Row, Rule, Text, Weight
from pos_app.receipts.form import Form
from pos_app.receipts.wording import ShopInfo

_LINE_MM = {58: 3.8, 80: 4.3}
_PAYMENT_MM = {58: 5.0, 80: 6.0}


def stub_layout(order: Order, shop: ShopInfo, copy: bool = False) -> Layout:
    """The bag's stub of `order`; `copy` marks a reprint."""
    stub = _Stub(order, shop)
    elements = (*stub.head(copy), *stub.dishes(), *stub.foot())
    return Layout(f"{order.number} {order.business_date}", shop.paper_width_mm, elements)


class _Stub(Form):
    def head(self, copy: bool) -> Iterator[Element]:
        yield from self.copy_mark(copy)
        yield from self.cancelled()
        yield from self.big_number()
        yield from self.occasion()
        yield from self.allergy()

    def dishes(self) -> Iterator[Element]:
        size_mm = _LINE_MM[self.shop.paper_width_mm]
        yield from (Gap(1.5), Rule(0.5), Gap(1.5))
        lines = self.order.open_lines
        for line in lines:
            yield Row(str(line.quantity), self.kitchen_line(line), "", size_mm, Weight.SEMI_BOLD)
        yield Gap(1)
        count = self.texts.ngettext("{count} line", "{count} lines", len(lines))
        yield Text(count.format(count=len(lines)), size_mm, Weight.BOLD)

    def foot(self) -> Iterator[Element]:
        yield from (Gap(1.5), Rule(0.5), Gap(1.5))
        for part in wording.payment_parts(self.order, self.shop, self.texts):
            yield Text(part, _PAYMENT_MM[self.shop.paper_width_mm], Weight.EXTRA_BOLD)
        yield Gap(1)
