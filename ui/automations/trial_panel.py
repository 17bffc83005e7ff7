"""The rule that is being written, tried on a real order: what is found, what would be said."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from pos_app.automation import sentences
from pos_app.automation.model import Rule, Send
from pos_app.clock import local
from pos_app.desk.reading import Card
from pos_app.desk.rule_trial import Planned, Trial
from pos_app.errors import OrderbellError
from pos_app.language import Texts
from ui.automations.acts import RuleActs
from ui.automations.choices import Choices
from ui.order_words import order_summary
from ui.rule_words import answer_words
from ui.widgets.choosing import combo
from ui.widgets.field import Field
from ui.widgets.parts import column, empty, frame, label
from ui.words import _, language, ngettext, quoted, told

PAUSE_MS = 300


class TrialPanel(QWidget):
    """Follows `look_at`; reads at most once per pause, whatever is typed meanwhile."""

    order_chosen = Signal()

    def __init__(self, acts: RuleActs) -> None:
        super().__init__()
        self.setObjectName("trial")
        self._acts = acts
        self._rule: Rule | None = None
        self._choices = Choices({})
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._try)
        rows = column(self, gap=10)
        self._orders = combo([])
        self._orders.activated.connect(lambda _index: self._try())
        rows.addWidget(Field(_("If it happened now with"), self._orders, "trial_order"))
        self._found = column(gap=8)
        rows.addLayout(self._found)
        rows.addStretch(1)

    def begin(self, choices: Choices) -> None:
        """Another rule is open: offer the last orders."""
        self._choices = choices
        self._acts.read_orders(self._offer)

    def look_at(self, rule: Rule, *, is_sound: bool) -> None:
        """The rule as it stands now; one that has faults is not tried."""
        self._rule = rule if is_sound else None
        self._pause.start()

    def _offer(self, cards: list[Card]) -> None:
        chosen = self._orders.currentData()
        self._orders.clear()
        for card in cards:
            self._orders.addItem(order_summary(card.order), card.order.id)
        self._orders.setCurrentIndex(max(0, self._orders.findData(chosen)))
        self._orders.setEnabled(bool(cards))
        self._try()

    def _try(self) -> None:
        order_id = self._orders.currentData()
        if order_id is None:
            self._say(_("No order yet to try it on."))
        elif self._rule is None:
            self._say(_("Something is still missing in the rule."))
        else:
            self._acts.try_on(self._rule, int(order_id), self._show, self._fail)

    def _fail(self, error: OrderbellError) -> None:
        self._say(told(error).title)

    def _say(self, words: str) -> None:
        empty(self._found)
        self._found.addWidget(label(words, "second", "trial_words", wrap=True))

    def _show(self, trial: Trial) -> None:
        empty(self._found)
        texts = Texts(language())
        if trial.answers:
            self._found.addWidget(label(_("Conditions"), "label"))
        for no, answer in enumerate(trial.answers, start=1):
            words = answer_words(answer, self._choices.names)
            made = label(words, "good" if answer.holds else "error", f"trial:{no}", wrap=True)
            self._found.addWidget(made)
        verdict = _("It would speak.") if trial.holds else _("It would say nothing.")
        self._found.addWidget(label(verdict, "strong", "trial_verdict", wrap=True))
        if not trial.holds and trial.planned:
            self._found.addWidget(label(_("If the conditions held:"), "second", wrap=True))
        for place, planned in enumerate(trial.planned, start=1):
            self._found.addWidget(self._step(place, planned, texts))

    def _step(self, place: int, planned: Planned, texts: Texts) -> QWidget:
        made = frame("soft")
        lines = column(made, margins=(12, 8, 12, 8), gap=4)
        at = f"{local(planned.at, self._choices.zone):%H:%M:%S}"
        said = sentences.step(planned.step, texts, self._choices.names)
        lines.addWidget(label(f"{at}   {said}", "", f"trial_step:{place}", wrap=True))
        if isinstance(planned.step, Send):
            text = quoted(planned.text) or _("There are no words for this text yet.")
            lines.addWidget(label(text, "second", f"trial_text:{place}", wrap=True))
        if planned.parts:
            parts = ngettext("{count} SMS", "{count} SMS", planned.parts)
            lines.addWidget(label(parts.format(count=planned.parts), "small"))
        return made
