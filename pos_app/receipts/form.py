"""What every form on paper is made with: the order, the shop's language, and marks of all forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pos_app.domain.menu import Names
from pos_app.domain.order import Address, Line, Order
from pos_app.domain.workflow import Kind
from pos_app.language import Texts, pick
from pos_app.receipts import wording
from pos_app.receipts.elements import (
    Align,
    Element,
    Gap,
    Inverse,
    Layout,
    Number,
    Text,
    Weight,
)
from pos_app.receipts.printable import printable
from pos_app.receipts.wording import ShopInfo

KITCHEN_DIGITS_MM = 15.0
_MARK_MM = 4.2
_ALARM_MM = 5.2
_OCCASION_MM = {58: 4.1, 80: 4.8}
_SMALL_MM = 3.8


def stand_in(layout: Layout, shop: ShopInfo, printer: str) -> Layout:
    """`layout` as it comes out elsewhere, because `printer` is down: its name stands on top."""
    texts = Texts(shop.language)
    words = texts.gettext("For printer: {name}").format(name=printable(printer, texts))
    mark = (Text(words, _MARK_MM, Weight.BOLD, Align.CENTER), Gap(1.5))
    return replace(layout, elements=(*mark, *layout.elements))


class Form:
    """The parts that forms share; holds only what every part needs."""

    def __init__(self, order: Order, shop: ShopInfo) -> None:
        self.order = order
        self.shop = shop
        self.texts = Texts(shop.language)
        self.number = self.clean(order.number)

    def clean(self, text: str) -> str:
        return printable(text, self.texts)

    def quoted(self, note: str) -> str:
        return wording.quoted(self.clean(note), self.texts)

    def named(self, names: Names) -> str:
        return self.clean(pick(names, self.shop.language))

    def kitchen_name(self, kitchen: Names, names: Names) -> str:
        """The short name in the shop's language, else the menu's, else any."""
        language = self.shop.language
        shortest = kitchen.get(language) or names.get(language)
        return self.clean(shortest or pick(kitchen, language) or pick(names, language))

    def kitchen_line(self, line: Line) -> str:
        """A line's dish and modifiers by their kitchen names, as one text."""
        modifiers = (self.kitchen_name(m.kitchen, m.names) for m in line.modifiers)
        return ", ".join((self.kitchen_name(line.kitchen, line.names), *modifiers))

    def copy_mark(self, copy: bool, size_mm: float = _SMALL_MM) -> Iterator[Element]:
        """What tells a reprint from the first print."""
        if copy:
            yield from (Inverse(self.texts.gettext("COPY"), size_mm, Align.CENTER), Gap(1.5))

    def alarm(self, words: str) -> Iterator[Element]:
        """What nobody may overlook."""
        yield from (Inverse(words, _ALARM_MM, Align.CENTER), Gap(1.5))

    @property
    def is_cancelled(self) -> bool:
        return self.order.kind is Kind.CANCELLED

    def cancelled(self) -> Iterator[Element]:
        if self.is_cancelled:
            yield from self.alarm(self.texts.gettext("CANCELLED"))

    def big_number(self) -> Iterator[Element]:
        yield from (Gap(1.5), Number(self.number, KITCHEN_DIGITS_MM), Gap(2.5))

    def occasion(self) -> Iterator[Element]:
        """Fulfilment, time, platform, table and name, as large as the kitchen reads them."""
        order = self.order
        large_mm = _OCCASION_MM[self.shop.paper_width_mm]
        if order.enters_at > order.placed_at:
            time = wording.moment(order.promised_at, order.placed_at, self.shop)
            later = self.texts.gettext("LATER · for {time}").format(time=time)
            words = " · ".join(wording.together(part) for part in later.split(" · "))
            yield Text(words, large_mm * 1.2, Weight.EXTRA_BOLD)
            yield Text(wording.fulfilment_word(order.fulfilment, self.texts), large_mm, Weight.BOLD)
        else:
            words = wording.occasion(order, self.shop, self.texts)
            yield Text(words, large_mm, Weight.BOLD)
        table, name = wording.where(order, self.texts)
        if partner := self.clean(order.partner):
            yield Text(partner, large_mm, Weight.BOLD)
        for part in (self.clean(table), self.clean(name)):
            if part:
                yield Text(part, _SMALL_MM, Weight.SEMI_BOLD)

    def allergy(self) -> Iterator[Element]:
        if allergy := self.clean(self.order.allergy):
            warning = self.texts.gettext("ALLERGY: {text}").format(text=allergy)
            yield from (Gap(1.5), Inverse(warning, _ALARM_MM))

    def doors(self, address: Address) -> Iterator[str]:
        """Entrance, floor and code, each with its word."""
        texts = self.texts
        if entrance := self.clean(address.entrance):
            yield texts.gettext("entrance {entrance}").format(entrance=entrance)
        if floor := self.clean(address.floor):
            yield texts.gettext("floor {floor}").format(floor=floor)
        if code := self.clean(address.door_code):
            yield texts.gettext("code {code}").format(code=code)
