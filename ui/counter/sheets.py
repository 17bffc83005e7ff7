"""All sheets of the counter: at most one is open, and none of them is modal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.clock import Instant
from pos_app.desk.setup import Setup
from pos_app.domain.quote import promise
from ui.background import Background
from ui.counter.basket import Basket, BasketLine
from ui.counter.entry_sheets import AddressSheet, CashSheet, PhoneSheet, TextSheet
from ui.counter.guest_part import Change
from ui.counter.line_sheet import LineSheet
from ui.counter.placed_acts import PlacedOrder
from ui.counter.slip_sheet import SlipSheet
from ui.counter.time_sheet import TimeSheet, When
from ui.widgets.sheet import Sheet
from ui.words import _


class Sheets:
    """They lie over `over` and change the basket through `change`."""

    def __init__(
        self,
        over: QWidget,
        change: Change,
        phone: QLineEdit,
        background: Background,
        print_again: Callable[[int], None],
    ) -> None:
        self._change = change
        self._line = LineSheet(over, self._change_line)
        self._phone = PhoneSheet(over, phone, lambda on: change(lambda b: replace(b, offers=on)))
        self._cash = CashSheet(over, lambda note: change(lambda b: replace(b, given=note)))
        self._address = AddressSheet(
            over,
            lambda at: change(lambda b: replace(b, address=at)),
            lambda partner: change(lambda b: replace(b, partner=partner)),
        )
        self._time = TimeSheet(over, lambda when: change(lambda b: _at(b, when)))
        self._allergy = TextSheet(
            over,
            "allergy",
            _("Allergy"),
            _("Such as: nuts. It stands on every ticket and slip."),
            lambda text, _tags: change(lambda b: replace(b, allergy=text)),
        )
        self._note = TextSheet(
            over,
            "note",
            _("Note"),
            _("For the kitchen and the courier."),
            lambda text, tags: change(lambda b: replace(b, note=text, tags=tags)),
            with_tags=True,
        )
        self._slip = SlipSheet(over, background, print_again)
        self._all: tuple[Sheet, ...] = (
            self._line,
            self._phone,
            self._cash,
            self._address,
            self._time,
            self._allergy,
            self._note,
            self._slip,
        )

    def open_line(self, index: int, basket: Basket, setup: Setup) -> None:
        self._alone(self._line)
        self._line.open_line(index, basket.lines[index], setup)

    def show_basket(self, basket: Basket) -> None:
        """What the guest has answered, in the sheet that asks him."""
        self._phone.show_answer(basket.phone, basket.offers)

    def open_phone(self) -> None:
        self._alone(self._phone)
        self._phone.open_sheet()

    def open_cash(self, setup: Setup) -> None:
        self._alone(self._cash)
        self._cash.open_for(setup.settings.shop.currency)

    def open_address(self, basket: Basket) -> None:
        self._alone(self._address)
        self._address.open_for(basket.address, basket.partner)

    def open_time(self, basket: Basket, setup: Setup, now: Instant) -> None:
        soonest = promise(now, setup.settings.tell_guests, basket.fulfilment)
        self._alone(self._time)
        when = When(basket.promised_at, basket.placed_at, basket.hold)
        self._time.open_for(soonest, when, now, setup)

    def open_allergy(self, basket: Basket) -> None:
        self._alone(self._allergy)
        self._allergy.open_for(basket.allergy)

    def open_note(self, basket: Basket) -> None:
        self._alone(self._note)
        self._note.open_for(basket.note, basket.tags)

    def open_slip(self, placed: PlacedOrder, setup: Setup) -> None:
        self._alone(self._slip)
        self._slip.open_for(placed.order, placed.tracking_url, setup)

    def close_line(self) -> None:
        """Its line may no longer be what it shows."""
        self._line.close_sheet()

    def close_all(self) -> bool:
        """Whether any was open."""
        return self._alone(None)

    def _alone(self, but: Sheet | None) -> bool:
        open_ones = [found for found in self._all if not found.isHidden() and found is not but]
        for found in open_ones:
            found.close_sheet()
        return bool(open_ones)

    def _change_line(self, index: int, line: BasketLine | None) -> None:
        def changed(basket: Basket) -> Basket:
            if index >= len(basket.lines):
                return basket
            return basket.without(index) if line is None else basket.with_line(index, line)

        self._change(changed)


def _at(basket: Basket, when: When) -> Basket:
    return replace(basket, promised_at=when.promised_at, placed_at=when.placed_at, hold=when.hold)
