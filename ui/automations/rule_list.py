"""All rules of the shop, then the ready ones: what each says, whether it is on, who changed it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from pos_app.automation.model import Rule
from pos_app.automation.pack import ready_rules
from pos_app.automation.sentences import sentence
from pos_app.desk.rules_desk import KnownRule
from pos_app.desk.setup import Setup
from pos_app.language import Texts
from ui.automations.choices import Choices
from ui.order_words import day_and_time
from ui.rule_words import rule_name
from ui.staff_words import who_did
from ui.style import role
from ui.widgets.parts import button, column, empty, label, row
from ui.words import _, language


class RuleList(QWidget):
    """`edit_wanted` carries a rule; `switch_wanted` a rule and whether it is to be on."""

    edit_wanted = Signal(object)
    switch_wanted = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, RuleRow] = {}
        self._shown: object = None
        rows = column(self, gap=8)
        self._list = column()
        rows.addLayout(self._list)
        rows.addStretch(1)

    def show_rules(self, rules: Sequence[KnownRule], setup: Setup, choices: Choices) -> None:
        """Those of the shop in its own order, then the ready ones that it has never used."""
        shown = (rules, setup.staff, setup.menu)
        if shown == self._shown:
            return
        self._shown = shown
        empty(self._list)
        self._rows = {}
        for one in rules:
            about = _about(one, setup)
            self._add(one.rule, choices, about, on=one.on)
        known = {one.rule.id for one in rules}
        unused = [rule for rule in ready_rules(language()) if rule.id not in known]
        if unused:
            self._list.addSpacing(8)
            self._list.addWidget(label(_("Ready rules, not used yet"), "heading"))
        for rule in unused:
            self._add(rule, choices, _("Never used"), on=False)

    def row_of(self, rule_id: str) -> RuleRow | None:
        """The row of a rule, to ask something beneath it."""
        return self._rows.get(rule_id)

    def _add(self, rule: Rule, choices: Choices, about: str, *, on: bool) -> None:
        said = sentence(rule, Texts(language()), choices.names)
        made = RuleRow(rule, said, about, on=on)
        made.edit_wanted.connect(partial(self.edit_wanted.emit, rule))
        made.switched.connect(partial(self.switch_wanted.emit, rule))
        self._rows[rule.id] = made
        self._list.addWidget(made)


class RuleRow(QFrame):
    """One rule; `below` takes a question."""

    edit_wanted = Signal()
    switched = Signal(bool)

    def __init__(self, rule: Rule, said: str, about: str, *, on: bool) -> None:
        super().__init__()
        key = rule.pack or rule.id
        self.setObjectName(f"rule:{key}")
        role(self, "card")
        self.below: QVBoxLayout = column(self, margins=(18, 10, 10, 10), gap=8)
        line = row(gap=8)
        words = column(gap=2)
        words.addWidget(label(rule_name(rule), "strong", f"rule_name:{key}", wrap=True))
        words.addWidget(label(said, "", f"rule_says:{key}", wrap=True))
        words.addWidget(label(about, "small", f"rule_about:{key}", wrap=True))
        line.addLayout(words, 1)
        edit = button(_("Change…"), f"rule_edit:{key}", self.edit_wanted.emit)
        edit.setAccessibleName(_("Change: {name}").format(name=rule_name(rule)))
        line.addWidget(edit)
        switch = button(_("On") if on else _("Off"), f"rule_switch:{key}", role="switch")
        switch.setCheckable(True)
        switch.setChecked(on)
        switch.setFixedWidth(110)
        switch.setAccessibleName(f"{rule_name(rule)}: {switch.text()}")

        def ask() -> None:
            # It stays as it is until the question has been answered.
            switch.setChecked(on)
            self.switched.emit(not on)

        switch.clicked.connect(lambda *_args: ask())
        line.addWidget(switch)
        self.below.addLayout(line)


def _about(one: KnownRule, setup: Setup) -> str:
    """`Changed 23.11. 19:35 · Olha · version 3 · ready rule`."""
    origins = {
        "ours": _("ready rule"),
        "pack": _("ready rule"),
        "import": _("from a file"),
        "own": _("made here") if not one.rule.pack else _("ready rule"),
    }
    parts = (
        _("Changed {time}").format(time=day_and_time(one.changed_at, setup.settings)),
        who_did(one.staff_id, setup.staff),
        _("version {count}").format(count=one.version),
        origins.get(one.origin, ""),
    )
    return " · ".join(part for part in parts if part)
