"""How often a rule speaks, and when it does not."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.automation.model import Mode, Once, Options
from ui.automations import vocabulary
from ui.automations.whole_number import shown, whole
from ui.widgets.choosing import combo
from ui.widgets.field import Field
from ui.widgets.parts import column, label, row
from ui.widgets.tick import Tick
from ui.words import _

_HOURS = ("09:00", "21:00")
_DAYS = 30


class OptionsForm(QWidget):
    """`options` as they are chosen now."""

    changed = Signal()

    def __init__(self, options: Options) -> None:
        super().__init__()
        rows = column(self, gap=10)
        self._once = combo(vocabulary.how_often(), options.once)
        self._days = QLineEdit(shown(options.once_days or _DAYS))
        self._days_field = Field(_("In how many days"), self._days, "option_days")
        self._mode = combo(vocabulary.modes(), options.mode)
        self._skip = QLineEdit(shown(options.skip_after_minutes))
        rows.addWidget(Field(_("How often"), self._once, "option_once"))
        rows.addWidget(self._days_field)
        rows.addWidget(Field(_("When it happens again meanwhile"), self._mode, "option_mode"))
        rows.addWidget(
            Field(
                _("Skip what is late by minutes"),
                self._skip,
                "option_skip",
                _("0: do it however late it is, such as after a power cut."),
            )
        )
        self._stops = Tick(_("Stop waiting when the order has moved on"), "option_stops")
        self._stops.setChecked(options.stops_when_moved)
        rows.addWidget(self._stops)
        self._between = Tick(_("Only between these hours; outside, wait for them"), "option_hours")
        self._between.setChecked(options.between is not None)
        rows.addWidget(self._between)
        self._hours = self._hours_row(options.between or _HOURS)
        rows.addWidget(self._hours)
        self._open = Tick(_("Only while we are open; else wait until we are"), "option_open")
        self._open.setChecked(options.while_open)
        self._asleep = Tick(_("Keep offers and feedback out of quiet hours"), "option_quiet")
        self._asleep.setChecked(options.not_quiet)
        rows.addWidget(self._open)
        rows.addWidget(self._asleep)
        self._error = label("", "error", "options:error", wrap=True)
        self._error.hide()
        rows.addWidget(self._error)
        for box in (self._once, self._mode):
            box.activated.connect(lambda _index: self._news())
        for field in (self._days, self._skip, *self._times):
            field.textEdited.connect(lambda _text: self._news())
        for tick in (self._stops, self._between, self._open, self._asleep):
            tick.toggled.connect(lambda _on: self._news())
        self._show()

    @property
    def options(self) -> Options:
        once = Once(str(self._once.currentData()))
        opens, closes = (field.text().strip() for field in self._times)
        return Options(
            once,
            whole(self._days.text()) if once is Once.CUSTOMER else 0,
            Mode(str(self._mode.currentData())),
            self._stops.isChecked(),
            whole(self._skip.text()),
            (opens, closes) if self._between.isChecked() else None,
            self._open.isChecked(),
            self._asleep.isChecked(),
        )

    def refuse(self, words: str) -> None:
        """Say what is wrong; nothing is when `words` are empty."""
        self._error.setText(words)
        self._error.setVisible(bool(words))

    def _hours_row(self, hours: tuple[str, str]) -> QWidget:
        made = QWidget()
        line = row(made, gap=12)
        self._times = [QLineEdit(time) for time in hours]
        titles = ((_("From"), "option_from"), (_("Until"), "option_until"))
        for field, (title, name) in zip(self._times, titles, strict=True):
            line.addWidget(Field(title, field, name), 1)
        return made

    def _news(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._days_field.setVisible(str(self._once.currentData()) == Once.CUSTOMER)
        self._hours.setVisible(self._between.isChecked())
