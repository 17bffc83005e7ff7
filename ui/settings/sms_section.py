"""The phone that sends the texts: SMS Gateway for Android."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from pos_app.config import SmsSettings
from pos_app.desk.setup import Setup
from pos_app.errors import OrderbellError
from ui.settings.section import Doors, Section
from ui.widgets.field import Field
from ui.widgets.parts import button, label, row
from ui.widgets.segmented import Segmented
from ui.widgets.tick import Tick
from ui.words import _, sentences, told


class SmsSection(Section):
    """The password is written, never shown."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(
            doors,
            _("SMS phone"),
            _("An Android phone with the app “SMS Gateway” sends the texts from your own number."),
        )
        self._stored: SmsSettings | None = None
        self._kind = Segmented("sms", [("none", _("No texts")), ("smsgate", _("SMS Gateway"))])
        self._kind.chosen.connect(self._show_kind)
        self.rows.addWidget(self._kind)
        self.url = QLineEdit()
        self.url.setPlaceholderText("http://192.168.1.20:8080")
        self.user = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.lan = Tick(_("The phone is on our own network"), "sms_lan")
        self._inputs = [
            self.add_field("url", Field(_("Address"), self.url, "sms_url")),
            self.add_field("username", Field(_("User name"), self.user, "sms_user")),
            self.add_field(
                "password",
                Field(
                    _("Password"),
                    self.password,
                    "sms_password",
                    _("Leave it empty to keep the one that is stored."),
                ),
            ),
        ]
        self.rows.addWidget(self.lan)
        line = row()
        line.addWidget(button(_("Save"), "sms_save", self._save, role="act"), 1)
        self._try = button(_("Ask the phone"), "sms_try", self._ask)
        line.addWidget(self._try, 1)
        self.rows.addLayout(line)
        self._answer = label("", "strong", "sms_answer", wrap=True)
        self.rows.addWidget(self._answer)
        self.rows.addStretch(1)
        self._chosen = "none"

    def show_setup(self, setup: Setup) -> None:
        sms = setup.settings.sms
        if sms == self._stored:
            return
        self._stored = sms
        self.url.setText(sms.url)
        self.user.setText(sms.username)
        self.password.clear()
        self.lan.setChecked(sms.lan)
        self._show_kind(sms.kind)

    def _show_kind(self, kind: str) -> None:
        self._chosen = kind
        self._kind.choose(kind)
        on = kind != "none"
        for part in (*self._inputs, self.lan, self._try):
            part.setVisible(on)

    def _save(self) -> None:
        sms = SmsSettings(
            self._chosen, self.url.text().strip(), self.user.text().strip(), self.lan.isChecked()
        )
        password = self.password.text() or None
        desk = self.doors.shop.desk
        self.save("set the SMS phone", lambda: desk.set_sms(sms, password), _("Saved."))

    def _ask(self) -> None:
        self._answer.setText(_("Asking the phone…"))

        def answered(error: str) -> None:
            self._answer.setText(error or _("The phone answers."))

        self.doors.background.read(
            "ask the SMS phone", self.doors.outside.try_texts, answered, self._refused
        )

    def _refused(self, error: OrderbellError) -> None:
        words = told(error)
        self._answer.setText(sentences(words.title, words.message, words.hint))
