"""Words of one's own to a guest: written beneath the order, with what they would take as an SMS.

What is half written waits with its order until somebody comes back to it.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from pos_app.automation.texts import sms_parts
from pos_app.desk.messaging import LONGEST_WORDS
from pos_app.domain.order import Order
from ui.unfinished import Unfinished
from ui.widgets.field import Field
from ui.widgets.parts import button, column, frame, label, row
from ui.words import _, ngettext

_LINES_PX = 84


class WritePart(QWidget):
    """Shut until somebody wants to write. `write_wanted` carries the words."""

    write_wanted = Signal(str)

    def __init__(self, unfinished: Unfinished) -> None:
        super().__init__()
        self._drafts = unfinished.to_guests
        self._order_id: int | None = None
        self._begun = ""
        box = frame("soft", "write_part")
        column(self).addWidget(box)
        inner = column(box, margins=(12, 12, 12, 12))
        self._words = QPlainTextEdit()
        self._words.setTabChangesFocus(True)
        self._words.setFixedHeight(_LINES_PX)
        self._words.textChanged.connect(self._follow)
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
        is_other = order_id != self._order_id
        self._order_id = order_id
        if order is None or order.people_id is None:
            self._forget(order_id)
            return []
        # A text from an unknown number says first who writes.
        self._begun = f"{shop_name}: " if shop_name else ""
        if is_other:
            self._show_draft(order.id)
        return [button(_("Write to the guest…"), "guest:write", self._begin, role="chip")]

    def sent(self, order_id: int) -> None:
        """The words about this order have gone to the desk."""
        self._drafts.pop(order_id, None)
        if order_id == self._order_id:
            self._forget(order_id)

    def forget_all(self) -> None:
        """A guest is forgotten: no word that was meant for anybody is kept."""
        self._drafts.clear()
        self._forget(self._order_id)

    def refuse(self, words: str) -> None:
        """Why it was not taken."""
        self._field.refuse(words)

    def _show_draft(self, order_id: int) -> None:
        words = self._drafts.get(order_id, "")
        self._field.refuse("")
        self._words.setPlainText(words)
        self.setVisible(bool(words))

    def _forget(self, order_id: int | None) -> None:
        """Nothing is being written; where nobody is known any more, no word to him is kept."""
        self._words.clear()
        if order_id is not None:
            self._drafts.pop(order_id, None)
        self.hide()

    def _follow(self) -> None:
        """Words were typed, or shown: what is more than the beginning is kept."""
        words = self._words.toPlainText()
        if self._order_id is not None:
            if words.strip() and words != self._begun:
                self._drafts[self._order_id] = words
            else:
                self._drafts.pop(self._order_id, None)
        self._count()

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
