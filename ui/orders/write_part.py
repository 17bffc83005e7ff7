"""Words of one's own to a guest: written beneath the order, with what they would take as an SMS."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from pos_app.automation.texts import sms_parts
from pos_app.desk.messaging import LONGEST_WORDS
from pos_app.domain.order import Order
from ui.widgets.field import Field
from ui.widgets.parts import button, column, frame, label, row
from ui.words import _, ngettext

_LINES_PX = 84


class WritePart(QWidget):
    """Shut until somebody wants to write. `write_wanted` carries the words."""

    write_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._order_id: int | None = None
        self._begun = ""
        box = frame("soft", "write_part")
        column(self).addWidget(box)
        inner = column(box, margins=(12, 12, 12, 12))
        self._words = QPlainTextEdit()
        self._words.setTabChangesFocus(True)
        self._words.setFixedHeight(_LINES_PX)
        self._words.textChanged.connect(self._count)
        self._field = Field(_("Text to the guest"), self._words, "write_words")
        inner.addWidget(self._field)
        line = row()
        self._size = label("", "second", "write_size")
        line.addWidget(self._size)
        line.addStretch(1)
        line.addWidget(button(_("Send"), "write_do", self._send, role="act"))
        line.addWidget(button(_("Leave it"), "write_leave", self.hide))
        inner.addLayout(line)
        self.hide()

    def show_order(self, order: Order | None, shop_name: str = "") -> list[QPushButton]:
        """The button that begins it; none where nobody is known whom a text would reach.

        News of the same order leaves what is written.
        """
        order_id = order.id if order is not None else None
        if order_id != self._order_id:
            self._order_id = order_id
            self._words.clear()
            self.hide()
        if order is None or order.people_id is None:
            return []
        # A text from an unknown number says first who writes.
        self._begun = f"{shop_name}: " if shop_name else ""
        return [button(_("Write to the guest…"), "guest:write", self._begin, role="chip")]

    def sent(self) -> None:
        """The words have gone to the desk."""
        self._words.clear()
        self.hide()

    def refuse(self, words: str) -> None:
        """Why it was not taken."""
        self._field.refuse(words)

    def _begin(self) -> None:
        self._field.refuse("")
        if not self._words.toPlainText():
            self._words.setPlainText(self._begun)
        self._words.moveCursor(self._words.textCursor().MoveOperation.End)
        self.show()
        self._words.setFocus()

    def _count(self) -> None:
        words = " ".join(self._words.toPlainText().split())
        parts = sms_parts(words) if words else 0
        said = ngettext("{count} part as an SMS", "{count} parts as an SMS", parts)
        self._size.setText(f"{len(words)}/{LONGEST_WORDS} · {said.format(count=parts)}")

    def _send(self) -> None:
        self._field.refuse("")
        words = self._words.toPlainText().strip()
        if not words or words == self._begun.strip():
            self._field.refuse(_("Nothing is written yet"))
            return
        self.write_wanted.emit(words)
