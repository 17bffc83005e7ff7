"""Where the owner himself is told how a day was."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit

from pos_app import phones
from pos_app.automation import words
from pos_app.config import Owner
from pos_app.desk.owner_desk import OwnerTold
from pos_app.desk.setup import Setup
from ui import message_words
from ui.rule_words import texts
from ui.settings.section import Doors, Section
from ui.widgets.field import Field
from ui.widgets.parts import button, label
from ui.words import _


class OwnerSection(Section):
    """His addresses; when he is told, and of which day, is a rule of the auto-messages."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(
            doors,
            _("Owner"),
            _(
                "The figures of a day come here: switch on “The day by mail, to the owner” in "
                "Auto-messages."
            ),
        )
        self._owner: Owner | None = None
        self.mail, self.phone, self.telegram = QLineEdit(), QLineEdit(), QLineEdit()
        self.add_field("mail", Field(_("E-mail"), self.mail, "owner_mail"))
        self.add_field(
            "phone",
            Field(_("Phone"), self.phone, "owner_phone", _("For the short form as an SMS.")),
        )
        self.add_field(
            "telegram",
            Field(
                _("Telegram chat"),
                self.telegram,
                "owner_telegram",
                _("The number of your chat with the shop’s bot."),
            ),
        )
        self.rows.addWidget(button(_("Save"), "owner_save", self._save, role="act"))
        self.last = label("", "second", "owner_last", wrap=True)
        self.rows.addWidget(self.last)
        self.rows.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        newest = self.doors.shop.desk.owner.newest
        self.doors.background.read("what the owner was told", newest, self._tell, self.refuse)

    def _tell(self, found: list[OwnerTold]) -> None:
        """What became of the last day that was to be told, on each of its ways."""
        newest = [one for one in found if one.day == found[0].day]
        self.last.setText("\n".join(_last_words(one) for one in newest))

    def show_setup(self, setup: Setup) -> None:
        owner = setup.settings.owner
        if owner == self._owner:
            return
        self._owner = owner
        self.mail.setText(owner.mail)
        self.phone.setText(phones.show(owner.phone, setup.settings.shop.country))
        self.telegram.setText(owner.telegram)

    def _save(self) -> None:
        wanted = Owner(self.mail.text(), self.phone.text(), self.telegram.text())
        desk = self.doors.shop.desk
        self.save("set owner", lambda: desk.owner.set_addresses(wanted), _("Saved."))


def _last_words(one: OwnerTold) -> str:
    """`23.11.2026, e-mail: the text was accepted`."""
    state = message_words.state_sentence(one.state)
    why = message_words.why(one.reason) if one.reason else ""
    day = f"{date.fromisoformat(one.day):%d.%m.%Y}"
    said = f"{day}, {words.channel(one.channel, texts())}: {state}"
    return f"{said} ({why})" if why else said
