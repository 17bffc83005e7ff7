"""Trying a way out: one text to an address that a person types, or only a question."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app import phones
from pos_app.config import Owner, WayOut
from pos_app.domain.way_forms import Tried, WayForm
from pos_app.errors import BadInput, OrderbellError
from ui.settings.way_state_words import tried_words
from ui.settings.way_words import about, kind_of
from ui.style import role
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, column, empty, label
from ui.widgets.qr_code import QrCode
from ui.words import _, sentences, told

QR_PX = 168
BOT_ADDRESS = "https://t.me/"


class WayTrial(QWidget):
    """`wanted` carries an address, empty: only ask; `left` when somebody goes back."""

    wanted = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows = column(self, gap=14)
        self._field: Field | None = None
        self.name = ""

    def begin(self, way: WayOut, form: WayForm, owner: Owner, country: str) -> None:
        """Try `way`; what is known of the owner stands in the field beforehand."""
        self.name = way.name
        empty(self._rows)
        said = _("Try {name}").format(name=kind_of(way))
        self._rows.addWidget(label(said, "heading", "way_trial", wrap=True))
        self._rows.addWidget(label(about(way), "second", "way_trial_about", wrap=True))
        if way.kind == "telegram":
            self._add_bot(str(way.setup.get("bot", "")))
        self._to = QLineEdit(_address(way.channel, owner, country))
        self._to.returnPressed.connect(self._send)
        self._field = Field(_address_title(way.channel), self._to, "way_to", _hint(way.channel))
        self._rows.addWidget(self._field)
        self._acts = QWidget()
        flow = FlowLayout(self._acts)
        flow.addWidget(button(_("Send one text"), "way_send", self._send, role="act"))
        if form.can_be_asked:
            asking = button(_("Only ask whether it is there"), "way_ask", lambda: self._ask(""))
            flow.addWidget(asking)
        flow.addWidget(button(_("Done"), "way_trial_leave", self.left.emit))
        self._rows.addWidget(self._acts)
        self._answer = label("", "strong", "way_answer", wrap=True)
        self._rows.addWidget(self._answer)

    def show_tried(self, tried: Tried) -> None:
        """What came of it."""
        self._say(*tried_words(tried))

    def refuse(self, error: OrderbellError) -> None:
        """It could not be tried."""
        words = told(error)
        if isinstance(error, BadInput) and error.field == "to" and self._field is not None:
            self._say("", "strong")
            self._field.refuse(sentences(words.title, words.hint))
            self._to.setFocus()
        else:
            self._say(sentences(words.title, words.message, words.hint), "error")

    def _add_bot(self, bot: str) -> None:
        said = _("Guests open @{bot} by the code on their slip or page. Open it yourself:")
        self._rows.addWidget(label(said.format(bot=bot), "", "way_bot", wrap=True))
        code = QrCode(QR_PX)
        code.setObjectName("way_bot_code")
        code.setAccessibleName(f"{BOT_ADDRESS}{bot}")
        code.show_content(f"{BOT_ADDRESS}{bot}")
        self._rows.addWidget(code)
        self._rows.addWidget(label(f"{BOT_ADDRESS}{bot}", "strong", "way_bot_link", wrap=True))

    def _send(self) -> None:
        to = self._to.text().strip()
        if not to and self._field is not None:
            self._field.refuse(_("Where to? Your own will do."))
            self._to.setFocus()
            return
        self._ask(to)

    def _ask(self, to: str) -> None:
        if self._field is not None:
            self._field.refuse("")
        self._acts.setEnabled(False)
        self._say(_("Asking…") if not to else _("Sending…"), "second")
        self._acts.setEnabled(False)
        self.wanted.emit(to)

    def _say(self, words: str, look: str) -> None:
        self._acts.setEnabled(True)
        role(self._answer, look)
        self._answer.setText(words)


def _address(channel: str, owner: Owner, country: str) -> str:
    if channel in ("sms", "whatsapp"):
        return phones.show(owner.phone, country)
    return owner.address(channel)


def _address_title(channel: str) -> str:
    return {
        "mail": _("Send it to this e-mail address"),
        "telegram": _("Send it to this Telegram chat"),
    }.get(channel, _("Send it to this number"))


def _hint(channel: str) -> str:
    if channel == "telegram":
        return _("The number of your chat with the bot, once you have pressed Start.")
    return ""
