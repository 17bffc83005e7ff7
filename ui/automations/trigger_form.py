"""What a rule waits for, with the details of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.automation.model import OF_STATUS, On, Trigger
from ui.automations import vocabulary
from ui.automations.whole_number import shown, whole
from ui.widgets.choosing import ChoiceBox, combo
from ui.widgets.field import Field
from ui.widgets.parts import column, label, row
from ui.words import _

_SPEND_TIME = 10
_EVENING = "22:00"


class TriggerForm(QWidget):
    """`trigger` is what is chosen now."""

    changed = Signal()

    def __init__(self, trigger: Trigger) -> None:
        super().__init__()
        self._on = combo(vocabulary.triggers(), trigger.on)
        self._status = self._box(vocabulary.places(), trigger.status)
        self._beside = self._box([("", _("any")), *vocabulary.places()], trigger.beside)
        self._minutes = QLineEdit(shown(trigger.minutes or _SPEND_TIME))
        self._at = QLineEdit(trigger.at or _EVENING)
        rows = column(self, gap=10)
        rows.addWidget(Field(_("What happens"), self._on, "trigger"))
        self._fields = {
            "status": Field(_("Which status"), self._status, "trigger_status"),
            "beside": Field(_("Coming from"), self._beside, "trigger_beside"),
            "minutes": Field(_("For so many minutes"), self._minutes, "trigger_minutes"),
            "at": Field(_("At what time, such as 22:00"), self._at, "trigger_at"),
        }
        line = row(gap=12)
        for made in self._fields.values():
            line.addWidget(made, 1)
        rows.addLayout(line)
        self._error = label("", "error", "trigger:error", wrap=True)
        self._error.hide()
        rows.addWidget(self._error)
        self._on.activated.connect(lambda _index: self._choose())
        for field in (self._minutes, self._at):
            field.textEdited.connect(lambda _text: self.changed.emit())
        self._show()

    @property
    def trigger(self) -> Trigger:
        on = On(str(self._on.currentData()))
        return Trigger(
            on,
            str(self._status.currentData() or "") if on in OF_STATUS else "",
            str(self._beside.currentData() or "") if on in (On.ENTERED, On.LEFT) else "",
            whole(self._minutes.text()) if on is On.IN_STATUS else 0,
            self._at.text().strip() if on is On.DAILY else "",
        )

    def refuse(self, words: str) -> None:
        """Say what is wrong; nothing is when `words` are empty."""
        self._error.setText(words)
        self._error.setVisible(bool(words))

    def _box(self, options: vocabulary.Options, chosen: str) -> ChoiceBox:
        made = combo(options, chosen)
        made.activated.connect(lambda _index: self.changed.emit())
        return made

    def _choose(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        on = On(str(self._on.currentData()))
        self._fields["status"].setVisible(on in OF_STATUS)
        self._fields["beside"].setVisible(on in (On.ENTERED, On.LEFT))
        self._fields["minutes"].setVisible(on is On.IN_STATUS)
        self._fields["at"].setVisible(on is On.DAILY)
        going = on is On.LEFT
        self._fields["beside"].retitle(_("Going to") if going else _("Coming from"))
