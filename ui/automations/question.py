"""Asked on the screen before a rule is switched: what it would have done yesterday."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from ui.style import role
from ui.widgets.parts import button, column, empty, label, row
from ui.words import _

MOST_LINES = 6


class Question(QFrame):
    """Stands beneath the rule that it asks about; `answered` with yes, or `left`."""

    answered = Signal()
    left = Signal()

    def __init__(self, name: str, *, on: bool) -> None:
        super().__init__()
        self.setObjectName("switch_question")
        role(self, "soft")
        rows = column(self, margins=(14, 12, 14, 12), gap=8)
        asked = _("Switch on “{name}”?") if on else _("Switch off “{name}”?")
        rows.addWidget(label(asked.format(name=name), "strong", "switch_asked", wrap=True))
        self._lines = column(gap=4)
        rows.addLayout(self._lines)
        line = row()
        yes = _("Switch on") if on else _("Switch off")
        line.addWidget(button(yes, "switch_yes", self.answered.emit, role="act"))
        stays = _("Leave it off") if on else _("Leave it on")
        line.addWidget(button(stays, "switch_no", self.left.emit))
        line.addStretch(1)
        rows.addLayout(line)
        self.show_lines(_("Looking at yesterday…"), ())

    def show_lines(self, title: str, lines: Sequence[str]) -> None:
        """What it would have done: a sum, and the first ones of it."""
        empty(self._lines)
        self._lines.addWidget(label(title, "second", "switch_sum", wrap=True))
        for place, said in enumerate(lines[:MOST_LINES], start=1):
            self._lines.addWidget(label(said, "", f"switch_line:{place}", wrap=True))
        if len(lines) > MOST_LINES:
            more = _("and {count} more").format(count=len(lines) - MOST_LINES)
            self._lines.addWidget(label(more, "small"))
