"""A number between two buttons: for a finger that has no keyboard, and for one that has."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.automations.whole_number import NO_NUMBER, whole
from ui.widgets.parts import button, row
from ui.words import _

WIDTH_PX = 68


class Stepper(QWidget):
    """From `least` to `most` in steps of `by`; `name` is the field's object name."""

    changed = Signal()

    def __init__(self, name: str, amount: int, least: int, most: int, by: int) -> None:
        super().__init__()
        self._least, self._most, self._by = least, most, by
        self._amount = amount
        self._field = QLineEdit(str(amount))
        self._field.setObjectName(name)
        self._field.setAccessibleName(_("How long"))
        self._field.setValidator(QIntValidator(least, most, self._field))
        self._field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._field.setFixedWidth(WIDTH_PX)
        self._field.textEdited.connect(self._type)
        line = row(self, gap=8)
        fewer = button("−", f"{name}:less", lambda: self._step(-by), role="chip")
        fewer.setAccessibleName(_("Less"))
        more = button("+", f"{name}:more", lambda: self._step(by), role="chip")
        more.setAccessibleName(_("More"))
        for part in (fewer, self._field, more):
            line.addWidget(part)

    @property
    def amount(self) -> int:
        return self._amount

    def _type(self, text: str) -> None:
        number = whole(text)
        if number != NO_NUMBER:
            self._take(number)

    def _step(self, by: int) -> None:
        self._take(self._amount + by)
        self._field.setText(str(self._amount))

    def _take(self, amount: int) -> None:
        self._amount = min(max(amount, self._least), self._most)
        self.changed.emit()
