"""The texts in one group: read page by page, the newest first, never an older answer last."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.bootstrap import Shop
from pos_app.config import Settings
from pos_app.desk.messages_desk import ListedMessage, MessagePage
from ui.background import Background
from ui.messages.message_row import MessageRow
from ui.widgets.parts import button, column, empty
from ui.words import _

PAGE = 60


class MessageList(QWidget):
    """`opened` carries the text that was tapped; `shown` how many rows stand there."""

    opened = Signal(object)
    shown = Signal(int)

    def __init__(self, shop: Shop, background: Background) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._shop, self._background = shop, background
        self._states: tuple[str, ...] = ()
        self._questions = 0
        self._wanted = PAGE
        self._rows: list[MessageRow] = []
        self._before: int | None = None
        self._chosen: int | None = None
        layout = column(self)
        self._lines: QVBoxLayout = column()
        layout.addLayout(self._lines)
        self._older = button(_("Show older texts"), "messages_older", self.read_older, role="quiet")
        self._older.hide()
        layout.addWidget(self._older)
        layout.addStretch(1)

    def read(self, states: tuple[str, ...], settings: Settings) -> None:
        """Anew; what was paged down to in the same group is read whole again."""
        self._wanted = max(PAGE, self._wanted) if states == self._states else PAGE
        self._states, self._settings = states, settings
        self._ask(self._wanted, None)

    def read_older(self) -> None:
        """The next page beneath what stands there."""
        self._older.setEnabled(False)
        # News that comes meanwhile reads this page as well, in place of it.
        self._wanted = len(self._rows) + PAGE
        self._ask(PAGE, self._before)

    def choose(self, message_id: int | None) -> None:
        """Mark the row of the text whose details are shown."""
        self._chosen = message_id
        for row in self._rows:
            row.setChecked(row.message_id == message_id)

    def _ask(self, limit: int, before: int | None) -> None:
        self._questions += 1
        question, states = self._questions, self._states
        self._background.read(
            "read the texts",
            lambda: self._shop.desk.messages.page(states, before, limit),
            lambda page: self._show(question, page, is_next=before is not None),
        )

    def _show(self, question: int, page: MessagePage, *, is_next: bool) -> None:
        if question != self._questions:
            return
        if not is_next:
            empty(self._lines)
            self._rows = []
        for message in page.messages:
            self._add(message)
        self._before = page.older
        self._older.setVisible(page.older is not None)
        self._older.setEnabled(True)
        self.choose(self._chosen)
        self.shown.emit(len(self._rows))

    def _add(self, message: ListedMessage) -> None:
        row = MessageRow(message, self._settings)
        row.clicked.connect(lambda *_args: self.opened.emit(message))
        self._lines.addWidget(row)
        self._rows.append(row)
