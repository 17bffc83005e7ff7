"""Eight plain sentences, each with a number and a switch: all that most shops need."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from pos_app.automation.model import Rule
from pos_app.automation.pack import ready_rule
from pos_app.desk.rules_desk import KnownRule
from ui.automations.delays import delay_of, with_delay
from ui.automations.stepper import Stepper
from ui.style import role
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import TouchButton, button, column, empty, label, row
from ui.words import _, language

WIDEST_PX = 1_000
_HERE = "{amount}"
_MOST = {True: 180, False: 600}
_BY = {True: 5, False: 10}


def sentences() -> dict[str, str]:
    """What each ready rule does, with the place of its number."""
    return {
        "accepted": _("Text when the order is accepted, after {amount} s"),
        "ready": _("Text when ready, after {amount} s"),
        "on_the_way": _("Text when on the way, after {amount} s"),
        "late": _("Say sorry when the order is late"),
        "not_collected": _("Remind the guest when not collected after {amount} min"),
        "feedback": _("Ask how it was, {amount} min after the end"),
        "pass_waits": _("Tell the staff when an order waits at the pass for {amount} min"),
        "unpaid_online": _("Remind the guest when an online order is unpaid after {amount} min"),
    }


class Switches(QWidget):
    """`switch_wanted` carries the rule as it is to be, and whether it is to be on.

    `saved` carries a rule whose number alone was changed, and whether it is on.
    """

    switch_wanted = Signal(object, bool)
    saved = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(WIDEST_PX)
        rows = column(self, gap=8)
        about = _("Each sentence is a rule. What it says and to whom is under “All rules”.")
        rows.addWidget(label(about, "second", wrap=True))
        self._rows: dict[str, SwitchRow] = {}
        for pack, words in sentences().items():
            made = SwitchRow(pack, words)
            made.switched.connect(partial(self._switch, pack))
            made.stored.connect(partial(self._store, pack))
            self._rows[pack] = made
            rows.addWidget(made)
        rows.addStretch(1)

    def show_rules(self, rules: Iterable[KnownRule]) -> None:
        """The rules as they are; what was never used is off."""
        known = {one.rule.pack: one for one in rules if one.rule.pack}
        for pack, made in self._rows.items():
            one = known.get(pack)
            rule = one.rule if one is not None else ready_rule(pack, language())
            if rule is not None:
                made.show_rule(rule, on=one is not None and one.on)

    def row_of(self, pack: str) -> SwitchRow | None:
        """The line of this ready rule, to ask something beneath it."""
        return self._rows.get(pack)

    def _switch(self, pack: str, on: bool) -> None:
        rule = self._rows[pack].rule
        if rule is not None:
            self.switch_wanted.emit(rule, on)

    def _store(self, pack: str) -> None:
        made = self._rows[pack]
        if made.rule is not None:
            self.saved.emit(made.rule, made.is_on)


class SwitchRow(QFrame):
    """One sentence: words, the number among them, the switch. `below` takes a question."""

    switched = Signal(bool)
    stored = Signal()

    def __init__(self, pack: str, words: str) -> None:
        super().__init__()
        self.setObjectName(f"switch_row:{pack}")
        role(self, "card")
        self.is_on = False
        self._pack, self._words = pack, words
        self._rule: Rule | None = None
        self._stepper: Stepper | None = None
        self.below = column(self, margins=(18, 8, 10, 8), gap=8)
        line = row(gap=12)
        self._sentence = QWidget()
        self._flow = FlowLayout(self._sentence)
        line.addWidget(self._sentence, 1)
        self._save = button(_("Save"), f"switch_save:{pack}", self.stored.emit, role="act")
        line.addWidget(self._save)
        self._switch = _switch(f"switch:{pack}")
        self._switch.clicked.connect(self._ask)
        line.addWidget(self._switch)
        self.below.addLayout(line)

    @property
    def rule(self) -> Rule | None:
        """The rule with the number as it stands now."""
        if self._rule is None or self._stepper is None:
            return self._rule
        return with_delay(self._rule, self._stepper.amount)

    def show_rule(self, rule: Rule, *, on: bool) -> None:
        """What is stored; a number that was changed here is kept until it is."""
        if rule != self._rule:
            self._rule = rule
            self._write(rule)
        self.is_on = on
        self._switch.setChecked(on)
        self._switch.setText(_("On") if on else _("Off"))
        spoken = self._words.replace(_HERE, str(self._stepper.amount) if self._stepper else "")
        self._switch.setAccessibleName(f"{spoken}: {self._switch.text()}")
        self._offer_save()

    def _write(self, rule: Rule) -> None:
        empty(self._flow)
        self._stepper = None
        delay = delay_of(rule)
        if _HERE not in self._words or delay is None:
            self._flow.addWidget(_words(self._words.replace(_HERE, "…")))
            return
        before, _number, after = self._words.partition(_HERE)
        self._flow.addWidget(_words(before.strip()))
        least = 1 if delay.in_minutes else 0
        most, by = _MOST[delay.in_minutes], _BY[delay.in_minutes]
        self._stepper = Stepper(f"switch_amount:{self._pack}", delay.amount, least, most, by)
        self._stepper.changed.connect(self._offer_save)
        self._flow.addWidget(self._stepper)
        self._flow.addWidget(_words(after.strip()))

    def _offer_save(self) -> None:
        """What is on and has another number now is saved by a button of its own."""
        is_other = self._rule is not None and self.rule != self._rule
        self._save.setVisible(self.is_on and is_other)

    def _ask(self) -> None:
        """The switch stays as it is until the question beneath it has been answered."""
        self._switch.setChecked(self.is_on)
        self.switched.emit(not self.is_on)


def _words(text: str) -> QWidget:
    """As high as the number beside it, so that the line reads as one."""
    made = label(text, "sentence")
    made.setMinimumHeight(48)
    return made


def _switch(name: str) -> TouchButton:
    made = button("", name, role="switch", checkable=True)
    made.setFixedWidth(110)
    return made
