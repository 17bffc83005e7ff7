"""What keeps texts from costing too much: a month's budget, how many a day, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit

from pos_app.config import TextLimits
from pos_app.domain.money import finely, parse_finely, symbol
from pos_app.errors import BadInput, OrderbellError
from ui.rights import sees_money
from ui.widgets.field import Field
from ui.widgets.parts import button, column, label, row
from ui.widgets.tick import Tick
from ui.words import _, language, sentences, told

Make = Callable[[], TextLimits]


class TextLimitsForm(QFrame):
    """`kept` carries what makes the TextLimits; it raises BadInput naming the field."""

    kept = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("text_limits")
        self._held: TextLimits | None = None
        self._currency = ""
        rows = column(self, gap=10)
        rows.addWidget(label(_("What texts may cost"), "heading"))
        said = _(
            "Offers and questions stop before the budget is used; its last fifth is kept for "
            "orders in hand. What was not sent for it stands above every screen."
        )
        rows.addWidget(label(said, "second", wrap=True))
        self._budget, self._to_number, self._a_day = QLineEdit(), QLineEdit(), QLineEdit()
        self._fields = {
            "month_budget": Field("", self._budget, "limit_budget", _("Empty: no limit.")),
            "to_number_a_day": Field(
                _("Texts a day to one number"), self._to_number, "limit_to_number"
            ),
            "a_day": Field(_("Texts a day in all"), self._a_day, "limit_a_day"),
        }
        budget, to_number, a_day = self._fields.values()
        rows.addWidget(budget)
        line = row(gap=12)
        line.addWidget(to_number, 1)
        line.addWidget(a_day, 1)
        rows.addLayout(line)
        self._abroad = Tick(_("Numbers of other countries get texts too"), "limit_abroad")
        rows.addWidget(self._abroad)
        rows.addWidget(button(_("Save the limits"), "text_limits_save", self._keep, role="act"))

    def show_limits(self, held: TextLimits, currency: str) -> None:
        """What is stored; what is being typed stays while that has not changed."""
        if (held, currency) == (self._held, self._currency):
            return
        self._held, self._currency = held, currency
        title = _("Budget for a month, {currency}").format(currency=symbol(currency, language()))
        self._fields["month_budget"].retitle(title)
        self._fields["month_budget"].setVisible(sees_money())
        self._budget.setText(finely(held.month_budget, currency) if held.month_budget else "")
        self._to_number.setText(str(held.to_number_a_day))
        self._a_day.setText(str(held.a_day))
        self._abroad.setChecked(held.abroad)

    def refuse(self, error: OrderbellError) -> bool:
        """Say what is wrong at its field; False where no field is meant."""
        field = self._fields.get(error.field) if isinstance(error, BadInput) else None
        if field is None:
            return False
        words = told(error)
        field.refuse(sentences(words.title, words.hint))
        field.inner.setFocus()
        return True

    def _keep(self) -> None:
        for field in self._fields.values():
            field.refuse("")
        held, currency, budget = self._held or TextLimits(), self._currency, self._budget.text()
        to_number, a_day = self._to_number.text(), self._a_day.text()
        abroad = self._abroad.isChecked()

        def make() -> TextLimits:
            return replace(
                held,
                month_budget=parse_finely(budget.strip() or "0", currency, "month_budget"),
                to_number_a_day=_whole(to_number, "to_number_a_day"),
                a_day=_whole(a_day, "a_day"),
                abroad=abroad,
            )

        self.kept.emit(make)


def _whole(text: str, field: str) -> int:
    stripped = text.strip()
    if not (stripped.isascii() and stripped.isdigit()):
        raise BadInput(field, "A whole number, please")
    return int(stripped)
