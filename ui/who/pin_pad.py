"""A PIN typed with fingers, and how long it takes until a wrong one may be tried again."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.clock import SECOND_MS, Clock, Instant
from pos_app.domain.staff import FEWEST_DIGITS, MOST_DIGITS
from pos_app.errors import OrderbellError, PinRefused
from ui.widgets.number_pad import NumberPad
from ui.widgets.parts import button, column, label
from ui.words import _, sentences, told

LOOK_MS = 200


class PinPad(QWidget):
    """`typed` carries the PIN. `refuse` says why not; what must wait counts down by itself."""

    typed = Signal(str)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._title = ""
        self._until = Instant(0)
        self.pin = QLineEdit()
        self.pin.setObjectName("pin")
        self.pin.setAccessibleName(_("PIN"))
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.pin.setPlaceholderText(_("PIN"))
        digits = QRegularExpression(f"[0-9]{{0,{MOST_DIGITS}}}")
        self.pin.setValidator(QRegularExpressionValidator(digits, self.pin))
        self.pin.textChanged.connect(lambda _text: self._show())
        self.pin.returnPressed.connect(self._enter)
        self._said = label("", "error", "pin_error", wrap=True)
        self._said.setMinimumHeight(44)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._go = button(_("Enter"), "pin_enter", self._enter, role="place")
        lines = column(self, gap=12)
        lines.addWidget(self.pin)
        lines.addWidget(self._said)
        lines.addWidget(NumberPad(self.pin))
        lines.addWidget(self._go)
        self._tick = QTimer(self)
        self._tick.setInterval(LOOK_MS)
        self._tick.timeout.connect(self._show)
        self._show()

    def refuse(self, error: OrderbellError) -> None:
        """Say what was wrong; a PIN that must wait cannot be entered before."""
        self.pin.clear()
        words = told(error)
        self._title = words.title
        if isinstance(error, PinRefused):
            self._until = Instant(self._clock.now() + error.seconds * SECOND_MS)
            self._tick.start()
        else:
            self._title = sentences(words.title, words.message, words.hint)
        self.setEnabled(True)
        self.pin.setFocus()
        self._show()

    def _enter(self) -> None:
        if self._go.isEnabled():
            # Once: what is being compared is not asked again.
            self.setEnabled(False)
            self.typed.emit(self.pin.text())

    def _show(self) -> None:
        left_s = -(-(self._until - self._clock.now()) // SECOND_MS)
        if left_s > 0:
            wait = _("Next try in {seconds} s.").format(seconds=left_s)
            self._said.setText(sentences(self._title, wait))
        else:
            self._tick.stop()
            if self._until:
                self._title, self._until = "", Instant(0)
            self._said.setText(self._title)
        self._go.setEnabled(left_s <= 0 and len(self.pin.text()) >= FEWEST_DIGITS)
