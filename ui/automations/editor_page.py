"""The editor, and beside it what helps to get a rule right: a trial, yesterday, what it was."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.automation.model import Rule
from pos_app.desk.rule_saving import known_of
from pos_app.desk.setup import Setup
from ui.automations.acts import RuleActs
from ui.automations.choices import Choices, choices
from ui.automations.editor import Editor
from ui.automations.history_panel import HistoryPanel
from ui.automations.trial_panel import TrialPanel
from ui.automations.yesterday_panel import YesterdayPanel
from ui.unfinished import Unfinished
from ui.widgets.parts import button, column, frame, label, row, scroll
from ui.widgets.segmented import Segmented
from ui.words import _

SIDE_PX = 420
TRIAL, YESTERDAY, HISTORY = "trial", "yesterday", "history"


class EditorPage(QWidget):
    """`left` when somebody goes back to the list; until then `unfinished` has the rule."""

    left = Signal()

    def __init__(self, acts: RuleActs, setup: Setup, unfinished: Unfinished) -> None:
        super().__init__()
        self._acts, self._setup, self._unfinished = acts, setup, unfinished
        self._choices: Choices = choices(setup)
        self._stored: Rule | None = None
        self.editor = Editor()
        self.editor.left.connect(self.left)
        self.editor.changed.connect(self._follow)
        self.editor.save_wanted.connect(self._save)
        self.trial = TrialPanel(acts)
        self.yesterday = YesterdayPanel(acts)
        self.history = HistoryPanel(acts)
        self.history.back_wanted.connect(self._bring_back)
        layout = row(self, gap=16)
        layout.addWidget(self.editor, 1)
        layout.addWidget(self._side())

    def show_setup(self, setup: Setup) -> None:
        """What can be chosen is read anew with the next rule: a finger may be on it now."""
        self._setup = setup

    def open(self, rule: Rule) -> None:
        """Begin to change `rule`, or a new one; or go on with one that is half written."""
        self._choices = choices(self._setup)
        known_rule = self._acts.known(rule.id)
        self._stored = known_rule.rule if known_rule is not None else None
        self.editor.open(rule, known_of(self._setup), self._choices)
        self.trial.begin(self._choices)
        self._delete.setVisible(self._stored is not None)
        self._drop_question()
        self._show_part(TRIAL)

    def let_go(self) -> None:
        """Somebody is done with the rule, saved or not."""
        # Not with one that was begun meanwhile on the screens that came after these.
        if self._unfinished.rule == self.editor.rule:
            self._unfinished.rule = None

    def _side(self) -> QWidget:
        made = frame("card", "editor_side")
        made.setFixedWidth(SIDE_PX)
        rows = column(made, margins=(14, 14, 14, 14), gap=12)
        self._parts = Segmented(
            "side",
            [(TRIAL, _("Try it")), (YESTERDAY, _("Past days")), (HISTORY, _("History"))],
        )
        self._parts.chosen.connect(self._show_part)
        rows.addWidget(self._parts)
        self._stack = QStackedWidget()
        self._pages = {
            TRIAL: scroll(self.trial),
            YESTERDAY: scroll(self.yesterday),
            HISTORY: scroll(self.history),
        }
        for page in self._pages.values():
            self._stack.addWidget(page)
        rows.addWidget(self._stack, 1)
        self._delete = button(
            _("Delete the rule…"), "rule_delete", self._ask_to_delete, role="danger"
        )
        rows.addWidget(self._delete)
        self._sure = frame("soft", "delete_question")
        inner = column(self._sure, margins=(12, 10, 12, 10))
        words = _("It will say nothing any more. What it has said stays in the orders.")
        inner.addWidget(label(words, "second", wrap=True))
        line = row()
        line.addWidget(button(_("Delete it"), "delete_yes", self._delete_it, role="danger"))
        line.addWidget(button(_("Keep it"), "delete_no", self._drop_question))
        inner.addLayout(line)
        rows.addWidget(self._sure)
        return made

    def _show_part(self, part: str) -> None:
        self._parts.choose(part)
        self._stack.setCurrentWidget(self._pages[part])
        self._follow()

    def _follow(self) -> None:
        """What is written is kept; only what is in sight is worked out again."""
        shown = self._stack.currentWidget()
        rule, is_sound = self.editor.rule, not self.editor.problems
        self._unfinished.rule = rule
        if shown is self._pages[TRIAL]:
            self.trial.look_at(rule, is_sound=is_sound)
        elif shown is self._pages[YESTERDAY]:
            self.yesterday.look_at(rule, is_sound=is_sound)
        elif self._stored is not None:
            self.history.look_at(self._stored, self._setup, self._choices)
        else:
            self.history.look_at(rule, self._setup, self._choices)

    def _save(self, rule: Rule) -> None:
        known_rule = self._acts.known(rule.id)
        is_on = known_rule.on if known_rule is not None else False
        self._acts.store(rule, on=is_on, done=lambda _saved: self.left.emit())

    def _bring_back(self, rule: Rule) -> None:
        known_rule = self._acts.known(rule.id)
        is_on = known_rule.on if known_rule is not None else False
        self._acts.store(rule, on=is_on, done=self._stored_again)

    def _stored_again(self, rule: Rule) -> None:
        self.open(rule)
        self._stored = rule
        self._show_part(HISTORY)

    def _ask_to_delete(self) -> None:
        self._delete.hide()
        self._sure.show()

    def _drop_question(self) -> None:
        self._sure.hide()
        self._delete.setVisible(self._stored is not None)

    def _delete_it(self) -> None:
        if self._stored is not None:
            self._acts.delete(self._stored, self.left.emit)
