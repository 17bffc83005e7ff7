"""One rule being written: built by choosing, told as a sentence, checked as it grows."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pos_app.automation.checking import Part, Problem, problems
from pos_app.automation.known import Known
from pos_app.automation.model import On, Rule, Trigger
from pos_app.automation.sentences import sentence
from pos_app.language import Texts
from ui.automations.choices import Choices
from ui.automations.group_box import GroupBox
from ui.automations.options_form import OptionsForm
from ui.automations.steps_box import StepsBox
from ui.automations.trigger_form import TriggerForm
from ui.rule_words import rule_name
from ui.widgets.field import Field
from ui.widgets.parts import button, column, frame, label, row, scroll
from ui.words import _, language, sentences, told

LONGEST_NAME = 80


class Editor(QWidget):
    """Shows a rule and gives it back; what it becomes is up to who hears `save_wanted`."""

    changed = Signal()
    save_wanted = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("editor")
        self._rule = Rule("", "", Trigger(On.PLACED), ())
        self._shown_name = ""
        self._known, self._choices = Known(), Choices({})
        rows = column(self, gap=12)
        rows.addWidget(self._head())
        self._content = QWidget()
        self._cards = column(self._content, gap=12)
        self._area = scroll(self._content)
        rows.addWidget(self._area, 1)

    def open(self, rule: Rule, known: Known, choices: Choices) -> None:
        """Begin with `rule`."""
        self._rule, self._known, self._choices = rule, known, choices
        self._content = QWidget()
        self._cards = column(self._content, gap=12)
        self._fill(rule)
        # Which lets go of the widget before it.
        self._area.setWidget(self._content)
        self._told = False
        self._tell()

    @property
    def rule(self) -> Rule:
        """As it is chosen now."""
        return msgspec.structs.replace(
            self._rule,
            name=self._name(),
            trigger=self.trigger.trigger,
            when=self.conditions.group,
            steps=self.steps.steps,
            options=self.options.options,
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        return problems(self.rule, self._known)

    def _name(self) -> str:
        typed = self.name.text().strip()
        return self._rule.name if typed == self._shown_name else typed

    def _head(self) -> QFrame:
        made = frame("card", "editor_head")
        rows = column(made, margins=(16, 10, 16, 12), gap=8)
        line = row()
        line.addWidget(button(_("‹ All rules"), "editor_back", self.left.emit, role="quiet"))
        line.addStretch(1)
        self._save = button(_("Save"), "editor_save", self._ask_to_save, role="act")
        line.addWidget(self._save)
        rows.addLayout(line)
        self.sentence = label("", "heading", "rule_sentence", wrap=True)
        rows.addWidget(self.sentence)
        self._wrong = label("", "error", "rule_problems", wrap=True)
        self._wrong.hide()
        rows.addWidget(self._wrong)
        return made

    def _fill(self, rule: Rule) -> None:
        # A ready rule is called in the screens' language; its own name stays until somebody types.
        self._shown_name = rule_name(rule)
        self.name = QLineEdit(self._shown_name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.textEdited.connect(lambda _text: self._news())
        self._name_field = Field(_("Name of the rule"), self.name, "rule_name")
        self.trigger = TriggerForm(rule.trigger)
        self.conditions = GroupBox("conditions", rule.when, self._choices)
        self.steps = StepsBox(rule.steps, self._choices)
        self.options = OptionsForm(rule.options)
        for part in (self.trigger, self.conditions, self.steps, self.options):
            part.changed.connect(self._news)
        parts: tuple[tuple[str, QWidget], ...] = (
            ("", self._name_field),
            (_("When"), self.trigger),
            (_("Only if"), self.conditions),
            (_("Then"), self.steps),
            (_("How often, and when not"), self.options),
        )
        for title, inner in parts:
            card = frame("card")
            lines = column(card, margins=(16, 14, 16, 16), gap=10)
            if title:
                lines.addWidget(label(title, "heading"))
            lines.addWidget(inner)
            self._cards.addWidget(card)
        self._cards.addStretch(1)

    def _news(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """The sentence as it reads now; what is wrong, once somebody wanted to save it."""
        rule = self.rule
        found = problems(rule, self._known)
        texts = Texts(language())
        self.sentence.setText(sentence(rule, texts, self._choices.names))
        self._show_problems(found if self._told else ())
        self._save.setEnabled(not (self._told and found))

    def _ask_to_save(self) -> None:
        self._told = True
        self._tell()
        if not self.problems:
            self.save_wanted.emit(self.rule)

    def _show_problems(self, found: Iterable[Problem]) -> None:
        """Each at its field; the first ones above as well."""
        found = tuple(found)
        said = [problem_words(problem) for problem in found]
        self._wrong.setText("\n".join(said[:3]))
        self._wrong.setVisible(bool(said))
        at: dict[tuple[Part, int], str] = {}
        for problem, words in zip(found, said, strict=True):
            at.setdefault((problem.place.part, problem.place.no), words)
        self._name_field.refuse(at.get((Part.NAME, 0), ""))
        self.trigger.refuse(at.get((Part.TRIGGER, 0), ""))
        self.conditions.refuse(at.get((Part.CONDITIONS, 0), ""))
        for no, condition in enumerate(self.conditions.rows(), start=1):
            condition.refuse(at.get((Part.CONDITION, no), ""))
        self.steps.accept()
        for (part, no), words in at.items():
            if part in (Part.STEP, Part.STEPS):
                self.steps.refuse(no - 1 if part is Part.STEP else None, words)
        self.options.refuse(at.get((Part.OPTIONS, 0), ""))


def problem_words(problem: Problem) -> str:
    """`Condition 2 of 3: there is no such status. Choose another.`"""
    words = told(problem.error)
    place = problem.place.words(Texts(language()))
    said = sentences(words.title, words.message, words.hint)
    return f"{place[:1].upper()}{place[1:]}: {said}"
