"""The kitchen's slip: one per station, read at arm's length with wet hands. No prices.

Kitchen names instead of the menu's, the number in digits of 15 mm, an allergy that cannot be
overlooked, and where else the order is being made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos_app.domain.menu import Station
from pos_app.domain.order import Line, Order
from pos_app.language import Texts, pick
from pos_app.receipts import wording
from pos_app.receipts.elements import (
    Align,
    Element,
    Gap,
    Inverse,
    Layout,
    Number,
    Row,
    Rule,
    Text,
    Weight,
)
from pos_app.receipts.layout import copy_mark
from pos_app.receipts.printable import printable
from pos_app.receipts.wording import ShopInfo

DIGIT_HEIGHT_MM = 15.0
_DISH_MM = {58: 5.0, 80: 6.0}
_OCCASION_MM = {58: 4.1, 80: 4.8}
_SMALL_MM = 3.8


def kitchen_layouts(
    order: Order, stations: Sequence[Station], shop: ShopInfo, copy: bool = False
) -> list[tuple[int, Layout]]:
    """`(station_id, layout)` for every station that has something to make, in the menu's order.

    A station that the menu no longer has prints last, without a name. `copy` marks a reprint.
    """
    wanted = {line.station_id for line in order.open_lines}
    known = sorted((s for s in stations if s.id in wanted), key=lambda s: (s.position, s.id))
    names = {station.id: pick(station.names, shop.language) for station in known}
    for station_id in sorted(wanted - names.keys()):
        names[station_id] = ""
    return [
        (station_id, _KitchenSlip(order, shop, station_id, names).layout(copy))
        for station_id in names
    ]


class _KitchenSlip:
    """The parts of one station's slip; holds only what every part needs."""

    def __init__(
        self, order: Order, shop: ShopInfo, station_id: int, names: dict[int, str]
    ) -> None:
        self.order = order
        self.shop = shop
        self.texts = Texts(shop.language)
        self.station_id = station_id
        self.names = {key: printable(name, self.texts) for key, name in names.items()}
        self.dish_mm = _DISH_MM[shop.paper_width_mm]

    def clean(self, text: str) -> str:
        return printable(text, self.texts)

    def kitchen_name(self, kitchen: dict[str, str], names: dict[str, str]) -> str:
        language = self.shop.language
        shortest = kitchen.get(language) or names.get(language)
        return self.clean(shortest or pick(kitchen, language) or pick(names, language))

    def layout(self, copy: bool) -> Layout:
        station = self.names[self.station_id]
        title = f"{self.order.number} {self.order.business_date} {station}".rstrip()
        elements = (*self.head(copy), *self.dishes(), *self.foot())
        return Layout(title, self.shop.paper_width_mm, elements)

    def head(self, copy: bool) -> Iterator[Element]:
        order, texts = self.order, self.texts
        if copy:
            yield from copy_mark(texts, _SMALL_MM)
        if station := self.names[self.station_id]:
            yield Text(station, 5.2, Weight.BOLD, Align.CENTER)
            yield Gap(3)
        yield Number(self.clean(order.number), DIGIT_HEIGHT_MM)
        yield Gap(2.5)
        occasion = wording.occasion(order, self.shop, texts)
        yield Text(occasion, _OCCASION_MM[self.shop.paper_width_mm], Weight.BOLD)
        table, name = wording.where(order, texts)
        for part in (self.clean(table), self.clean(name)):
            if part:
                yield Text(part, _SMALL_MM, Weight.SEMI_BOLD)
        if allergy := self.clean(order.allergy):
            warning = texts.gettext("ALLERGY: {text}").format(text=allergy)
            yield from (Gap(1.5), Inverse(warning, 5.2))

    def dishes(self) -> Iterator[Element]:
        yield from (Gap(1.5), Rule(0.5), Gap(1.5))
        for line in self.order.open_lines:
            if line.station_id == self.station_id:
                yield from self._dish(line)

    def _dish(self, line: Line) -> Iterator[Element]:
        name = self.kitchen_name(line.kitchen, line.names)
        yield Row(str(line.quantity), name, "", self.dish_mm, Weight.BOLD)
        for modifier in line.modifiers:
            detail = self.kitchen_name(modifier.kitchen, modifier.names)
            yield Row("", detail, "", self.dish_mm, Weight.MEDIUM, indented=True)
        if note := wording.quoted(self.clean(line.note), self.texts):
            yield Row("", note, "", self.dish_mm, Weight.SEMI_BOLD, indented=True)
        yield Gap(1.5)

    def foot(self) -> Iterator[Element]:
        texts = self.texts
        yield Rule(0.5)
        if note := wording.quoted(self.clean(self.order.note), texts):
            yield from (Gap(1.5), Text(note, 4.6, Weight.SEMI_BOLD))
        others = [n for key, n in self.names.items() if key != self.station_id and n]
        if others:
            also = texts.gettext("also at: {stations}").format(stations=", ".join(others))
            yield from (Gap(1.5), Text(also, 4.2, Weight.SEMI_BOLD))
        placed = wording.moment(self.order.placed_at, None, self.shop)
        yield Gap(1)
        yield Text(texts.gettext("Placed {time}").format(time=placed), _SMALL_MM)
        yield Gap(1)
