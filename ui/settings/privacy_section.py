"""After how many days guests are forgotten, and how things stand."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from pos_app.clock import local
from pos_app.desk.privacy_desk import Kept
from pos_app.desk.setup import Setup
from pos_app.errors import BadInput
from ui.settings.section import Doors, Section
from ui.widgets.field import Field
from ui.widgets.parts import button, label
from ui.words import _


class PrivacySection(Section):
    """The sentence is read in the background, anew each time the section is shown or saved."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(
            doors,
            _("Guests' data"),
            _("Name, phone and address of a guest are forgotten; his orders stay as numbers."),
        )
        self._days_shown: int | None = None
        self._zone = "UTC"
        self.days = QLineEdit()
        self.add_field(
            "people_days",
            Field(
                _("Forget guests after days without an order (0: never)"), self.days, "keep_days"
            ),
        )
        self.rows.addWidget(button(_("Save"), "keep_days_save", self._save, role="act"))
        self.standing = label("", "second", "guests_kept", wrap=True)
        self.rows.addWidget(self.standing)
        self.rows.addStretch(1)

    def show_setup(self, setup: Setup) -> None:
        self._zone = setup.settings.shop.zone
        days = setup.settings.privacy.people_days
        if days != self._days_shown:
            self._days_shown = days
            self.days.setText(str(days))
        self.doors.background.act(
            "guests kept", self.doors.shop.desk.privacy.kept, self._tell, self.refuse
        )

    def _tell(self, kept: Kept) -> None:
        if kept.next_at is None:
            said = _("Guests known: {count}. They are forgotten only when they ask.")
            self.standing.setText(said.format(count=kept.people))
            return
        said = _("Guests known: {count}. The next are forgotten on {day} at {time}.")
        at = local(kept.next_at, self._zone)
        self.standing.setText(
            said.format(count=kept.people, day=f"{at:%d.%m.%Y}", time=f"{at:%H:%M}")
        )

    def _save(self) -> None:
        text = self.days.text()
        desk = self.doors.shop.desk
        self.save("keep days", lambda: desk.privacy.keep_days(_days(text)), _("Saved."))


def _days(text: str) -> int:
    stripped = text.strip()
    if not (stripped.isascii() and stripped.isdigit()):
        raise BadInput("people_days", "Whole days, please")
    return int(stripped)
