"""All sheets of the counter: at most one is open, and none of them is modal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.clock import Instant
from pos_app.desk.setup import Setup
from pos_app.domain.quote import promise
from ui.background import Background
from ui.counter.basket import Basket, BasketLine
from ui.counter.guest_part import Change
from ui.counter.placed_acts import PlacedOrder
from ui.widgets.sheet import Sheet
from ui.words import _

if TYPE_CHECKING:
    from ui.counter.entry_sheets import AddressSheet, CashSheet, PhoneSheet, TextSheet
    from ui.counter.line_sheet import LineSheet
    from ui.counter.slip_sheet import SlipSheet
    from ui.counter.time_sheet import TimeSheet, When

SheetT = TypeVar("SheetT", bound=Sheet)


class Sheets:
    """They lie over `over` and change the basket through `change`; each is made when it is opened
    for the first time."""

    def __init__(
        self,
        over: QWidget,
        change: Change,
        phone: QLineEdit,
        background: Background,
        print_again: Callable[[int], None],
    ) -> None:
        self._over, self._change, self._phone_field = over, change, phone
        self._background, self._print_again = background, print_again
        self._basket = Basket()
        self._made: list[Sheet] = []

    # One by one

    @cached_property
    def _line(self) -> LineSheet:
        from ui.counter.line_sheet import LineSheet

        return self._taken_in(LineSheet(self._over, self._change_line))

    @cached_property
    def _phone(self) -> PhoneSheet:
        from ui.counter.entry_sheets import PhoneSheet

        change = self._change
        return self._taken_in(
            PhoneSheet(
                self._over, self._phone_field, lambda on: change(lambda b: replace(b, offers=on))
            )
        )

    @cached_property
    def _cash(self) -> CashSheet:
        from ui.counter.entry_sheets import CashSheet

        change = self._change
        return self._taken_in(
            CashSheet(self._over, lambda note: change(lambda b: replace(b, given=note)))
        )

    @cached_property
    def _address(self) -> AddressSheet:
        from ui.counter.entry_sheets import AddressSheet

        change = self._change
        return self._taken_in(
            AddressSheet(
                self._over,
                lambda at: change(lambda b: replace(b, address=at)),
                lambda partner: change(lambda b: replace(b, partner=partner)),
            )
        )

    @cached_property
    def _time(self) -> TimeSheet:
        from ui.counter.time_sheet import TimeSheet

        change = self._change
        return self._taken_in(TimeSheet(self._over, lambda when: change(lambda b: _at(b, when))))

    @cached_property
    def _allergy(self) -> TextSheet:
        from ui.counter.entry_sheets import TextSheet

        change = self._change
        return self._taken_in(
            TextSheet(
                self._over,
                "allergy",
                _("Allergy"),
                _("Such as: nuts. It stands on every ticket and slip."),
                lambda text, _tags: change(lambda b: replace(b, allergy=text)),
            )
        )

    @cached_property
    def _note(self) -> TextSheet:
        from ui.counter.entry_sheets import TextSheet

        change = self._change
        return self._taken_in(
            TextSheet(
                self._over,
                "note",
                _("Note"),
                _("For the kitchen and the courier."),
                lambda text, tags: change(lambda b: replace(b, note=text, tags=tags)),
                with_tags=True,
            )
        )

    @cached_property
    def _slip(self) -> SlipSheet:
        from ui.counter.slip_sheet import SlipSheet

        return self._taken_in(SlipSheet(self._over, self._background, self._print_again))

    def _taken_in(self, sheet: SheetT) -> SheetT:
        self._made.append(sheet)
        return sheet

    # What they are opened for

    def open_line(self, index: int, basket: Basket, setup: Setup) -> None:
        self._alone(self._line)
        self._line.open_line(index, basket.lines[index], setup)

    def show_basket(self, basket: Basket) -> None:
        """What the guest has answered, in the sheet that asks him."""
        self._basket = basket
        if "_phone" in self.__dict__:
            self._phone.show_answer(basket.phone, basket.offers)

    def open_phone(self) -> None:
        self._alone(self._phone)
        self._phone.show_answer(self._basket.phone, self._basket.offers)
        self._phone.open_sheet()

    def open_cash(self, setup: Setup) -> None:
        self._alone(self._cash)
        self._cash.open_for(setup.settings.shop.currency)

    def open_address(self, basket: Basket) -> None:
        self._alone(self._address)
        self._address.open_for(basket.address, basket.partner)

    def open_time(self, basket: Basket, setup: Setup, now: Instant) -> None:
        from ui.counter.time_sheet import When

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
        if "_line" in self.__dict__:
            self._line.close_sheet()

    def close_all(self) -> bool:
        """Whether any was open."""
        return self._alone(None)

    def _alone(self, but: Sheet | None) -> bool:
        open_ones = [found for found in self._made if not found.isHidden() and found is not but]
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
