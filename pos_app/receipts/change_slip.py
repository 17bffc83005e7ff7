"""The kitchen's slip after an edit: only what changed, so that nothing is made twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos_app.domain.menu import Station
from pos_app.domain.order import ChangeKind, Order, TicketChange
from pos_app.language import pick
from pos_app.receipts.elements import Element, Gap, Inverse, Layout, Row, Rule, Text, Weight
from pos_app.receipts.kitchen_slip import KitchenForm
from pos_app.receipts.wording import ShopInfo

_ALARM_MM = 5.2
_NOTE_MM = 4.6


def changes_layout(
    order: Order,
    station_id: int,
    changes: Sequence[TicketChange],
    stations: Sequence[Station],
    shop: ShopInfo,
    copy: bool = False,
) -> Layout:
    """What `changes` did to the share of one station. `order` is as it stands now.

    Allergy and note are said as they are now, whatever the change held. Without changes the slip
    says only how the order stands: cancelled, say.
    """
    names = {station.id: pick(station.names, shop.language) for station in stations}
    slip = _ChangeSlip(order, shop, names.get(station_id, ""))
    return slip.layout(station_id, changes, copy)


class _ChangeSlip(KitchenForm):
    def layout(self, station_id: int, changes: Sequence[TicketChange], copy: bool) -> Layout:
        mark = self.texts.gettext("CHANGED") if changes else ""
        said = [piece for change in changes for piece in self._change(change, station_id)]
        told_allergy = any(change.kind is ChangeKind.ALLERGY for change in changes)
        allergy = () if told_allergy else tuple(self.allergy())
        rule = (Gap(1.5), Rule(0.5), Gap(1.5)) if said else ()
        elements = (*self.head(copy, mark), *allergy, *rule, *said, Gap(1))
        return Layout(self.title(), self.shop.paper_width_mm, elements)

    def _change(self, change: TicketChange, station_id: int) -> Iterator[Element]:
        match change.kind:
            case ChangeKind.ADDED:
                yield self._dish(f"+{change.quantity}", change)
            case ChangeKind.VOIDED:
                yield self._dish(f"−{change.quantity}", change)
            case ChangeKind.AGAIN:
                yield from self.alarm(self.texts.gettext("AGAIN"))
                yield self._dish(str(change.quantity), change)
                if reason := self._reason(change, station_id):
                    yield self.detail(reason, Weight.SEMI_BOLD)
            case ChangeKind.ALLERGY:
                yield Inverse(self._allergy_now(), _ALARM_MM)
            case ChangeKind.NOTE:
                yield Text(self._note_now(), _NOTE_MM, Weight.BOLD)
        yield Gap(1.5)

    def _dish(self, quantity: str, change: TicketChange) -> Element:
        name = self.clean(pick(change.kitchen, self.shop.language))
        return Row(quantity, name, "", self.dish_mm, Weight.BOLD)

    def _reason(self, change: TicketChange, station_id: int) -> str:
        """Why it is made again: said by the line that was added for it."""
        wanted = self.clean(pick(change.kitchen, self.shop.language))
        for line in reversed(self.order.lines):
            if line.station_id == station_id and line.remake_reason:
                dish = self.kitchen_name(line.kitchen, line.names)
                if wanted.startswith(dish):
                    return self.quoted(line.remake_reason)
        return ""

    def _allergy_now(self) -> str:
        allergy = self.clean(self.order.allergy)
        if not allergy:
            return self.texts.gettext("No allergy any more")
        return self.texts.gettext("ALLERGY now: {text}").format(text=allergy)

    def _note_now(self) -> str:
        note = self.quoted(self.order.note)
        if not note:
            return self.texts.gettext("No note any more")
        return self.texts.gettext("Note now: {note}").format(note=note)
