"""Who opens the tracking page: nobody yet, guests on the Wi-Fi, or everybody by a hosted site."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.desk.setup import Setup
from ui.settings.section import Doors, Section, choose, combo
from ui.widgets.field import Field
from ui.widgets.looking import Looking
from ui.widgets.parts import button, column, label
from ui.widgets.segmented import Segmented
from ui.words import _

LOOK_MS = 5_000


def page_options() -> list[tuple[str, str, str]]:
    """(value, name, what it means): the same in first start and settings."""
    return [
        (
            "wifi",
            _("Guests on our Wi-Fi"),
            _("This computer serves the page. It opens only on the shop’s own Wi-Fi."),
        ),
        (
            "hosted",
            _("A hosted site"),
            _("The page opens everywhere. You need the pairing code of your site."),
        ),
        (
            "nobody",
            _("Nobody yet"),
            _("Slips carry the number and your phone, no QR. You can change this any time."),
        ),
    ]


class PageSection(Section):
    """Choosing shows what is needed; only its button changes anything."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(doors, _("Tracking page"), _("Where guests see how far their order is."))
        self._state = label("", "strong", "page_state", wrap=True)
        self.rows.addWidget(self._state)
        self._cut_off = label("", "error", "page_cut_off", wrap=True)
        self._cut_off.hide()
        self.rows.addWidget(self._cut_off)
        options = page_options()
        self._choice = Segmented("page", [(value, name) for value, name, _about in options])
        self._choice.chosen.connect(self._show_choice)
        self.rows.addWidget(self._choice)
        self._about = label("", "second", wrap=True)
        self._abouts = {value: about for value, _name, about in options}
        self.rows.addWidget(self._about)
        self._parts = {
            "wifi": self._wifi_part(),
            "hosted": self._hosted_part(),
            "nobody": self._nobody_part(),
        }
        for part in self._parts.values():
            self.rows.addWidget(part)
        self._key = self._key_part()
        self.rows.addWidget(self._key)
        self.rows.addStretch(1)
        self._chosen = ""
        self._bot = ""
        Looking(self, self.look, LOOK_MS)

    def look(self) -> None:
        """Ask whether the site still lets this till in."""
        self.doors.background.read(
            "is the till cut off", self.doors.outside.is_cut_off, self._show_cut_off
        )

    def _show_cut_off(self, is_cut_off: bool) -> None:
        self._cut_off.setText(
            _(
                "The site has cut this till off: guests hear nothing new from it. Ask whoever runs"
                " the site for a pairing code and pair below. The till then has new keys; pages of"
                " open orders stay."
            )
        )
        self._cut_off.setVisible(is_cut_off)

    def show_setup(self, setup: Setup) -> None:
        site = setup.site
        if setup.identity.practice:
            words = _("Practice: the page is served on this computer only.")
        elif site is None:
            words = _("Nobody can open a page yet.")
            if setup.bot:
                words = _("Guests follow in Telegram: the slip’s code opens @{bot}.").format(
                    bot=setup.bot
                )
        else:
            words = _("Guests open {address}").format(address=site.origin)
            if setup.bot:
                words += " " + _("From there they can follow in Telegram: @{bot}.").format(
                    bot=setup.bot
                )
        self._state.setText(words)
        self._bot = setup.bot
        self._about.setText(self._about_words())
        for part in self._parts.values():
            part.setEnabled(not setup.identity.practice)
        self._key.setVisible(site is not None)
        self._key.setEnabled(not setup.identity.practice)
        if not self._chosen:
            modes = {"hosted": "hosted", "shop_network": "wifi", "loopback": "nobody"}
            page = setup.settings.shop.page
            stored = page if page in self._parts else "nobody"
            self._show_choice(modes.get(site.mode, "nobody") if site is not None else stored)

    def _show_choice(self, value: str) -> None:
        self._chosen = value
        self._choice.choose(value)
        self._about.setText(self._about_words())
        for key, part in self._parts.items():
            part.setVisible(key == value)
        if value == "wifi":
            self.doors.background.read(
                "list addresses", self.doors.outside.addresses, self._show_addresses
            )

    def _about_words(self) -> str:
        if self._chosen == "nobody" and self._bot:
            return _("Without a page the slip’s code opens your bot in Telegram.")
        return self._abouts.get(self._chosen, "")

    def _wifi_part(self) -> QWidget:
        made = QWidget()
        inner = column(made, gap=10)
        self.address = combo([])
        field = Field(
            _("This computer’s address on the Wi-Fi"),
            self.address,
            "page_address",
            _("Everybody on this network can open it. It listens only while the window is open."),
        )
        self.fields["address"] = field
        inner.addWidget(field)
        act = button(_("Serve the page here"), "page_serve", self._serve, role="act")
        inner.addWidget(act)
        return made

    def _hosted_part(self) -> QWidget:
        made = QWidget()
        inner = column(made, gap=10)
        self.code = QLineEdit()
        self.code.setPlaceholderText("OB1.…")
        field = Field(
            _("Pairing code"),
            self.code,
            "page_code",
            _("Your site prints it: orderbell site shops add NAME. It works for ten minutes."),
        )
        self.fields["code"] = field
        inner.addWidget(field)
        inner.addWidget(button(_("Pair"), "page_pair", self._pair, role="act"))
        self._word = label("", "good", "page_check_word", wrap=True)
        inner.addWidget(self._word)
        return made

    def _nobody_part(self) -> QWidget:
        made = QWidget()
        column(made).addWidget(button(_("Close the page"), "page_close", self._close))
        return made

    def _key_part(self) -> QWidget:
        made = QWidget()
        inner = column(made, gap=10)
        inner.addSpacing(12)
        inner.addWidget(label(_("Key of the links"), "heading"))
        about = _(
            "Every link proves by it that it is yours. A new one takes its place every 90 days by"
            " itself. Printed links go on opening."
        )
        inner.addWidget(label(about, "second", wrap=True))
        inner.addWidget(button(_("Use a new key now"), "page_renew_key", self._renew_key))
        return made

    def _show_addresses(self, found: list[str]) -> None:
        kept = self.address.currentData()
        self.address.clear()
        for address in found:
            self.address.addItem(address, address)
        if kept in found:
            choose(self.address, kept)
        if not found:
            self.fields["address"].refuse(
                _("This computer is on no private network. Connect it to the Wi-Fi first.")
            )

    def _serve(self) -> None:
        address = self.address.currentData()
        if address is None:
            return
        outside = self.doors.outside
        self.save(
            "serve the page",
            lambda: outside.serve(address),
            _("The page is open to guests on the Wi-Fi."),
        )

    def _pair(self) -> None:
        code, outside = self.code.text(), self.doors.outside
        self.fields["code"].refuse("")
        self._word.setText("")

        def paired(word: str) -> None:
            self.code.clear()
            self._word.setText(
                _("Paired. Check word: {word}. The site shows the same.").format(word=word)
            )

        self.doors.background.act("pair", lambda: outside.pair(code), paired, self.refuse)

    def _renew_key(self) -> None:
        self.save(
            "renew the key of links",
            self.doors.outside.renew_key,
            _("New links have a new key. Printed ones go on opening."),
        )

    def _close(self) -> None:
        self.save(
            "close the page",
            self.doors.outside.stop_serving,
            _("Nobody can open a page now; the slip’s code opens your bot in Telegram.")
            if self._bot
            else _("Nobody can open a page now; slips carry no QR."),
        )
