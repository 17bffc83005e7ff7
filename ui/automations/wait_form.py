"""How long a rule waits: some minutes, until a time of day, or until before the promise."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.automation.model import Wait
from ui.automations.whole_number import NO_NUMBER, shown, whole
from ui.widgets.field import Field
from ui.widgets.parts import column
from ui.widgets.segmented import Segmented
from ui.words import _

_MINUTE_S = 60
_MINUTES, _SECONDS, _UNTIL, _BEFORE = "minutes", "seconds", "until", "before"


class WaitFields(QWidget):
    """`wait` as it is chosen now, without an id."""

    changed = Signal()

    def __init__(self, name: str, wait: Wait) -> None:
        super().__init__()
        self._way = _way_of(wait)
        ways = Segmented(
            f"{name}:way",
            [
                (_MINUTES, _("Minutes")),
                (_SECONDS, _("Seconds")),
                (_UNTIL, _("Until a time")),
                (_BEFORE, _("Before the promise")),
            ],
        )
        ways.choose(self._way)
        ways.chosen.connect(self._choose)
        self._text = QLineEdit(_shown(wait))
        self._text.textEdited.connect(lambda _text: self.changed.emit())
        self._field = Field(_title(self._way), self._text, f"{name}:wait")
        rows = column(self, gap=10)
        rows.addWidget(ways)
        rows.addWidget(self._field)

    @property
    def wait(self) -> Wait:
        text = self._text.text().strip()
        if self._way == _UNTIL:
            return Wait("", until=text or "?")
        number = whole(text)
        if self._way == _BEFORE:
            return Wait("", minutes_before_promise=number)
        in_minutes = self._way == _MINUTES and number != NO_NUMBER
        return Wait("", seconds=number * _MINUTE_S if in_minutes else number)

    def _choose(self, way: str) -> None:
        if way != self._way:
            self._way = way
            self._text.setText("09:00" if way == _UNTIL else "10")
            self._field.retitle(_title(way))
            self.changed.emit()


def _way_of(wait: Wait) -> str:
    if wait.until:
        return _UNTIL
    if wait.minutes_before_promise is not None:
        return _BEFORE
    is_whole = wait.seconds in (NO_NUMBER, wait.seconds // _MINUTE_S * _MINUTE_S)
    return _MINUTES if is_whole else _SECONDS


def _shown(wait: Wait) -> str:
    way = _way_of(wait)
    if way == _UNTIL:
        return wait.until
    if wait.minutes_before_promise is not None:
        return shown(wait.minutes_before_promise)
    in_minutes = way == _MINUTES and wait.seconds != NO_NUMBER
    return shown(wait.seconds // _MINUTE_S if in_minutes else wait.seconds)


def _title(way: str) -> str:
    return {
        _MINUTES: _("How many minutes"),
        _SECONDS: _("How many seconds"),
        _UNTIL: _("Until what time, such as 09:00"),
        _BEFORE: _("How many minutes before the promised time"),
    }[way]
