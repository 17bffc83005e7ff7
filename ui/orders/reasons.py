"""Why a text did or did not go out: each rule, what its conditions found, what its steps did."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget

from pos_app.automation import sentences
from pos_app.clock import local
from pos_app.desk.explaining import Explained
from pos_app.desk.setup import Setup
from ui.orders.reason_words import result_words, step_words
from ui.rule_words import answer_words, names, rule_name, texts
from ui.widgets.parts import button, column, empty, frame, label
from ui.words import _


class Reasons(QWidget):
    """Shut until somebody asks; open it stays open while orders are looked through."""

    def __init__(self) -> None:
        super().__init__()
        rows = column(self, gap=8)
        self._ask = button(
            _("Why did a text go out, or not?"), "reasons_open", self._toggle, checkable=True
        )
        rows.addWidget(self._ask)
        self._list = QWidget()
        self._cards = column(self._list, gap=8)
        rows.addWidget(self._list)
        self._list.hide()

    def show_order(self, explained: Sequence[Explained], setup: Setup) -> None:
        """Everything that rules have made of the events of one order."""
        empty(self._cards)
        if not explained:
            words = _("No rule has looked at this order. Rules are under Auto-messages.")
            self._cards.addWidget(label(words, "second", "reasons_none", wrap=True))
        for place, one in enumerate(explained, start=1):
            self._cards.addWidget(_card(one, setup, f"reason:{place}"))

    def _toggle(self) -> None:
        self._list.setVisible(self._ask.isChecked())


def _card(one: Explained, setup: Setup, name: str) -> QFrame:
    made = frame("soft", name)
    lines = column(made, margins=(12, 8, 12, 10), gap=4)
    zone, named = setup.settings.shop.zone, names(setup)
    at = f"{local(one.at, zone):%H:%M:%S}"
    rule = one.rule
    title = rule_name(rule) if rule is not None else _("A rule that cannot be read any more")
    said = f"{at}   {title}: {result_words(one, zone)}"
    lines.addWidget(label(said, "strong", f"{name}:result", wrap=True))
    if rule is None:
        return made
    lines.addWidget(label(sentences.trigger(rule.trigger, texts()), "small", wrap=True))
    for place, answer in enumerate(one.answers, start=1):
        kind = "good" if answer.holds else "error"
        words = answer_words(answer, named)
        lines.addWidget(label(words, kind, f"{name}:condition:{place}", wrap=True))
    for place, step in enumerate(one.steps, start=1):
        words = f"{place}. {step_words(step, named)}"
        lines.addWidget(label(words, "", f"{name}:step:{place}", wrap=True))
    return made
