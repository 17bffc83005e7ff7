"""Open orders to be answered one by one, or many with one tap."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from pos_app.config import Settings
from pos_app.desk.reading import Card
from ui.evening.answer_row import AnswerRow, answer_button
from ui.style import role
from ui.widgets.parts import button, column, empty, label, row, scroll
from ui.words import _


class AnswerList(QWidget):
    """`answers` are `(answer, words)`; `answered` is called with order ids and one answer."""

    def __init__(
        self,
        answers: list[tuple[str, str]],
        answered: Callable[[list[int], str], object],
        nothing: str,
    ) -> None:
        super().__init__()
        self._answers, self._answered = answers, answered
        self._rows: list[AnswerRow] = []
        layout = column(self, gap=10)
        layout.addWidget(self._bulk())
        self._nothing = label(nothing, "second", "answers_nothing", wrap=True)
        layout.addWidget(self._nothing)
        for part in (self._bar, self._nothing):
            # Until the orders have been read there is nothing to say of them.
            part.hide()
        content = QWidget()
        role(content, "ground")
        self._list = column(content)
        layout.addWidget(scroll(content), 1)

    def _bulk(self) -> QWidget:
        """The same answer for all that are ticked."""
        self._bar = QWidget()
        line = row(self._bar, margins=(0, 0, 10, 0), gap=10)
        line.addWidget(button(_("Tick all"), "tick_all", self._tick_all))
        self._count = label("", "second", "ticked")
        line.addWidget(self._count, 1)
        self._bulk_buttons = []
        for answer, text in self._answers:
            act = partial(self._answer_ticked, answer)
            made = answer_button(text, f"ticked:{answer}", act)
            self._bulk_buttons.append(made)
            line.addWidget(made)
        return self._bar

    def show_cards(self, cards: tuple[Card, ...], settings: Settings) -> None:
        if self._rows and [made.card for made in self._rows] == list(cards):
            # A row that stands still cannot slip away under a finger.
            return
        ticked = set(self._ticked())
        empty(self._list)
        self._rows = []
        for card in cards:
            made = AnswerRow(card, settings, self._answers, self._answered)
            made.tick.setChecked(card.order.id in ticked)
            made.tick.toggled.connect(lambda _on: self._show_ticked())
            self._rows.append(made)
            self._list.addWidget(made)
        self._list.addStretch(1)
        self._bar.setVisible(bool(cards))
        self._nothing.setVisible(not cards)
        self._show_ticked()

    def _ticked(self) -> list[int]:
        return [made.card.order.id for made in self._rows if made.tick.isChecked()]

    def _tick_all(self) -> None:
        every = len(self._ticked()) == len(self._rows)
        for made in self._rows:
            made.tick.setChecked(not every)

    def _show_ticked(self) -> None:
        count = len(self._ticked())
        self._count.setText(_("{count} ticked").format(count=count) if count else "")
        for made in self._bulk_buttons:
            made.setEnabled(bool(count))

    def _answer_ticked(self, answer: str) -> None:
        ids = self._ticked()
        if ids:
            self._answered(ids, answer)
