"""What a rule said before: every version, by whom and when, and how one comes back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.automation.model import Rule
from pos_app.automation.sentences import sentence
from pos_app.desk.rules_desk import PastVersion
from pos_app.desk.setup import Setup
from pos_app.language import Texts
from ui.automations.acts import RuleActs
from ui.automations.choices import Choices
from ui.order_words import day_and_time
from ui.staff_words import who_did
from ui.widgets.parts import button, column, empty, frame, label
from ui.words import _, language


class HistoryPanel(QWidget):
    """`back_wanted` carries the rule as it was in the version that is to be the newest."""

    back_wanted = Signal(object)

    def __init__(self, acts: RuleActs) -> None:
        super().__init__()
        self.setObjectName("history")
        self._acts = acts
        rows = column(self, gap=10)
        self._list = column(gap=10)
        rows.addLayout(self._list)
        rows.addStretch(1)

    def look_at(self, rule: Rule, setup: Setup, choices: Choices) -> None:
        """Read the versions of `rule`; one that was never saved has none."""
        self._acts.read_history(rule, partial(self._show, setup, choices))

    def _show(self, setup: Setup, choices: Choices, versions: list[PastVersion]) -> None:
        empty(self._list)
        if not versions:
            self._list.addWidget(label(_("It was never saved."), "second", wrap=True))
        for place, one in enumerate(versions):
            self._list.addWidget(self._card(one, setup, choices, is_newest=not place))

    def _card(
        self, one: PastVersion, setup: Setup, choices: Choices, *, is_newest: bool
    ) -> QWidget:
        made = frame("soft", f"version:{one.version}")
        lines = column(made, margins=(12, 10, 12, 10), gap=6)
        parts = (
            _("Version {count}").format(count=one.version),
            day_and_time(one.made_at, setup.settings),
            who_did(one.staff_id, setup.staff),
        )
        lines.addWidget(label(" · ".join(part for part in parts if part), "strong", wrap=True))
        said = sentence(one.rule, Texts(language()), choices.names)
        lines.addWidget(label(said, "", f"version_says:{one.version}", wrap=True))
        if is_newest:
            lines.addWidget(label(_("This is how it is now."), "small", wrap=True))
        else:
            back = partial(self.back_wanted.emit, one.rule)
            lines.addWidget(button(_("Bring back"), f"version_back:{one.version}", back))
        return made
