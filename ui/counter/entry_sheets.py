"""What is entered beside the cart: phone and money by number pad, address, words, time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from pos_app.clock import MINUTE_MS, Instant
from pos_app.desk.setup import Setup
from pos_app.domain.money import parse_amount
from pos_app.domain.order import Address
from pos_app.errors import BadInput
from ui.counter.wording import clock_time
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.number_pad import NumberPad
from ui.widgets.parts import TouchButton, button, empty, label
from ui.widgets.sheet import Sheet
from ui.words import _

QUARTER_MS = 15 * MINUTE_MS
QUARTERS = 32
TAGS = ("VIP",)
LONGEST_TEXT = 500


class PhoneSheet(Sheet):
    """The number pad for the cart's own phone field."""

    def __init__(self, over: QWidget, field: QLineEdit) -> None:
        super().__init__(over, "phone_sheet", 340)
        self.set_title(_("Phone"))
        self.body.addWidget(NumberPad(field, "+"))
        self.body.addStretch(1)
        self.foot.addWidget(button(_("Done"), "phone_done", self.close_sheet, role="act"), 1)


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

    def __init__(self, over: QWidget, changed: Callable[[Address], None]) -> None:
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
        self.body.addStretch(1)
        self.foot.addWidget(button(_("Done"), "address_done", self.close_sheet, role="act"), 1)

    def open_for(self, address: Address) -> None:
        self._address = address
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


class TimeSheet(Sheet):
    """When a later order is wanted, in quarter hours of the shop's zone."""

    def __init__(self, over: QWidget, chosen: Callable[[Instant | None], None]) -> None:
        super().__init__(over, "time_sheet")
        self.set_title(_("For when?"))
        self._chosen = chosen
        grid = QWidget()
        self._grid = QGridLayout(grid)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self.body.addWidget(grid)
        self.body.addStretch(1)
        now = button(_("As soon as possible"), "time:now", lambda: self._choose(None))
        self.foot.addWidget(now, 1)

    def open_for(self, soonest: Instant, chosen: Instant | None, setup: Setup) -> None:
        empty(self._grid)
        first = -(-soonest // QUARTER_MS) * QUARTER_MS
        for index in range(QUARTERS):
            quarter = Instant(first + index * QUARTER_MS)
            text = clock_time(quarter, setup.settings)
            made = button(
                text,
                f"time:{text}",
                partial(self._choose, quarter),
                role="chip",
                checkable=True,
            )
            made.setChecked(quarter == chosen)
            self._grid.addWidget(made, index // 4, index % 4)
        self.open_sheet()

    def _choose(self, instant: Instant | None) -> None:
        self.close_sheet()
        self._chosen(instant)
