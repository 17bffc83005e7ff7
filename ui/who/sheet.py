"""Big names to tap, and a number pad for those with a PIN. Not modal: the board works on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos_app.clock import Clock
from pos_app.domain.staff import Role, StaffMember
from pos_app.errors import OrderbellError
from ui.staff_words import role_word
from ui.style import sheet
from ui.who.pin_pad import PinPad
from ui.widgets.parts import button, label
from ui.widgets.sheet import Sheet
from ui.words import _, sentences, told

WIDTH_PX = 440
# Longer names get the whole width, so that none is cut.
SHORT_NAME = 14
ORDER = (Role.MANAGER, Role.CASHIER, Role.KITCHEN, Role.COURIER)

_QSS = """
QPushButton[role="person"] { min-height: 64px; font-size: 20px; text-align: left;
    padding: 0 16px; }
QPushButton[role="quiet"] { min-height: 56px; }
QPushButton[role="key"] { min-height: 60px; font-size: 24px; }
QLineEdit#pin { min-height: 60px; font-size: 28px; }
"""


class WhoSheet(Sheet):
    """Made for one question and gone with its answer.

    `chosen` carries the id and the PIN (empty for who has none), `left` that nobody is to stand
    here.
    """

    chosen = Signal(str, str)
    left = Signal()

    def __init__(self, over: QWidget, clock: Clock, *, dark: bool) -> None:
        super().__init__(over, "who_sheet", WIDTH_PX)
        self.setStyleSheet(sheet("dark" if dark else "light") + _QSS)
        self._clock = clock
        self._pad: PinPad | None = None
        self._names = QWidget()
        self._grid = QGridLayout(self._names)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._why = label("", "second", "who_why", wrap=True)
        self._said = label("", "error", "who_error", wrap=True)
        self.body.addWidget(self._why)
        self.body.addWidget(self._said)
        self.body.addWidget(self._names)
        self._end = button(_("I am leaving"), "who_leave", self.left.emit, role="quiet")
        self._end.hide()
        self._back = button(_("Other name"), "who_back", self.show_names, role="quiet")
        self.foot.addWidget(self._back)
        self.foot.addStretch(1)
        self.foot.addWidget(self._end)
        self.body.addStretch(1)
        self._anybody = False

    def ask(self, staff: list[StaffMember], here: str, why: str) -> None:
        """Show `staff` to choose from; `here` stands at the screen now, `why` we ask."""
        self._why.setText(why)
        self._why.setVisible(bool(why))
        # Who is asked for a screen wants in, not out.
        self._anybody = bool(here) and not why
        self._fill(staff, here)
        self.show_names()
        # Without the focus: the keys of a bump bar go on working.
        self.open_sheet()

    def show_names(self) -> None:
        self.set_title(_("Who is here?"))
        self._said.hide()
        self._drop_pad()
        self._names.show()
        self._back.hide()
        self._end.setVisible(self._anybody)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def refuse(self, error: OrderbellError) -> None:
        """The desk said no to what was chosen."""
        if self._pad is not None:
            self._pad.refuse(error)
            return
        words = told(error)
        self._said.setText(sentences(words.title, words.message, words.hint))
        self._said.show()

    def _fill(self, staff: list[StaffMember], here: str) -> None:
        columns = 2 if all(len(one.name) <= SHORT_NAME for one in staff) else 1
        line = 0
        for role in ORDER:
            of_role = [one for one in staff if one.role is role]
            if not of_role:
                continue
            self._grid.addWidget(label(role_word(role), "label"), line, 0, 1, columns)
            line += 1
            for place, one in enumerate(of_role):
                made = button(one.name, f"who:{one.name}", partial(self._choose, one))
                made.setProperty("role", "person")
                made.setCheckable(True)
                made.setChecked(one.id == here)
                self._grid.addWidget(made, line + place // columns, place % columns)
            line += -(-len(of_role) // columns)
        for place in range(columns):
            self._grid.setColumnStretch(place, 1)

    def _choose(self, one: StaffMember) -> None:
        if not one.has_pin:
            self.chosen.emit(one.id, "")
            return
        self.set_title(one.name)
        self._said.hide()
        self._names.hide()
        self._end.hide()
        self._back.show()
        self._drop_pad()
        self._pad = PinPad(self._clock)
        self._pad.typed.connect(lambda pin: self.chosen.emit(one.id, pin))
        self.body.insertWidget(2, self._pad)
        self._pad.pin.setFocus()

    def _drop_pad(self) -> None:
        if self._pad is not None:
            self._pad.hide()
            self._pad.deleteLater()
            self._pad = None
