"""How long a ticket may stay before the board says so, and the minutes told to guests."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from pos_app.desk.setup import Setup
from pos_app.domain.board import StageLimits
from pos_app.errors import BadInput
from ui.settings.section import Doors, Section
from ui.widgets.field import Field
from ui.widgets.parts import button, label, row
from ui.words import _


class LimitsSection(Section):
    """Preparing takes the dish's own minutes; New and Ready are the shop's."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(
            doors,
            _("Times"),
            _("A ticket turns amber when its minutes are over, red five minutes later."),
        )
        self._limits: StageLimits | None = None
        self.new = QLineEdit()
        self.ready = QLineEdit()
        self.add_field("new_minutes", Field(_("New, minutes"), self.new, "limit_new"))
        self.add_field("ready_minutes", Field(_("Ready, minutes"), self.ready, "limit_ready"))
        self.rows.addWidget(button(_("Save"), "limits_save", self._save, role="act"))
        self._told = label("", "heading", "told_minutes", wrap=True)
        self.rows.addSpacing(12)
        self.rows.addWidget(self._told)
        line = row()
        line.addWidget(button(_("5 minutes less"), "told:minus", lambda: self._move(-5)), 1)
        line.addWidget(button(_("5 minutes more"), "told:plus", lambda: self._move(+5)), 1)
        self.rows.addLayout(line)
        self.rows.addStretch(1)

    def show_setup(self, setup: Setup) -> None:
        told = setup.settings.tell_guests
        self._told.setText(
            _("Tell guests: Pickup {pickup} · Delivery {delivery} minutes").format(
                pickup=told.pickup_minutes, delivery=told.delivery_minutes
            )
        )
        limits = setup.settings.limits
        if limits != self._limits:
            self._limits = limits
            self.new.setText(str(limits.new_minutes))
            self.ready.setText(str(limits.ready_minutes))

    def _save(self) -> None:
        new, ready = self.new.text(), self.ready.text()
        desk = self.doors.shop.desk
        self.save(
            "set stage limits",
            lambda: desk.set_limits(
                StageLimits(_minutes(new, "new_minutes"), _minutes(ready, "ready_minutes"))
            ),
            _("Saved."),
        )

    def _move(self, minutes: int) -> None:
        self.doors.background.act(
            "tell guests", lambda: self.doors.shop.desk.move_tell_guests(minutes)
        )


def _minutes(text: str, field: str) -> int:
    stripped = text.strip()
    if not (stripped.isascii() and stripped.isdigit()):
        raise BadInput(field, "Whole minutes, please")
    return int(stripped)
