"""The foot of the cart: total, payment with nothing preselected, and the one big button."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos_app.desk.setup import Setup
from pos_app.domain.money import decimals
from ui.counter.basket import Basket, Payment, cash_chips
from ui.counter.guest_part import Change
from ui.counter.wording import money, place_text
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, column, empty, label, row, rule
from ui.widgets.segmented import Segmented
from ui.words import _


class PayPart(QWidget):
    """Cash shows notes and change; unpaid asks which note the guest will bring."""

    place_wanted = Signal()
    other_wanted = Signal()

    def __init__(self, change: Change) -> None:
        super().__init__()
        self._change = change
        self.setProperty("role", "surface")
        self._total = label("", "total", "total")
        self._pay = Segmented(
            "pay",
            [("unpaid", _("Unpaid")), ("cash", _("Cash")), ("card", _("Card"))],
            role="plain",
        )
        self._pay.chosen.connect(
            lambda value: change(lambda b: replace(b, payment=Payment(value), given=None))
        )
        self._chips = QWidget()
        self._chip_flow = FlowLayout(self._chips, fill=True)
        self._returns = label("", "strong", "change", wrap=True)
        self._returns.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.place = button("", "place", self.place_wanted.emit, role="place")
        layout = column(self, margins=(0, 0, 0, 8), gap=0)
        layout.addWidget(rule())
        inner = column(margins=(20, 2, 20, 0), gap=8)
        head = row()
        head.addWidget(label(_("Total"), "total"))
        head.addWidget(self._returns, 1)
        head.addWidget(self._total)
        inner.addLayout(head)
        inner.addWidget(self._pay)
        inner.addWidget(self._chips)
        inner.addWidget(self.place)
        layout.addLayout(inner)

    def show_basket(self, basket: Basket, setup: Setup, *, busy: bool) -> None:
        total = basket.total(setup.menu)
        self._total.setText(money(total, setup.settings))
        self._pay.choose(basket.payment.value if basket.payment else "")
        self._show_chips(basket, setup, total)
        self.place.setText(place_text(basket))
        self.place.setEnabled(basket.missing() is None and not busy)

    def _show_chips(self, basket: Basket, setup: Setup, total: int) -> None:
        with_notes = basket.payment in (Payment.CASH, Payment.UNPAID) and total > 0
        shown = (basket.payment, total, basket.given, setup.revision) if with_notes else None
        if shown == self._shown:
            return
        self._shown = shown
        empty(self._chip_flow)
        self._chips.setVisible(with_notes)
        self._returns.setText(_change_words(basket, setup, total) if with_notes else "")
        if not with_notes:
            return
        offered = cash_chips(total, setup.settings.shop.currency)
        self._add_chip(_("Exact"), "exact", None, basket)
        for amount in offered:
            whole = amount // 10 ** decimals(setup.settings.shop.currency)
            self._add_chip(money(amount, setup.settings), f"{whole}", amount, basket)
        other = button("…", "cash:other", self.other_wanted.emit, role="small_chip")
        other.setAccessibleName(_("Other amount"))
        self._chip_flow.addWidget(other)

    _shown: tuple[object, ...] | None = ()

    def _add_chip(self, text: str, name: str, amount: int | None, basket: Basket) -> None:
        chip = button(
            text,
            f"cash:{name}",
            lambda: self._change(lambda b: replace(b, given=amount)),
            role="small_chip",
            checkable=True,
        )
        chip.setChecked(basket.given == amount)
        self._chip_flow.addWidget(chip)


def _change_words(basket: Basket, setup: Setup, total: int) -> str:
    if basket.given is None:
        return ""
    back = basket.given - total
    if back < 0:
        return _("{amount} is not enough").format(amount=money(basket.given, setup.settings))
    if basket.payment is Payment.UNPAID:
        return _("Bring {amount} change").format(amount=money(back, setup.settings))
    return _("Change {amount}").format(amount=money(back, setup.settings))
