"""The form of one way out, made from what its kind asks for; each error stands at its field."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pos_app.config import PHONE, WayOut
from pos_app.domain.money import finely, parse_finely, symbol
from pos_app.domain.way_forms import AskedField, Secret, WayForm
from pos_app.errors import BadInput, OrderbellError
from ui.settings.way_field_words import field_words
from ui.settings.way_inputs import Input, input_of
from ui.settings.way_words import kind_name, kind_steps, secret_name
from ui.widgets.field import Field
from ui.widgets.parts import button, column, empty, label, row
from ui.words import _, language, sentences, told

_IN_LIST = re.compile(r"([A-Za-z_]+)\[(\d+)\]")


class WayFormPage(QWidget):
    """`kept` carries what makes the WayOut, and its secret; `left` when somebody goes back."""

    kept = Signal(object, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._form: WayForm | None = None
        self._way: WayOut | None = None
        self._currency, self._name = "", ""
        self._name_line: QLineEdit | None = None
        self._inputs: dict[str, Input] = {}
        self._fields: dict[str, Field] = {}
        self._rows = column(self, gap=14)

    def begin(
        self, form: WayForm, way: WayOut | None, name: str, currency: str, given: dict[str, str]
    ) -> None:
        """Ask for a way of this kind: a new one called `name`, or `way`, which is changed.

        `given` fills fields of a new one beforehand.
        """
        self._form, self._way, self._currency = form, way, currency
        self._inputs, self._fields = {}, {}
        empty(self._rows)
        self._add_head(form, way)
        usual = [asked for asked in form.fields if not asked.is_further]
        further = [asked for asked in form.fields if asked.is_further]
        for asked in usual:
            if asked.name != "lan":
                self._add_input(self._rows, form.kind, asked)
        if form.secret is not Secret.NONE:
            self._add_secret(form, way)
        for asked in usual:
            if asked.name == "lan":
                self._add_input(self._rows, form.kind, asked)
        if form.is_priced:
            self._add_price(way)
        self._add_further(form, way, further, name)
        self._add_acts()
        self._fill(form, way, given)
        self._follow_ticks()

    def refuse(self, error: OrderbellError) -> bool:
        """Say what is wrong at its field; False where no field is meant."""
        self._save.setEnabled(True)
        if not isinstance(error, BadInput):
            return False
        named = _IN_LIST.match(error.field)
        key = named[1] if named else error.field
        field_ = self._fields.get({"token": "secret"}.get(key, key))
        if field_ is None:
            return False
        words = told(error)
        place = _("No. {place}").format(place=int(named[2]) + 1) + ": " if named else ""
        field_.refuse(place + sentences(words.title, words.hint))
        if self._more.isAncestorOf(field_):
            self._show_more(True)
        field_.inner.setFocus()
        return True

    def wait(self) -> None:
        """What was entered is being checked and stored."""
        self._save.setEnabled(False)

    # Laying out

    def _add_head(self, form: WayForm, way: WayOut | None) -> None:
        kind = kind_name(form.kind)
        said = kind if way is None else _("Change {name}").format(name=kind)
        self._rows.addWidget(label(said, "heading", "way_form", wrap=True))
        self._rows.addWidget(label(kind_steps(form.kind), "second", "way_steps", wrap=True))

    def _add_input(self, rows: QVBoxLayout, kind: str, asked: AskedField) -> None:
        words = field_words(kind, asked.name)
        name = f"way_{asked.name}"
        made = self._inputs[asked.name] = input_of(asked, words, name)
        if made.is_titled:
            self._place(rows, asked.name, Field(words.title, made.widget, name, words.hint))
        else:
            rows.addWidget(made.widget)

    def _place(self, rows: QVBoxLayout, key: str, field: Field) -> None:
        self._fields[key] = field
        rows.addWidget(field)

    def _add_secret(self, form: WayForm, way: WayOut | None) -> None:
        self._secret = QLineEdit()
        self._secret.setEchoMode(QLineEdit.EchoMode.Password)
        hint = ""
        if way is not None:
            hint = _("Leave it empty to keep the one that is stored.")
        elif form.secret is Secret.OPTIONAL:
            hint = _("Empty where none is asked for.")
        field = Field(secret_name(form), self._secret, "way_secret", hint)
        self._place(self._rows, "secret", field)

    def _add_price(self, way: WayOut | None) -> None:
        self._price = QLineEdit("" if way is None else finely(way.price, self._currency))
        self._price.setPlaceholderText("0")
        title = _("Price of one part, {currency}").format(
            currency=symbol(self._currency, language())
        )
        hint = _("What texts cost is counted with it. Empty: nothing.")
        self._place(self._rows, "price", Field(title, self._price, "way_price", hint))

    def _add_further(
        self, form: WayForm, way: WayOut | None, further: list[AskedField], name: str
    ) -> None:
        self._more = QWidget()
        rows = column(self._more, gap=14)
        for asked in further:
            self._add_input(rows, form.kind, asked)
        self._name, self._name_line = (name if way is None else way.name), None
        is_named = form.kind != "webhook" and way is None and name != PHONE
        if is_named:
            hint = _("Small letters, digits and -. It stands in what is told of a text.")
            self._name_line = QLineEdit(name)
            self._place(rows, "name", Field(_("Its own name"), self._name_line, "way_name", hint))
        self._more_button = button(
            _("More…"), "way_more", lambda: self._show_more(True), role="quiet"
        )
        self._rows.addWidget(self._more_button)
        self._rows.addWidget(self._more)
        self._show_more(False)
        self._more_button.setVisible(bool(further) or is_named)

    def _show_more(self, on: bool) -> None:
        self._more.setVisible(on)
        self._more_button.setVisible(not on)

    def _add_acts(self) -> None:
        line = row()
        self._save = button(_("Save"), "way_save", self._keep, role="act")
        line.addWidget(self._save, 1)
        line.addWidget(button(_("Cancel"), "way_cancel", self.left.emit))
        self._rows.addLayout(line)

    def _fill(self, form: WayForm, way: WayOut | None, given: dict[str, str]) -> None:
        stored: dict[str, Any] = {} if way is None else dict(way.setup)
        for asked in form.fields:
            value = stored.get(asked.name, given.get(asked.name))
            if value is not None:
                self._inputs[asked.name].show(_shown(asked.name, value))
            elif asked.default:
                self._inputs[asked.name].show(asked.default)

    def _follow_ticks(self) -> None:
        """Fields that count only with a tick are shown only with it."""
        for asked in self._form.fields if self._form is not None else ():
            if asked.only_with:
                made, field = self._inputs[asked.only_with], self._fields[asked.name]
                if made.tick is not None:
                    made.tick.toggled.connect(field.setVisible)
                field.setVisible(bool(made.answer()))

    # What was entered

    def _keep(self) -> None:
        if self._form is None:
            return
        for field in self._fields.values():
            field.refuse("")
        secret = self._secret.text() if self._form.secret is not Secret.NONE else ""
        self.kept.emit(self._reading(self._form), secret)

    def _reading(self, form: WayForm) -> Callable[[], WayOut]:
        """What makes the WayOut from what was entered; it raises BadInput naming the field."""
        setup = self._answers(form)
        price = self._price.text().strip() if form.is_priced else ""
        way, line, currency = self._way, self._name_line, self._currency
        name = self._name if line is None else line.text().strip()

        def read() -> WayOut:
            amount = way.price if way is not None else 0
            if form.is_priced:
                amount = parse_finely(price or "0", currency, "price")
            return WayOut(name, "", form.kind, setup, amount)

        return read

    def _answers(self, form: WayForm) -> dict[str, Any]:
        """As a setup's document: what is empty is left to the kind's own default."""
        found = {}
        for asked in form.fields:
            if asked.only_with and not self._inputs[asked.only_with].answer():
                continue
            answer = self._inputs[asked.name].answer()
            if answer is not None:
                found[asked.name] = answer
            elif asked.is_needed:
                found[asked.name] = ""
        return found


def _shown(field: str, value: Any) -> Any:
    """An address of mail is entered without what makes it a link."""
    return value.removeprefix("mailto:") if field == "contact" and isinstance(value, str) else value
