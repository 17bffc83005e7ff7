"""Money that a courier lays on the counter: all of it by one touch, or as much as he has."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.desk.dispatch_desk import CourierRun
from pos_app.domain.money import decimals, parse_amount, show
from pos_app.errors import BadInput
from ui.widgets.field import Field
from ui.widgets.number_pad import NumberPad
from ui.widgets.parts import button
from ui.widgets.sheet import Sheet
from ui.words import _, language, told

FIELD = "hand_in_amount"


class HandInSheet(Sheet):
    """`handed_in` is called with the courier's id and the amount in minor units."""

    def __init__(self, over: QWidget, handed_in: Callable[[str, int], object]) -> None:
        super().__init__(over, "hand_in_sheet")
        self._handed_in = handed_in
        self._run: CourierRun | None = None
        self._currency = ""
        self._amount = QLineEdit()
        self._field = Field(_("Amount"), self._amount, FIELD)
        self._amount.returnPressed.connect(self._done)
        self._amount.textChanged.connect(lambda _text: self._field.refuse(""))
        self.body.addWidget(self._field)
        self.body.addWidget(NumberPad(self._amount, ","))
        self.body.addStretch(1)
        self.foot.addWidget(button(_("Received"), "hand_in_done", self._done, role="act"), 1)

    def open_for(self, run: CourierRun, currency: str) -> None:
        self._run, self._currency = run, currency
        amount = show(run.to_hand_in, currency, language())
        self.set_title(
            _("{name} hands in. Expected: {amount}").format(name=run.courier.name, amount=amount)
        )
        self._amount.setText(_plain(run.to_hand_in, currency))
        self.open_sheet()
        self._amount.setFocus()
        self._amount.selectAll()

    def _done(self) -> None:
        if self._run is None:
            return
        try:
            amount = parse_amount(self._amount.text().replace(",", "."), self._currency, FIELD)
        except BadInput as error:
            self._field.refuse(told(error).title)
            return
        self.close_sheet()
        self._handed_in(self._run.courier.id, amount)


def _plain(amount: int, currency: str) -> str:
    """Digits as a person types them: `585`, `13,25`."""
    places = decimals(currency)
    whole, rest = divmod(amount, 10**places)
    point = "," if language() == "uk" else "."
    return f"{whole}{point}{rest:0{places}d}" if rest else str(whole)
