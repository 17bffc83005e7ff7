"""Which day: one step back, one step forward, never into the future."""

from __future__ import annotations

from datetime import date, timedelta

from babel.dates import format_date
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import icon
from ui.theme import measure, tokens
from ui.widgets.parts import TouchButton, button, label, row
from ui.words import _, language

ICON_PX = 22


class DayStepper(QWidget):
    """`wanted` carries the business date (ISO) that somebody steps to."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._day = date.min
        self._today = date.min
        self._first = date.min
        self._title = label("", "title", "report_title")
        self._date = label("", "second", "report_day")
        self._back = self._arrow("left", "report_day_before", _("The day before"), -1)
        self._on = self._arrow("right", "report_day_after", _("The day after"), +1)
        line = row(self, gap=12)
        line.addWidget(self._back)
        line.addWidget(self._title)
        line.addWidget(self._date)
        line.addWidget(self._on)
        line.addStretch(1)

    def show_day(self, day: str, today: str, first: str | None) -> None:
        """`today` is the running business date, `first` the oldest with orders; all ISO."""
        self._day, self._today = date.fromisoformat(day), date.fromisoformat(today)
        self._first = date.fromisoformat(first) if first is not None else self._day
        behind = (self._today - self._day).days
        words = format_date(self._day, "EEEE, d MMMM y", locale=language())
        said = words[:1].upper() + words[1:]
        title = {0: _("Today so far"), 1: _("Yesterday")}.get(behind, "")
        self._title.setText(title or said)
        self._date.setText(said if title else "")
        self._date.setVisible(bool(title))
        self._back.setEnabled(self._day > self._first)
        self._on.setEnabled(self._day < self._today)

    def step(self, days: int) -> None:
        """One day back (-1) or on (+1), where there is one."""
        way = self._back if days < 0 else self._on
        if way.isEnabled():
            self.wanted.emit((self._day + timedelta(days=days)).isoformat())

    def _arrow(self, name: str, object_name: str, said: str, days: int) -> TouchButton:
        made = button("", object_name, lambda: self.step(days))
        made.setIcon(icon(name, tokens("light").text))
        made.setIconSize(QSize(ICON_PX, ICON_PX))
        made.setAccessibleName(said)
        made.setToolTip(said)
        # Until a day is shown there is none beside it.
        made.setEnabled(False)
        made.setFixedWidth(measure().board_button_px)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return made
