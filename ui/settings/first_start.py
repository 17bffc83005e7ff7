"""The first start: five questions on one page, and a practice shop one click away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos_app.config import ShopSettings
from pos_app.errors import BadInput, OrderbellError
from ui.settings.page_section import page_options
from ui.settings.places import Guess, countries, currencies, currency_of, zones
from ui.settings.section import choose, combo
from ui.settings.shop_section import LANGUAGE_NAMES
from ui.style import sheet
from ui.widgets.field import Field
from ui.widgets.parts import TouchButton, button, column, frame, label, row, scroll
from ui.widgets.segmented import Segmented
from ui.words import _, language, sentences, set_language, told

WIDEST_PX = 1120
FIRST_PX = (1180, 740)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the owner answered. `printer` is `host[:port]` or empty; `page_with` completes `page`:
    an address of this computer for `wifi`, a pairing code for `hosted`.
    """

    shop: ShopSettings
    printer: str
    page: str
    page_with: str


class FirstStart(QWidget):
    """`answered` carries Answers; `practice_wanted` the language for the practice shop."""

    answered = Signal(object)
    practice_wanted = Signal(str)

    def __init__(self, guess: Guess, addresses: list[str]) -> None:
        super().__init__()
        self.setObjectName("first_start")
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setStyleSheet(sheet("light"))
        self.resize(*FIRST_PX)
        self._addresses = addresses
        self._country, self._zone, self._currency = guess.country, guess.zone, guess.currency
        self._kept_name, self._kept_printer = "", ""
        self._page, self._printer = "nobody", "none"
        self._outer = column(self)
        self._content: QWidget | None = None
        self._speak(guess.language)

    def refuse(self, error: OrderbellError) -> None:
        """Say what was wrong at its field, or beneath the page."""
        self._busy(False)
        words = told(error)
        key = error.field if isinstance(error, BadInput) else ""
        field = self._fields.get(key)
        if field is not None:
            field.refuse(sentences(words.title, words.hint))
        else:
            self._error.setText(sentences(words.title, words.message, words.hint))

    def _speak(self, spoken: str) -> None:
        """Ask everything in `spoken`; what was answered stays."""
        set_language(spoken)
        self.setWindowTitle(_("Welcome to Orderbell"))
        if self._content is not None:
            self._outer.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        page = QWidget()
        page.setProperty("role", "ground")
        centre = row(page, margins=(24, 20, 24, 20))
        box = QWidget()
        box.setMaximumWidth(WIDEST_PX)
        centre.addStretch(1)
        centre.addWidget(box, 20)
        centre.addStretch(1)
        self._lay_out(box)
        self._content = scroll(page)
        self._outer.addWidget(self._content)
        self.name.setFocus()

    def _lay_out(self, box: QWidget) -> None:
        lines = column(box, gap=14)
        head = row()
        words = column(gap=2)
        words.addWidget(label(_("Welcome. Five questions, then the shop is open."), "title"))
        words.addWidget(label(_("Everything can be changed later in Settings."), "second"))
        head.addLayout(words, 1)
        practice = button(
            _("Try a practice shop"), "practice", lambda: self.practice_wanted.emit(language())
        )
        practice.setToolTip(_("Its own folder, a sample menu, nothing is sent."))
        head.addWidget(practice)
        lines.addLayout(head)
        self._fields: dict[str, Field] = {}
        columns = row(gap=16)
        columns.addWidget(self._left(), 1)
        columns.addWidget(self._right(), 1)
        lines.addLayout(columns, 1)
        foot = row()
        self._error = label("", "error", "first_start_error", wrap=True)
        foot.addWidget(self._error, 1)
        self._open = button(_("Open the shop"), "open_shop", self._answer, role="place")
        self._open.setMinimumWidth(300)
        foot.addWidget(self._open)
        lines.addLayout(foot)

    def _left(self) -> QWidget:
        made = frame("card")
        lines = column(made, margins=(20, 16, 20, 16), gap=12)
        lines.addWidget(label(_("1 · Language"), "heading"))
        self._language = Segmented("language", LANGUAGE_NAMES)
        self._language.choose(language())
        self._language.chosen.connect(self._change_language)
        lines.addWidget(self._language)
        lines.addWidget(label(_("2 · Name of the shop"), "heading"))
        self.name = QLineEdit(self._kept_name)
        self.name.setPlaceholderText(_("It stands on every slip"))
        self._add(lines, "name", Field("", self.name, "first_name"))
        lines.addWidget(label(_("3 · Money"), "heading"))
        self.currency = combo(currencies(language()))
        choose(self.currency, self._currency)
        self._add(lines, "currency", Field("", self.currency, "first_currency"))
        place = row(gap=12)
        self.country = combo(countries(language()))
        choose(self.country, self._country)
        self.country.activated.connect(self._follow_country)
        self.zone = combo(zones())
        choose(self.zone, self._zone)
        for key, title, inner in (
            ("country", _("Country"), self.country),
            ("zone", _("Time zone"), self.zone),
        ):
            inner.setMinimumContentsLength(8)
            field = Field(title, inner, f"first_{key}")
            self._fields[key] = field
            place.addWidget(field, 1)
        lines.addLayout(place)
        lines.addWidget(label(_("Guessed from this computer."), "small"))
        lines.addStretch(1)
        return made

    def _right(self) -> QWidget:
        made = frame("card")
        lines = column(made, margins=(20, 16, 20, 16), gap=10)
        lines.addWidget(label(_("4 · Printer"), "heading"))
        self._printers = Segmented(
            "first_printer", [("none", _("None yet")), ("network", _("On the network"))]
        )
        self._printers.chosen.connect(self._choose_printer)
        lines.addWidget(self._printers)
        self.printer = QLineEdit(self._kept_printer)
        self.printer.setPlaceholderText("192.168.1.50:9100")
        self._add(lines, "address", Field("", self.printer, "first_printer_address"))
        lines.addWidget(label(_("5 · Who opens the tracking page?"), "heading"))
        self._options: dict[str, TouchButton] = {}
        for value, name, about in page_options():
            option = button(
                name,
                f"first_page:{value}",
                partial(self._choose_page, value),
                role="chip",
                checkable=True,
            )
            self._options[value] = option
            lines.addWidget(option)
            lines.addWidget(label(about, "small", wrap=True))
        self.address = combo([(address, address) for address in self._addresses])
        self.code = QLineEdit()
        self.code.setPlaceholderText("OB1.…")
        self._page_fields = {
            "wifi": Field(_("This computer’s address on the Wi-Fi"), self.address, "first_address"),
            "hosted": Field(_("Pairing code"), self.code, "first_code"),
        }
        self._fields["page"] = self._page_fields["wifi"]
        self._fields["code"] = self._page_fields["hosted"]
        for field in self._page_fields.values():
            lines.addWidget(field)
        lines.addStretch(1)
        self._choose_printer(self._printer)
        self._choose_page(self._page)
        return made

    def _add(self, lines: QVBoxLayout, key: str, field: Field) -> None:
        self._fields[key] = field
        lines.addWidget(field)

    def _change_language(self, spoken: str) -> None:
        self._kept_name, self._kept_printer = self.name.text(), self.printer.text()
        self._country, self._zone = self.country.currentData(), self.zone.currentData()
        self._currency = self.currency.currentData()
        self._speak(spoken)

    def _follow_country(self) -> None:
        self._country = self.country.currentData()
        choose(self.currency, currency_of(self._country))

    def _choose_printer(self, kind: str) -> None:
        self._printer = kind
        self._printers.choose(kind)
        self._fields["address"].setVisible(kind == "network")

    def _choose_page(self, value: str) -> None:
        self._page = value
        for key, option in self._options.items():
            option.setChecked(key == value)
        for key, field in self._page_fields.items():
            field.setVisible(key == value)

    def _answer(self) -> None:
        for field in self._fields.values():
            field.refuse("")
        self._error.setText("")
        if not self._is_complete():
            return
        self._busy(True)
        shop = ShopSettings(
            name=self.name.text().strip(),
            country=self.country.currentData(),
            zone=self.zone.currentData(),
            currency=self.currency.currentData(),
            language=language(),
        )
        with_page = {"wifi": self.address.currentData() or "", "hosted": self.code.text().strip()}
        printer = self.printer.text().strip() if self._printer == "network" else ""
        self.answered.emit(Answers(shop, printer, self._page, with_page.get(self._page, "")))

    def _is_complete(self) -> bool:
        wrong = {
            "name": "" if self.name.text().strip() else _("The shop needs a name"),
            "address": _("Where is the printer?")
            if self._printer == "network" and not self.printer.text().strip()
            else "",
            "page": _("This computer is on no private network. Connect it to the Wi-Fi first.")
            if self._page == "wifi" and not self._addresses
            else "",
            "code": _("Paste the code, or choose “Nobody yet” for now.")
            if self._page == "hosted" and not self.code.text().strip()
            else "",
        }
        for key, sentence in wrong.items():
            self._fields[key].refuse(sentence)
        return not any(wrong.values())

    def _busy(self, busy: bool) -> None:
        self._open.setEnabled(not busy)
        self._open.setText(_("Opening…") if busy else _("Open the shop"))
