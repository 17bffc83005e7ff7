"""What is entered beside the cart: phone and money by number pad, address, words, time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from pos_app.desk.consenting import wording
from pos_app.domain.consent import ConsentKind
from pos_app.domain.money import parse_amount
from pos_app.domain.order import Address
from pos_app.errors import BadInput
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.number_pad import NumberPad
from ui.widgets.parts import TouchButton, button, label
from ui.widgets.sheet import Sheet
from ui.widgets.tick import Tick
from ui.words import _, language

TAGS = ("VIP",)
LONGEST_PARTNER = 40
LONGEST_TEXT = 500


class PhoneSheet(Sheet):
    """The number pad for the cart's own phone field, and beneath it the consent to offers.

    It stands here and not in the cart, apart from the texts about the order: nobody needs it.
    """

    def __init__(self, over: QWidget, field: QLineEdit, answered: Callable[[bool], None]) -> None:
        super().__init__(over, "phone_sheet", 340)
        self.set_title(_("Phone"))
        self.body.addWidget(NumberPad(field, "+"))
        self.offers = Tick(wording(ConsentKind.OFFERS, language()), "offers")
        self.offers.toggled.connect(answered)
        self.body.addWidget(self.offers)
        self.body.addStretch(1)
        self.foot.addWidget(button(_("Done"), "phone_done", self.close_sheet, role="act"), 1)

    def show_answer(self, phone: str, offers: bool | None) -> None:
        """What the guest with this number has answered; without a number there is nothing to."""
        self.offers.setVisible(bool(phone))
        if self.offers.isChecked() != bool(offers):
            self.offers.blockSignals(True)
            self.offers.setChecked(bool(offers))
            self.offers.blockSignals(False)


class CashSheet(Sheet):
    """Any amount that a guest hands over."""

    def __init__(self, over: QWidget, chosen: Callable[[int], None]) -> None:
        super().__init__(over, "cash_sheet", 340)
        self.set_title(_("The guest gives"))
        self._chosen = chosen
        self._currency = ""
        self.amount = QLineEdit()
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._field = Field("", self.amount, "cash_amount")
        self.body.addWidget(self._field)
        self.body.addWidget(NumberPad(self.amount, "."))
        self.body.addStretch(1)
        self.foot.addWidget(button(_("Done"), "cash_done", self._done, role="act"), 1)
        self.amount.returnPressed.connect(self._done)

    def open_for(self, currency: str) -> None:
        self._currency = currency
        self.amount.clear()
        self._field.refuse("")
        self.open_sheet()
        self.amount.setFocus()

    def _done(self) -> None:
        typed = self.amount.text().replace(",", ".")
        try:
            amount = parse_amount(typed, self._currency, "amount")
        except BadInput:
            self._field.refuse(_("This is not an amount."))
            return
        self.close_sheet()
        self._chosen(amount)


class AddressSheet(Sheet):
    """Everything a courier needs at the door."""

    def __init__(
        self,
        over: QWidget,
        changed: Callable[[Address], None],
        fetched_by: Callable[[str], None],
    ) -> None:
        super().__init__(over, "address_sheet")
        self.set_title(_("Address"))
        self._changed = changed
        self._address = Address("")
        titles = {
            "street": _("Street and house"),
            "entrance": _("Entrance"),
            "floor": _("Floor"),
            "door_code": _("Door code"),
            "note": _("Note for the courier"),
        }
        self._lines: dict[str, QLineEdit] = {}
        for key, title in titles.items():
            edit = QLineEdit()
            edit.setMaxLength(LONGEST_TEXT)
            edit.textEdited.connect(lambda text, key=key: self._edit(key, text))
            self._lines[key] = edit
            self.body.addWidget(Field(title, edit, f"address_{key}"))
        self._partner = QLineEdit()
        self._partner.setMaxLength(LONGEST_PARTNER)
        self._partner.textEdited.connect(lambda text: fetched_by(text.strip()))
        self.body.addWidget(
            Field(
                _("Fetched by a platform’s rider"),
                self._partner,
                "partner",
                _("Its name, such as Glovo. Empty: our own courier."),
            )
        )
        self.body.addStretch(1)
        self.foot.addWidget(button(_("Done"), "address_done", self.close_sheet, role="act"), 1)

    def open_for(self, address: Address, partner: str) -> None:
        self._address = address
        self._partner.setText(partner)
        for key, edit in self._lines.items():
            edit.setText(getattr(address, key))
        self.open_sheet()
        self._lines["entrance" if address.street else "street"].setFocus()

    def _edit(self, key: str, text: str) -> None:
        self._address = replace(self._address, **{key: text})
        self._changed(self._address)


class TextSheet(Sheet):
    """A few words about the whole order; `tags` may be offered beside them."""

    def __init__(
        self,
        over: QWidget,
        name: str,
        title: str,
        hint: str,
        done: Callable[[str, tuple[str, ...]], None],
        *,
        with_tags: bool = False,
    ) -> None:
        super().__init__(over, f"{name}_sheet")
        self.set_title(title)
        self._done = done
        self.text = QPlainTextEdit()
        self.text.setObjectName(f"{name}_text")
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(hint)
        self.text.setFixedHeight(120)
        self.text.textChanged.connect(self._tell)
        self.body.addWidget(self.text)
        self._tags: dict[str, TouchButton] = {}
        if with_tags:
            self.body.addWidget(label(_("Tags"), "label"))
            box = QWidget()
            flow = FlowLayout(box)
            for tag in TAGS:
                made = button(tag, f"tag:{tag}", self._tell, role="chip", checkable=True)
                self._tags[tag] = made
                flow.addWidget(made)
            self.body.addWidget(box)
        self.body.addStretch(1)
        clear = button(_("Clear"), f"{name}_clear", self._clear, role="danger")
        self.foot.addWidget(clear, 1)
        self.foot.addWidget(button(_("Done"), f"{name}_done", self.close_sheet, role="act"), 1)

    def open_for(self, text: str, tags: tuple[str, ...] = ()) -> None:
        self.text.blockSignals(True)
        self.text.setPlainText(text)
        self.text.blockSignals(False)
        for tag, made in self._tags.items():
            made.setChecked(tag in tags)
        self.open_sheet()
        self.text.setFocus()

    def _tell(self) -> None:
        words = " ".join(self.text.toPlainText().split())[:LONGEST_TEXT]
        self._done(words, tuple(tag for tag, made in self._tags.items() if made.isChecked()))

    def _clear(self) -> None:
        for made in self._tags.values():
            made.setChecked(False)
        self.text.clear()
        self._tell()
        self.close_sheet()
