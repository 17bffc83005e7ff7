"""What a rule would have done on past days of this shop: who would have got what, and when."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from pos_app.automation.model import Rule
from ui.automations.acts import RuleActs
from ui.automations.past import Past, line_words, other_words, sum_words
from ui.widgets.parts import column, empty, label
from ui.widgets.segmented import Segmented
from ui.words import _, told

PAUSE_MS = 600
MOST_LINES = 40
_DAYS = {"1": 1, "7": 7, "30": 30}


class YesterdayPanel(QWidget):
    """Follows `look_at`; plays the days again when the rule has stood still for a moment."""

    def __init__(self, acts: RuleActs) -> None:
        super().__init__()
        self.setObjectName("past_days")
        self._acts = acts
        self._rule: Rule | None = None
        self._asked: object = None
        self._days = "1"
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._play)
        rows = column(self, gap=10)
        self._choice = Segmented(
            "past", [("1", _("Yesterday")), ("7", _("7 days")), ("30", _("30 days"))]
        )
        self._choice.chosen.connect(self._choose)
        self._choice.choose(self._days)
        rows.addWidget(self._choice)
        self._found = column(gap=6)
        rows.addLayout(self._found)
        rows.addStretch(1)

    def look_at(self, rule: Rule, *, is_sound: bool) -> None:
        """The rule as it stands now; one that has faults is not played."""
        if is_sound and rule == self._rule:
            return
        self._rule = rule if is_sound else None
        if not is_sound:
            self._say(_("Something is still missing in the rule."))
        else:
            self._say(_("Playing the past days…"))
            self._pause.start()

    def _choose(self, days: str) -> None:
        self._days = days
        self._choice.choose(days)
        self._play()

    def _play(self) -> None:
        rule = self._rule
        if rule is None:
            return
        asked = self._asked = object()
        shown = partial(self._show_newest, asked)
        self._acts.simulate(rule, _DAYS[self._days], shown, lambda e: self._say(told(e).title))

    def _show_newest(self, asked: object, past: Past) -> None:
        """Only the answer to what was asked last."""
        if asked is not self._asked:
            return
        self._say(sum_words(past), name="past_sum", kind="strong")
        other = other_words(past)
        if other:
            self._found.addWidget(label(other, "second", "past_other", wrap=True))
        lines = line_words(past)
        for place, said in enumerate(lines[:MOST_LINES], start=1):
            self._found.addWidget(label(said, "", f"past_line:{place}", wrap=True))
        if len(lines) > MOST_LINES:
            more = _("and {count} more").format(count=len(lines) - MOST_LINES)
            self._found.addWidget(label(more, "small"))

    def _say(self, words: str, *, name: str = "past_words", kind: str = "second") -> None:
        empty(self._found)
        self._found.addWidget(label(words, kind, name, wrap=True))
