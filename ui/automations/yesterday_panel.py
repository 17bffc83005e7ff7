"""What a rule would have done on past days of this shop: who would have got what, and when."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from pos_app.automation.model import Rule
from pos_app.errors import OrderbellError
from ui.automations.acts import RuleActs
from ui.automations.past import (
    MADE_UP,
    Past,
    budget_words,
    change_words,
    month_words,
    other_words,
    sum_words,
    unsaid_words,
)
from ui.automations.playing import Playing
from ui.automations.said_list import SaidList
from ui.widgets.parts import button, column, empty, label, row
from ui.widgets.segmented import Segmented
from ui.words import _, told

PAUSE_MS = 600
_DAYS = {"1": 1, "7": 7, "30": 30, "made_up": MADE_UP}


class YesterdayPanel(QWidget):
    """Follows `look_at`; plays the days again when the rule has stood still for a moment."""

    def __init__(self, acts: RuleActs) -> None:
        super().__init__()
        self.setObjectName("past_days")
        self._acts = acts
        self._rule: Rule | None = None
        self._playing: Playing | None = None
        self._days = "1"
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._play)
        rows = column(self, gap=10)
        self._choices = [
            Segmented("past", [("1", _("Yesterday")), ("7", _("7 days")), ("30", _("30 days"))]),
            Segmented("past", [("made_up", _("A made-up day"))]),
        ]
        for choice in self._choices:
            choice.chosen.connect(self._choose)
            rows.addWidget(choice)
        self._mark()
        rows.addWidget(self._progress())
        self._found = column(gap=6)
        rows.addLayout(self._found)
        rows.addStretch(1)

    def _progress(self) -> QWidget:
        """How far a long run is, and a way to end it; in sight only while one runs."""
        self._running = QWidget()
        line = row(self._running, gap=10)
        self._bar = QProgressBar()
        self._bar.setObjectName("past_progress")
        self._bar.setAccessibleName(_("Playing the past days…"))
        line.addWidget(self._bar, 1)
        line.addWidget(button(_("Stop"), "past_stop", self._stop))
        self._running.hide()
        return self._running

    def look_at(self, rule: Rule, *, is_sound: bool) -> None:
        """The rule as it stands now; one that has faults is not played."""
        if is_sound and rule == self._rule:
            return
        self._rule = rule if is_sound else None
        if not is_sound:
            self._end()
            self._say(_("Something is still missing in the rule."))
        else:
            self._say(_("Playing the past days…"))
            self._pause.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: a long run would only take the shop's time."""
        super().hideEvent(event)
        if self._playing is not None:
            self._end()
            self._rule = None

    def _choose(self, days: str) -> None:
        self._days = days
        self._mark()
        self._play()

    def _mark(self) -> None:
        for choice in self._choices:
            choice.choose(self._days)

    def _play(self) -> None:
        rule = self._rule
        if rule is None:
            return
        self._end()
        playing = self._playing = self._acts.playing(self._show_progress)
        done, failed = partial(self._show_newest, playing), partial(self._fail, playing)
        self._acts.simulate(rule, _DAYS[self._days], playing, done, failed)

    def _show_progress(self, done: int, of: int) -> None:
        if self._playing is None or done >= of:
            return
        self._running.show()
        self._bar.setMaximum(of)
        self._bar.setValue(done)

    def _stop(self) -> None:
        self._end()
        self._say(_("Stopped. Choose the days again to play them."))

    def _end(self) -> None:
        """What runs is no longer waited for."""
        playing, self._playing = self._playing, None
        if playing is not None:
            playing.stop()
        self._running.hide()

    def _fail(self, playing: Playing, error: OrderbellError) -> None:
        if playing is self._playing:
            self._end()
            self._say(told(error).title)

    def _show_newest(self, playing: Playing, past: Past) -> None:
        """Only the answer to what was asked last."""
        if playing is not self._playing:
            return
        self._end()
        self._say(sum_words(past), name="past_sum", kind="strong")
        further = (
            (unsaid_words(past), "past_unsaid"),
            (change_words(past), "past_change"),
            (month_words(past), "past_month"),
            (budget_words(past), "past_budget"),
            (other_words(past), "past_other"),
        )
        for words, name in further:
            if words:
                self._found.addWidget(label(words, "second", name, wrap=True))
        if past.comparison.drafts.said:
            self._found.addWidget(SaidList(self._acts, past))
        elif not past.comparison.drafts.orders:
            words = _("Without past orders a made-up day shows what it would do.")
            self._found.addWidget(label(words, "second", "past_hint", wrap=True))

    def _say(self, words: str, *, name: str = "past_words", kind: str = "second") -> None:
        empty(self._found)
        self._found.addWidget(label(words, kind, name, wrap=True))
