"""One condition: what is asked, how it is compared, and with what."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from pos_app.automation.model import Comparison, Condition, Field
from ui.automations import vocabulary
from ui.automations.choices import Choices
from ui.automations.value_inputs import ValueInput, input_for
from ui.style import mark, role
from ui.widgets.choosing import combo
from ui.widgets.parts import button, column, label, row
from ui.words import _

HOW_PX = 150
_FIRST = {Field.TIME: ("09:00", "21:00"), Field.RATING: ("1", "3")}


class ConditionRow(QFrame):
    """`path` is its place in the editor and begins its object names (`condition:0:2`)."""

    changed = Signal()
    removed = Signal()

    def __init__(self, path: str, condition: Condition, choices: Choices) -> None:
        super().__init__()
        self.setObjectName(path)
        role(self, "soft")
        self._path, self._choices = path, choices
        self._condition = condition
        rows = column(self, margins=(12, 10, 12, 10), gap=8)
        self._head = row()
        self._asked = combo(vocabulary.questions())
        self._asked.setObjectName(f"{path}:field")
        self._asked.setAccessibleName(_("What is asked"))
        self._asked.setCurrentIndex(self._asked.findData(str(condition.field)))
        self._asked.activated.connect(lambda _index: self._ask_other())
        self._head.addWidget(self._asked, 1)
        self._how = combo([])
        self._how.setObjectName(f"{path}:how")
        self._how.setAccessibleName(_("How it is compared"))
        self._how.setMinimumWidth(HOW_PX)
        self._how.activated.connect(lambda _index: self._compare_otherwise())
        self._head.addWidget(self._how)
        drop = button("✕", f"{path}:remove", self.removed.emit, role="quiet")
        drop.setAccessibleName(_("Remove the condition"))
        self._head.addWidget(drop)
        rows.addLayout(self._head)
        self._inner = column()
        rows.addLayout(self._inner)
        self._error = label("", "error", f"{path}:error", wrap=True)
        self._error.hide()
        rows.addWidget(self._error)
        self._offer()
        self._input = self._take_input()

    @property
    def condition(self) -> Condition:
        """As it is chosen now."""
        return Condition(self._condition.field, self._input.values(), self._condition.how)

    def refuse(self, words: str) -> None:
        """Say what is wrong with it; nothing is when `words` are empty."""
        self._error.setText(words)
        self._error.setVisible(bool(words))
        mark(self._asked, "wrong", bool(words))

    def _offer(self) -> None:
        self._how.clear()
        for value, words in vocabulary.comparisons(self._condition.field):
            self._how.addItem(words, str(value))
        index = self._how.findData(str(self._condition.how))
        self._how.setCurrentIndex(max(index, 0))

    def _ask_other(self) -> None:
        asked = Field(self._asked.currentData())
        if asked is not self._condition.field:
            how = Comparison(vocabulary.comparisons(asked)[0][0])
            values = ("yes",) if asked in vocabulary.YES_NO else _FIRST.get(asked, ())
            self._condition = Condition(asked, values, how)
            self._offer()
            self._exchange()

    def _compare_otherwise(self) -> None:
        how = Comparison(self._how.currentData())
        if how is not self._condition.how:
            self._condition = Condition(self._condition.field, self._input.values(), how)
            self._exchange()

    def _exchange(self) -> None:
        old = self._input
        self._inner.removeWidget(old)
        old.hide()
        old.deleteLater()
        self._input = self._take_input()
        self.changed.emit()

    def _take_input(self) -> ValueInput:
        made = input_for(f"{self._path}:value", self._condition, self._choices)
        made.changed.connect(self.changed)
        self._inner.addWidget(made)
        return made
