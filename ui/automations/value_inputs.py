"""What a condition compares with: chips to tick, a list to add from, numbers, times, words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from pos_app.automation.model import Comparison, Condition, Field
from pos_app.domain.money import decimals, parse_amount, symbol
from pos_app.errors import BadInput
from ui.automations.choices import Choices
from ui.automations.vocabulary import AMOUNTS, Options, word_of
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, empty, label, row
from ui.words import _, language

MOST_CHIPS = 8
NUMBER_PX = 130


class ValueInput(QWidget):
    """`values` are a condition's; `changed` when a person has changed them."""

    changed = Signal()

    def values(self) -> tuple[str, ...]:
        """What is chosen or typed now."""
        raise NotImplementedError


class Chips(ValueInput):
    """A few options: one chip each. `single`: exactly one of them."""

    def __init__(
        self, name: str, options: Options, chosen: Sequence[str], *, single: bool = False
    ) -> None:
        super().__init__()
        self._chosen = list(chosen)
        self._order = [str(value) for value, _words in options]
        self._single = single
        flow = FlowLayout(self)
        self._chips = {}
        for value, words in [*options, *_unknown(options, chosen)]:
            made = button(
                words, f"{name}:{value}", partial(self._toggle, str(value)), checkable=True
            )
            made.setChecked(value in chosen)
            self._chips[str(value)] = made
            flow.addWidget(made)

    def values(self) -> tuple[str, ...]:
        known = [value for value in self._order if value in self._chosen]
        return (*known, *(value for value in self._chosen if value not in self._order))

    def _toggle(self, value: str) -> None:
        if self._single:
            self._chosen = [value]
        elif value in self._chosen:
            self._chosen.remove(value)
        else:
            self._chosen.append(value)
        for key, made in self._chips.items():
            made.setChecked(key in self._chosen)
        self.changed.emit()


class Picked(ValueInput):
    """Many options: a list to add from, and a chip for each one that was; a touch takes it off."""

    def __init__(self, name: str, options: Options, chosen: Sequence[str]) -> None:
        super().__init__()
        self._name, self._options = name, options
        self._chosen = list(chosen)
        self._flow = FlowLayout(self)
        self._show()

    def values(self) -> tuple[str, ...]:
        return tuple(self._chosen)

    def _show(self) -> None:
        empty(self._flow)
        for value in self._chosen:
            words = word_of(self._options, value)
            made = button(f"{words}  ✕", f"{self._name}:{value}", partial(self._drop, value))
            made.setAccessibleName(_("Take off: {name}").format(name=words))
            self._flow.addWidget(made)
        box = QComboBox()
        box.setObjectName(f"{self._name}:add")
        box.setAccessibleName(_("Add…"))
        box.setMaxVisibleItems(12)
        box.addItem(_("Add…"), "")
        for value, words in self._options:
            if value not in self._chosen:
                box.addItem(words, str(value))
        box.activated.connect(lambda _index: self._add(str(box.currentData())))
        self._flow.addWidget(box)

    def _add(self, value: str) -> None:
        if value:
            self._chosen.append(value)
            self._show()
            self.changed.emit()

    def _drop(self, value: str) -> None:
        self._chosen.remove(value)
        self._show()
        self.changed.emit()


class Typed(ValueInput):
    """Free words, separated by commas."""

    def __init__(self, name: str, chosen: Sequence[str], hint: str) -> None:
        super().__init__()
        self._field = QLineEdit(", ".join(chosen))
        self._field.setObjectName(name)
        self._field.setPlaceholderText(hint)
        self._field.setAccessibleName(hint)
        self._field.textEdited.connect(lambda _text: self.changed.emit())
        row(self).addWidget(self._field)

    def values(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self._field.text().split(",") if part.strip())


class Amounts(ValueInput):
    """One number, or two; `currency` says that they are money, `hint` how they are written."""

    def __init__(
        self, name: str, chosen: Sequence[str], *, two: bool, currency: str = "", hint: str = ""
    ) -> None:
        super().__init__()
        self._currency = currency
        self._fields: list[QLineEdit] = []
        line = row(self)
        for place in range(2 if two else 1):
            field = QLineEdit(self._shown(chosen[place]) if place < len(chosen) else "")
            field.setObjectName(f"{name}:{place + 1}")
            field.setFixedWidth(NUMBER_PX)
            field.setPlaceholderText(hint)
            field.setAccessibleName(_("Value") if not place else _("Value, until"))
            field.textEdited.connect(lambda _text: self.changed.emit())
            if place:
                line.addWidget(label(_("and"), "second"))
            line.addWidget(field)
            self._fields.append(field)
        if currency:
            line.addWidget(label(symbol(currency, language()), "second"))
        line.addStretch(1)

    def values(self) -> tuple[str, ...]:
        return tuple(self._read(field.text().strip()) for field in self._fields)

    def _shown(self, value: str) -> str:
        if not self._currency or not value.lstrip("-").isdigit():
            return value
        places = decimals(self._currency)
        whole, rest = divmod(int(value), 10**places)
        return f"{whole}.{rest:0{places}d}" if rest else str(whole)

    def _read(self, text: str) -> str:
        if not self._currency:
            return text
        try:
            return str(parse_amount(text.replace(",", "."), self._currency, "values"))
        except BadInput:
            # What is wrong is told by who checks the rule.
            return text


def input_for(name: str, condition: Condition, choices: Choices) -> ValueInput:
    """The input that fits the question and the comparison of `condition`."""
    asked, chosen = condition.field, condition.values
    two = condition.how is Comparison.BETWEEN
    if asked is Field.TIME:
        return Amounts(name, chosen, two=two, hint="18:00")
    if asked in AMOUNTS:
        currency = choices.currency if asked is Field.VALUE else ""
        return Amounts(name, chosen, two=two, currency=currency)
    options = choices.of.get(asked)
    if options is None:
        return Typed(name, chosen, _("Words, separated by commas"))
    if len(options) > MOST_CHIPS:
        return Picked(name, options, chosen)
    is_yes_no = [value for value, _words in options] == ["yes", "no"]
    return Chips(name, options, chosen, single=is_yes_no)


def _unknown(options: Options, chosen: Sequence[str]) -> Options:
    known = {value for value, _words in options}
    return [(value, value) for value in chosen if value not in known]
