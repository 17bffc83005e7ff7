"""One line of the cart, opened: quantity, changes to the dish, a note, or away with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.desk.setup import Setup
from pos_app.domain.menu import Dish, Modifier
from pos_app.language import pick
from ui.counter.basket import MOST_PIECES, BasketLine
from ui.counter.wording import line_title, money
from ui.widgets.flow import FlowLayout
from ui.widgets.number_pad import NumberPad
from ui.widgets.parts import TouchButton, button, column, empty, label, row
from ui.widgets.sheet import Sheet
from ui.words import _, language

WIDTH_PX = 448


class LineSheet(Sheet):
    """Every touch changes the cart at once; closing it is all that is left to do."""

    def __init__(self, over: QWidget, change: Callable[[int, BasketLine | None], None]) -> None:
        super().__init__(over, "line_sheet", WIDTH_PX)
        self._change = change
        self._index = 0
        self._line = BasketLine(0)
        self._setup: Setup | None = None
        self._choices: dict[str, TouchButton] = {}
        self.quantity = QLineEdit()
        self.quantity.setObjectName("quantity")
        self.quantity.setAccessibleName(_("Quantity"))
        self.quantity.setValidator(QIntValidator(1, MOST_PIECES, self.quantity))
        self.quantity.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.quantity.textEdited.connect(self._on_typed)
        steps = row()
        minus = button("−", "quantity:minus", lambda: self._step(-1), role="key")
        minus.setAccessibleName(_("One less"))
        plus = button("+", "quantity:plus", lambda: self._step(+1), role="key")
        plus.setAccessibleName(_("One more"))
        steps.addWidget(minus, 1)
        steps.addWidget(self.quantity, 1)
        steps.addWidget(plus, 1)
        self.body.addLayout(steps)
        self._modifiers = QWidget()
        self._groups = column(self._modifiers, gap=10)
        self.body.addWidget(self._modifiers)
        self.note = QLineEdit()
        self.note.setObjectName("line_note")
        self.note.setPlaceholderText(_("Note for the kitchen"))
        self.note.setMaxLength(500)
        self.note.textEdited.connect(lambda text: self._put(replace(self._line, note=text.strip())))
        self.body.addWidget(self.note)
        self._pad = NumberPad(self.quantity)
        self.body.addWidget(self._pad)
        self.body.addStretch(1)
        self.foot.addWidget(button(_("Remove"), "line_remove", self._remove, role="danger"), 1)
        self.foot.addWidget(button(_("Done"), "line_done", self.close_sheet, role="act"), 1)

    @property
    def index(self) -> int:
        return self._index

    def open_line(self, index: int, line: BasketLine, setup: Setup) -> None:
        self._index, self._line, self._setup = index, line, setup
        self._show_line()
        self.quantity.selectAll()
        self.note.setText(line.note)
        self._show_modifiers(setup.menu.dish(line.dish_id))
        self.open_sheet()

    def _show_line(self) -> None:
        if self._setup is not None:
            self.set_title(line_title(self._setup.menu, self._line))
        if self.quantity.text() != str(self._line.quantity):
            self.quantity.setText(str(self._line.quantity))
            # The next digit of the pad replaces what stands there.
            self.quantity.selectAll()

    def _show_modifiers(self, dish: Dish | None) -> None:
        empty(self._groups)
        self._choices = {}
        groups: dict[str, list[Modifier]] = {}
        for modifier in dish.modifiers if dish else ():
            groups.setdefault(modifier.choice, []).append(modifier)
        for choice, members in groups.items():
            self._groups.addWidget(label(_("Choose one") if choice else _("Changes"), "label"))
            box = QWidget()
            flow = FlowLayout(box)
            for modifier in members:
                flow.addWidget(self._choice(modifier))
            self._groups.addWidget(box)
        self._modifiers.setVisible(bool(groups))

    def _choice(self, modifier: Modifier) -> TouchButton:
        text = pick(modifier.names, language())
        if modifier.price and self._setup is not None:
            sign = "+" if modifier.price > 0 else ""
            text += f"  {sign}{money(modifier.price, self._setup.settings)}"
        name = f"modifier:{pick(modifier.names, 'en')}"
        made = button(text, name, lambda: self._toggle(modifier), role="chip", checkable=True)
        made.setChecked(modifier.uid in self._line.modifier_uids)
        self._choices[modifier.uid] = made
        return made

    def _toggle(self, modifier: Modifier) -> None:
        chosen = set(self._line.modifier_uids)
        dish = self._setup.menu.dish(self._line.dish_id) if self._setup else None
        if dish is None:
            return
        if modifier.uid in chosen:
            chosen.remove(modifier.uid)
        else:
            if modifier.choice:
                chosen -= {m.uid for m in dish.modifiers if m.choice == modifier.choice}
            chosen.add(modifier.uid)
        kept = tuple(m.uid for m in dish.modifiers if m.uid in chosen)
        self._put(replace(self._line, modifier_uids=kept))
        for uid, made in self._choices.items():
            made.setChecked(uid in chosen)

    def _step(self, by: int) -> None:
        quantity = min(MOST_PIECES, max(1, self._line.quantity + by))
        self._put(replace(self._line, quantity=quantity))

    def _on_typed(self, text: str) -> None:
        if text.isdigit() and 1 <= int(text) <= MOST_PIECES:
            self._put(replace(self._line, quantity=int(text)))

    def _put(self, line: BasketLine) -> None:
        self._line = line
        self._show_line()
        self._change(self._index, line)

    def _remove(self) -> None:
        self.close_sheet()
        self._change(self._index, None)
