"""What a rule does, step by step: add, move, remove."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from pos_app.automation.model import Step
from ui.automations import vocabulary
from ui.automations.choices import Choices
from ui.automations.step_forms import form_of, new_step, sort_of
from ui.style import role
from ui.widgets.choosing import combo
from ui.widgets.parts import button, column, empty, label, row
from ui.words import _


class StepsBox(QWidget):
    """`steps` as they stand now; `step:1` is the first one's name."""

    changed = Signal()

    def __init__(self, steps: tuple[Step, ...], choices: Choices) -> None:
        super().__init__()
        self._choices = choices
        self._cards: list[_StepCard] = []
        rows = column(self, gap=10)
        self._list = column(gap=10)
        rows.addLayout(self._list)
        self._more = combo([("", _("Add a step…")), *vocabulary.steps()])
        self._more.setObjectName("step_add")
        self._more.setAccessibleName(_("Add a step…"))
        self._more.activated.connect(lambda _index: self._add(str(self._more.currentData())))
        rows.addWidget(self._more)
        self._error = label("", "error", "steps:error", wrap=True)
        self._error.hide()
        rows.addWidget(self._error)
        self._show(steps)

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(card.form.step for card in self._cards)

    def refuse(self, place: int | None, words: str) -> None:
        """Say what is wrong with the step at `place` (from 0), or with all of them together."""
        if place is not None and place < len(self._cards):
            self._cards[place].refuse(words)
        else:
            self._error.setText(words)
            self._error.setVisible(bool(words))

    def accept(self) -> None:
        """Nothing is wrong any more."""
        for card in self._cards:
            card.refuse("")
        self._error.hide()

    def _show(self, steps: tuple[Step, ...]) -> None:
        empty(self._list)
        self._cards = []
        for place, step in enumerate(steps):
            card = _StepCard(place, len(steps), step, self._choices)
            card.form.changed.connect(self.changed)
            card.moved.connect(partial(self._move, place))
            card.removed.connect(partial(self._drop, place))
            self._cards.append(card)
            self._list.addWidget(card)

    def _add(self, sort: str) -> None:
        self._more.setCurrentIndex(0)
        if sort:
            self._put((*self.steps, new_step(sort)))

    def _move(self, place: int, by: int) -> None:
        steps = list(self.steps)
        steps.insert(place + by, steps.pop(place))
        self._put(tuple(steps))

    def _drop(self, place: int) -> None:
        self._put(self.steps[:place] + self.steps[place + 1 :])

    def _put(self, steps: tuple[Step, ...]) -> None:
        self._show(steps)
        self.changed.emit()


class _StepCard(QFrame):
    """One step with its number, its form, and how it is moved."""

    moved = Signal(int)
    removed = Signal()

    def __init__(self, place: int, count: int, step: Step, choices: Choices) -> None:
        super().__init__()
        name = f"step:{place + 1}"
        self.setObjectName(name)
        role(self, "soft")
        rows = column(self, margins=(12, 10, 12, 12), gap=8)
        head = row()
        words = vocabulary.word_of(vocabulary.steps(), sort_of(step))
        head.addWidget(label(f"{place + 1}. {words}", "strong", wrap=True), 1)
        for text, by, said in (("↑", -1, _("Earlier")), ("↓", 1, _("Later"))):
            made = button(text, f"{name}:{'up' if by < 0 else 'down'}", role="quiet")
            made.clicked.connect(lambda *_args, by=by: self.moved.emit(by))
            made.setAccessibleName(f"{words}: {said}")
            made.setEnabled(0 <= place + by < count)
            head.addWidget(made)
        drop = button("✕", f"{name}:remove", self.removed.emit, role="quiet")
        drop.setAccessibleName(_("Remove the step"))
        head.addWidget(drop)
        rows.addLayout(head)
        self.form = form_of(name, step, choices)
        rows.addWidget(self.form)
        self._error = label("", "error", f"{name}:error", wrap=True)
        self._error.hide()
        rows.addWidget(self._error)

    def refuse(self, words: str) -> None:
        self._error.setText(words)
        self._error.setVisible(bool(words))
