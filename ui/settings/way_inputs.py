"""The input of one field of a way out: made by how it is asked for, filled and read back.

An answer is what stands in the setup's document. An empty one is None, so that what the kind
has as its default counts.
"""

from __future__ import annotations

import re
from typing import Any, Protocol

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from pos_app.domain.way_forms import Ask, AskedField
from ui.settings.approved_list import ApprovedList
from ui.settings.way_field_words import FieldWords, option_word
from ui.widgets.segmented import Segmented
from ui.widgets.tick import Tick

LINES_PX = 108


class Input(Protocol):
    """`widget` stands in the form; `is_titled` says that the form writes the title above it.

    `tick` is the box to tick, of inputs that are one.
    """

    widget: QWidget
    is_titled: bool
    tick: Tick | None

    def show(self, value: Any) -> None:
        """Fill it with what a setup has."""
        ...

    def answer(self) -> Any: ...


def input_of(asked: AskedField, words: FieldWords, name: str) -> Input:
    """`name` is the object name of what is touched in it."""
    if asked.ask is Ask.TICK:
        return _TickInput(words.title, name)
    if asked.ask is Ask.CHOICE:
        return _ChoiceInput(asked, name)
    if asked.ask is Ask.APPROVED:
        return _ApprovedInput(name)
    if asked.ask is Ask.PAIRS:
        return _PairsInput(words.example)
    if asked.ask is Ask.LINES:
        return _LinesInput(words.example)
    if asked.ask is Ask.CODES:
        return _CodesInput(words.example)
    return _LineInput(words.example)


class _Titled:
    """What most inputs have in common."""

    is_titled = True
    tick: Tick | None = None
    widget: QWidget


class _LineInput(_Titled):
    def __init__(self, example: str) -> None:
        self.line = QLineEdit()
        self.line.setPlaceholderText(example)
        self.widget = self.line

    def show(self, value: Any) -> None:
        self.line.setText(str(value))

    def answer(self) -> Any:
        return self.line.text().strip() or None


class _CodesInput(_LineInput):
    """Whole numbers with commas between them; anything else is left to who checks the setup."""

    def show(self, value: Any) -> None:
        self.line.setText(", ".join(map(str, value)))

    def answer(self) -> Any:
        return [part for part in re.split(r"[\s,;]+", self.line.text()) if part] or None


class _LinesInput(_Titled):
    def __init__(self, example: str) -> None:
        self.lines = QPlainTextEdit()
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(LINES_PX)
        self.lines.setPlaceholderText(example)
        self.widget = self.lines

    def show(self, value: Any) -> None:
        self.lines.setPlainText(str(value))

    def answer(self) -> Any:
        return self.lines.toPlainText().strip() or None


class _PairsInput(_LinesInput):
    """One pair on each line, with a colon between name and value."""

    def show(self, value: Any) -> None:
        self.lines.setPlainText("\n".join(f"{name}: {said}" for name, said in value))

    def answer(self) -> Any:
        written = [line.strip() for line in self.lines.toPlainText().splitlines()]
        pairs = [line.partition(":") for line in written if line]
        return [[name.strip(), said.strip()] for name, _colon, said in pairs] or None


class _TickInput:
    is_titled = False

    def __init__(self, title: str, name: str) -> None:
        self._box = Tick(title, name)
        self.tick: Tick | None = self._box
        self.widget: QWidget = self._box

    def show(self, value: Any) -> None:
        self._box.setChecked(bool(value))

    def answer(self) -> Any:
        return self._box.isChecked()


class _ChoiceInput(_Titled):
    def __init__(self, asked: AskedField, name: str) -> None:
        options = [(option, option_word(asked.name, option)) for option in asked.options]
        self._segments = Segmented(name, options)
        self._segments.chosen.connect(self.show)
        self._chosen = ""
        self.widget = self._segments
        self.show(asked.default)

    def show(self, value: Any) -> None:
        self._chosen = str(value)
        self._segments.choose(self._chosen)

    def answer(self) -> Any:
        return self._chosen


class _ApprovedInput(_Titled):
    def __init__(self, name: str) -> None:
        self._list = ApprovedList(name)
        self.widget = self._list

    def show(self, value: Any) -> None:
        self._list.show_texts(value)

    def answer(self) -> Any:
        return self._list.texts()
