"""The right of the counter: the order that is being entered, always in sight."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos_app.clock import Instant
from pos_app.desk.setup import Setup
from pos_app.domain.quote import promise
from pos_app.domain.workflow import Fulfilment
from ui.counter.basket import Basket
from ui.counter.cart_lines import CartLines
from ui.counter.guest_part import Change, GuestPart, WherePart
from ui.counter.pay_part import PayPart
from ui.counter.wording import clock_time, fulfilments, told_minutes
from ui.taking.wording import stop_words
from ui.widgets.fitted_area import FittedArea
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, column, label, row, rule
from ui.widgets.segmented import Segmented
from ui.words import _


@dataclass(frozen=True, slots=True)
class Around:
    """What the cart shows beside the basket: what is known and what was refused."""

    known: str = ""
    has_last: bool = False
    phone_error: str = ""
    street_error: str = ""
    cleared: bool = False
    busy: bool = False


class Cart(QWidget):
    """Shows a basket; every edit goes through `change`, everything larger is a signal."""

    taking_wanted = Signal()
    later_wanted = Signal()
    allergy_wanted = Signal()
    note_wanted = Signal()

    def __init__(self, change: Change) -> None:
        super().__init__()
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self._told = button("", "tell_guests", self.taking_wanted.emit, role="quiet")
        self._stopped = label("", "to_pay", "stopped", wrap=True)
        self._fulfilment = Segmented("fulfilment", fulfilments())
        self._fulfilment.chosen.connect(
            lambda value: change(lambda b: replace(b, fulfilment=Fulfilment(value)))
        )
        self.lines = CartLines()
        self.where = WherePart(change)
        self.guest = GuestPart(change)
        self._now = button(
            "",
            "now",
            lambda: change(_as_soon_as_possible),
            role="small_chip",
        )
        self._later = button(_("Later…"), "later", self.later_wanted.emit, role="small_chip")
        self._allergy = button(_("Allergy"), "allergy", self.allergy_wanted.emit, role="small_chip")
        self._note = button(_("Note"), "note", self.note_wanted.emit, role="small_chip")
        self._allergy_words = label("", "allergy", "allergy_shown", wrap=True)
        self.pay = PayPart(change)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = column(self, gap=0)
        head = row(margins=(20, 2, 10, 2))
        head.addWidget(label(_("New order"), "title"))
        head.addStretch(1)
        head.addWidget(self._told)
        layout.addLayout(head)
        layout.addWidget(rule())
        stopped = column(margins=(20, 6, 20, 0))
        stopped.addWidget(self._stopped)
        layout.addLayout(stopped)
        top = column(margins=(20, 6, 20, 4))
        top.addWidget(self._fulfilment)
        layout.addLayout(top)
        layout.addWidget(self.lines, 1)
        layout.addWidget(self._around())
        layout.addWidget(self.pay)

    def _around(self) -> QWidget:
        """Guest, place and time: it scrolls before it would push the payment off the screen."""
        content = QWidget()
        parts = column(content, gap=0)
        allergy = column(margins=(20, 4, 20, 0))
        allergy.addWidget(self._allergy_words)
        parts.addLayout(allergy)
        parts.addWidget(self.where)
        guest = column(margins=(20, 4, 20, 6), gap=8)
        guest.addWidget(self.guest)
        chips = QWidget()
        flow = FlowLayout(chips, fill=True)
        for made in (self._now, self._later, self._allergy, self._note):
            made.setCheckable(True)
            flow.addWidget(made)
        guest.addWidget(chips)
        parts.addLayout(guest)
        area = FittedArea()
        area.setWidget(content)
        return area

    def show_basket(self, basket: Basket, setup: Setup, around: Around, now: Instant) -> None:
        self._told.setText(told_minutes(setup.settings, basket.fulfilment))
        self._fulfilment.choose(basket.fulfilment.value)
        self.lines.show_basket(basket, setup, cleared=around.cleared)
        self.where.show_basket(basket, around.street_error)
        self.guest.show_basket(basket, around.known, around.phone_error, has_last=around.has_last)
        self._show_when(basket, setup, now)
        self._allergy.setChecked(bool(basket.allergy))
        self._allergy_words.setText(_("ALLERGY: {text}").format(text=basket.allergy))
        self._allergy_words.setVisible(bool(basket.allergy))
        self._note.setChecked(bool(basket.note or basket.tags))
        self.pay.show_basket(basket, setup, busy=around.busy)

    def show_clock(self, basket: Basket, setup: Setup, now: Instant) -> None:
        """The minute has changed: so has what “now” means."""
        self._show_when(basket, setup, now)

    def _show_stop(self, setup: Setup, now: Instant) -> None:
        words = stop_words(setup.settings, now)
        self._stopped.setText(words)
        self._stopped.setVisible(bool(words))

    def _show_when(self, basket: Basket, setup: Setup, now: Instant) -> None:
        self._show_stop(setup, now)
        soonest = promise(now, setup.settings.tell_guests, basket.fulfilment)
        self._now.setText(_("Now\n{time}").format(time=clock_time(soonest, setup.settings)))
        self._now.setChecked(basket.promised_at is None)
        self._later.setChecked(bool(basket.promised_at or basket.placed_at or basket.hold))
        self._later.setText(_later_words(basket, setup))


def _as_soon_as_possible(basket: Basket) -> Basket:
    return replace(basket, promised_at=None, placed_at=None, hold=False)


def _later_words(basket: Basket, setup: Setup) -> str:
    """The chip beside *Now*: when it is wanted, when it was taken, or that the kitchen waits."""
    words = _("Later…")
    if basket.promised_at is not None:
        words = clock_time(basket.promised_at, setup.settings)
    elif basket.placed_at is not None:
        taken = clock_time(basket.placed_at, setup.settings)
        words = _("Taken {time}").format(time=taken)
    return f"{words}\n{_('Hold')}" if basket.hold else words
