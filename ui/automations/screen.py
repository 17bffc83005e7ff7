"""Auto-messages: plain switches first; behind them every rule, the editor, and the texts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos_app.automation.model import On, Rule, Trigger
from pos_app.bootstrap import Shop
from pos_app.desk.rules_desk import KnownRule
from pos_app.desk.setup import Setup
from pos_app.errors import OrderbellError
from ui.automations.acts import RuleActs
from ui.automations.choices import choices
from ui.automations.editor_page import EditorPage
from ui.automations.exchange import Exchange
from ui.automations.past import Past, change_words, line_words, sum_words
from ui.automations.playing import Playing
from ui.automations.question import Question
from ui.automations.rule_list import RuleList
from ui.automations.switches import Switches
from ui.automations.text_acts import TextActs
from ui.automations.texts_page import TextsPage
from ui.background import Background
from ui.notices import Notices
from ui.rule_words import rule_name
from ui.style import sheet
from ui.unfinished import Unfinished
from ui.widgets.parts import button, column, label, row, scroll
from ui.widgets.segmented import Segmented
from ui.words import _, sentences, told

PLAIN, ALL, TEXTS = "plain", "all", "texts"
PLACED = "accepted"


class AutomationsScreen(QWidget):
    """Reads the rules each time that it is looked at, and when they change."""

    def __init__(
        self,
        shop: Shop,
        setup: Setup,
        background: Background,
        notices: Notices,
        unfinished: Unfinished,
    ) -> None:
        super().__init__()
        self.setObjectName("automations")
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setStyleSheet(sheet("light"))
        self._setup, self._unfinished = setup, unfinished
        self._question: Question | None = None
        self._playing: Playing | None = None
        self._acts = RuleActs(shop, background, notices)
        self._acts.setParent(self)
        self._acts.read.connect(self._show_rules)
        self.switches = Switches()
        self.switches.switch_wanted.connect(self._ask_plain)
        self.switches.saved.connect(self._store)
        self.rules = RuleList()
        self.rules.edit_wanted.connect(self.edit)
        self.rules.switch_wanted.connect(self._ask_listed)
        self.exchange = Exchange(self._acts)
        self.page = EditorPage(self._acts, setup, unfinished)
        self.page.left.connect(self._leave_editor)
        text_acts = TextActs(shop, background, notices)
        text_acts.setParent(self)
        self.texts = TextsPage(text_acts, setup, unfinished)
        self._lay_out()
        self._show_part(PLAIN)

    def _lay_out(self) -> None:
        layout = column(self, margins=(16, 16, 16, 16), gap=12)
        self._head = QWidget()
        line = row(self._head, gap=16)
        line.addWidget(label(_("Auto-messages"), "title"))
        self._parts = Segmented(
            "part",
            [(PLAIN, _("Simple")), (ALL, _("All rules")), (TEXTS, _("Texts"))],
            role="category",
        )
        self._parts.chosen.connect(self._show_part)
        self._parts.setMinimumWidth(440)
        line.addWidget(self._parts)
        line.addStretch(1)
        self._more = QWidget()
        more = row(self._more)
        more.addWidget(button(_("New rule"), "rule_new", self._begin, role="act"))
        more.addWidget(button(_("From a file…"), "rules_import", self.exchange.bring_in))
        more.addWidget(button(_("Into a file…"), "rules_export", self.exchange.take_out))
        line.addWidget(self._more)
        layout.addWidget(self._head)
        layout.addWidget(self.exchange)
        self._stack = QStackedWidget()
        self._areas: dict[str, QWidget] = {
            PLAIN: scroll(self.switches),
            ALL: scroll(self.rules),
            TEXTS: self.texts,
        }
        for area in self._areas.values():
            self._stack.addWidget(area)
        self._stack.addWidget(self.page)
        layout.addWidget(self._stack, 1)

    # What others tell us

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._acts.read_all()

    def show_setup(self, setup: Setup) -> None:
        """Dishes, staff or the rules themselves changed."""
        self._setup = setup
        self.page.show_setup(setup)
        self.texts.show_setup(setup)
        if self.isVisible():
            self._acts.read_all()

    def _show_rules(self, rules: list[KnownRule]) -> None:
        self.switches.show_rules(rules)
        self.rules.show_rules(rules, self._setup, choices(self._setup))
        begun = self._unfinished.rule
        if begun is not None and self._stack.currentWidget() is not self.page:
            self.edit(begun)

    # Where we are

    def _show_part(self, part: str) -> None:
        self._drop_question()
        self._parts.choose(part)
        self._head.show()
        self._more.setVisible(part == ALL)
        self.exchange.setVisible(part == ALL and self.exchange.is_open)
        self._stack.setCurrentWidget(self._areas[part])

    def edit(self, rule: Rule) -> None:
        """Open the editor on `rule`."""
        self._drop_question()
        self._head.hide()
        self.exchange.hide()
        self.page.open(rule)
        self._stack.setCurrentWidget(self.page)

    def _begin(self) -> None:
        self.edit(Rule("", "", Trigger(On.ENTERED, PLACED), ()))

    def _leave_editor(self) -> None:
        self.page.let_go()
        self._show_part(ALL)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._stack.currentWidget() is self.page:
            self._leave_editor()
        else:
            self._drop_question()

    # Switching

    def _store(self, rule: Rule, on: bool) -> None:
        self._acts.store(rule, on=on)

    def _ask_plain(self, rule: Rule, on: bool) -> None:
        found = self.switches.row_of(rule.pack)
        if found is not None:
            self._ask(rule, on, found.below)

    def _ask_listed(self, rule: Rule, on: bool) -> None:
        found = self.rules.row_of(rule.id)
        if found is not None:
            self._ask(rule, on, found.below)

    def _ask(self, rule: Rule, on: bool, below: QVBoxLayout) -> None:
        """Beneath the rule, with what it would have done yesterday."""
        self._drop_question()
        asked = Question(rule_name(rule), on=on)
        asked.answered.connect(lambda: self._answer(rule, on))
        asked.left.connect(self._drop_question)
        below.addWidget(asked)
        self._question = asked

        def show(days: list[Past]) -> None:
            if self._question is asked:
                said = [sum_words(one) for one in days]
                more = change_words(days[-1]) if on else ""
                asked.show_lines(sentences(*said, more), line_words(days[-1]))

        def fail(error: OrderbellError) -> None:
            if self._question is asked:
                asked.show_lines(told(error).title, ())

        self._playing = self._acts.playing()
        self._acts.ask_yesterday(rule, self._playing, show, fail)

    def _answer(self, rule: Rule, on: bool) -> None:
        self._drop_question()
        self._acts.store(rule, on=on)

    def _drop_question(self) -> None:
        asked, self._question = self._question, None
        if self._playing is not None:
            self._playing.stop()
            self._playing = None
        if asked is not None:
            asked.hide()
            asked.setParent(None)
            asked.deleteLater()
