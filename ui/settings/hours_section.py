"""When the shop is open, and when guests get neither offers nor questions."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLineEdit

from pos_app.automation import words
from pos_app.desk.setup import Setup
from pos_app.domain import hours_text
from pos_app.domain.opening import OpeningHours
from ui.rule_words import begun, texts
from ui.settings.section import Doors, Section
from ui.widgets.field import Field
from ui.widgets.parts import button, label
from ui.words import _


class HoursSection(Section):
    """A line for each day of the week, as people write hours."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(
            doors,
            _("Hours"),
            _("Auto-messages can keep to them. All days empty: always open."),
        )
        self._hours: OpeningHours | None = None
        self.days: dict[str, QLineEdit] = {}
        grid = QGridLayout()
        grid.setSpacing(12)
        for no, day in enumerate(hours_text.DAYS):
            line = QLineEdit()
            line.setPlaceholderText(_("closed"))
            self.days[day] = line
            title = begun(words.weekday(str(no + 1), texts()))
            field = self.fields[day] = Field(title, line, f"hours_{day}")
            grid.addWidget(field, no // 2, no % 2)
        self.closed, self.quiet = QLineEdit(), QLineEdit()
        self.fields["quiet"] = Field(_("Quiet hours"), self.quiet, "hours_quiet")
        grid.addWidget(self.fields["quiet"], len(self.days) // 2, len(self.days) % 2)
        self.rows.addLayout(grid)
        said = (
            _("Such as 10:00-22:00, or 10:00-15:00, 18:00-02:00. The whole day: 00:00-24:00."),
            _(
                "In quiet hours guests get no offers and are not asked how it was. "
                "Texts about an order in hand always go."
            ),
        )
        for words_ in said:
            self.rows.addWidget(label(words_, "small", wrap=True))
        dates = Field(
            _("Closed on these dates"), self.closed, "hours_closed", _("Such as 2026-12-25.")
        )
        self.add_field("closed", dates)
        self.rows.addWidget(button(_("Save"), "hours_save", self._save, role="act"))
        self.rows.addStretch(1)

    def show_setup(self, setup: Setup) -> None:
        hours = setup.settings.hours
        if hours == self._hours:
            return
        self._hours = hours
        for no, line in enumerate(self.days.values()):
            line.setText(hours_text.shown(hours.week[no]) if hours.week else "")
        self.closed.setText(", ".join(hours.closed))
        self.quiet.setText(hours_text.shown((hours.quiet,)) if hours.quiet else "")

    def _save(self) -> None:
        days = {day: line.text() for day, line in self.days.items()}
        closed, quiet = self.closed.text(), self.quiet.text()
        owner = self.doors.shop.desk.owner
        self.save(
            "set hours",
            lambda: owner.set_hours(hours_text.read(days, closed, quiet)),
            _("Saved."),
        )
