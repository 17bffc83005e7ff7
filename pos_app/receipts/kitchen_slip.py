"""The kitchen's slip: one per station, read at arm's length with wet hands. No prices.

Kitchen names instead of the menu's, the number in digits of 15 mm, an allergy that cannot be
overlooked, and where else the order is being made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos_app.domain.menu import Station
from pos_app.domain.order import Line, Order
from pos_app.language import pick
from pos_app.receipts import wording
from pos_app.receipts.elements import Align, Element, Gap, Layout, Row, Rule, Text, Weight
from pos_app.receipts.form import Form
from pos_app.receipts.wording import ShopInfo

DISH_MM = {58: 5.0, 80: 6.0}
_STATION_MM = 5.2
_SMALL_MM = 3.8
_MADE = "✓"


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


class KitchenForm(Form):
    """What stands above the dishes on everything that the kitchen gets."""

    def __init__(self, order: Order, shop: ShopInfo, station: str) -> None:
        super().__init__(order, shop)
        self.station = self.clean(station)
        self.dish_mm = DISH_MM[shop.paper_width_mm]

    def title(self) -> str:
        return f"{self.order.number} {self.order.business_date} {self.station}".rstrip()

    def head(self, copy: bool, mark: str = "") -> Iterator[Element]:
        """`mark` is the one word that says why this slip comes, such as CHANGED."""
        yield from self.copy_mark(copy)
        yield from self.cancelled()
        if self.station:
            yield Text(self.station, _STATION_MM, Weight.BOLD, Align.CENTER)
            yield Gap(1.5)
        if mark:
            yield from self.alarm(mark)
        if self.order.rush:
            yield from self.alarm(self.texts.gettext("FIRST"))
        yield from self.big_number()
        yield from self.occasion()

    def detail(self, words: str, weight: Weight) -> Element:
        """Something about the dish above."""
        return Row("", words, "", self.dish_mm, weight, indented=True)


class _KitchenSlip(KitchenForm):
    """Everything that one station has to make of the order."""

    def __init__(
        self, order: Order, shop: ShopInfo, station_id: int, names: dict[int, str]
    ) -> None:
        super().__init__(order, shop, names[station_id])
        self.station_id = station_id
        self.others = [self.clean(n) for key, n in names.items() if key != station_id and n]

    def layout(self, copy: bool) -> Layout:
        elements = (*self.head(copy), *self.allergy(), *self.dishes(), *self.foot())
        return Layout(self.title(), self.shop.paper_width_mm, elements)

    def dishes(self) -> Iterator[Element]:
        yield from (Gap(1.5), Rule(0.5), Gap(1.5))
        for line in self.order.open_lines:
            if line.station_id == self.station_id:
                yield from self._dish(line)

    def _dish(self, line: Line) -> Iterator[Element]:
        name = self.kitchen_name(line.kitchen, line.names)
        made = _MADE if line.made_at is not None else ""
        yield Row(str(line.quantity), name, made, self.dish_mm, Weight.BOLD)
        for modifier in line.modifiers:
            yield self.detail(self.kitchen_name(modifier.kitchen, modifier.names), Weight.MEDIUM)
        if reason := self.clean(line.remake_reason):
            again = self.texts.gettext("AGAIN: {reason}").format(reason=reason)
            yield self.detail(again, Weight.EXTRA_BOLD)
        if note := self.quoted(line.note):
            yield self.detail(note, Weight.SEMI_BOLD)
        yield Gap(1.5)

    def foot(self) -> Iterator[Element]:
        texts = self.texts
        yield Rule(0.5)
        if note := self.quoted(self.order.note):
            yield from (Gap(1.5), Text(note, 4.6, Weight.SEMI_BOLD))
        if self.others:
            also = texts.gettext("also at: {stations}").format(stations=", ".join(self.others))
            yield from (Gap(1.5), Text(also, 4.2, Weight.SEMI_BOLD))
        placed = wording.moment(self.order.placed_at, None, self.shop)
        yield Gap(1)
        yield Text(texts.gettext("Placed {time}").format(time=placed), _SMALL_MM)
        yield Gap(1)
