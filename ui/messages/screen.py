"""Messages: every text to a guest with what became of it; those that did not arrive come first."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from pos_app.bootstrap import Shop
from pos_app.desk.messages_desk import ListedMessage
from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.errors import OrderbellError
from ui import message_words
from ui.background import Background
from ui.messages.message_list import MessageList
from ui.messages.message_panel import MessagePanel
from ui.messages.spend_line import SpendLine
from ui.notices import Notices
from ui.style import sheet
from ui.widgets.parts import TouchButton, column, label, row, scroll
from ui.widgets.segmented import Segmented
from ui.words import _, sentences, told

PAUSE_MS = 150
LIST_PX = 720
ALL, LOOK, WAITING, HELD, ARRIVED = "all", "look", "waiting", "held", "arrived"
GROUPS: dict[str, tuple[str, ...]] = {
    ALL: (),
    LOOK: message_words.TO_LOOK_AT,
    WAITING: message_words.UNDER_WAY,
    HELD: message_words.HELD,
    ARRIVED: message_words.ARRIVED,
}


class MessagesScreen(QWidget):
    """The list on the left, one text on the right. `order_wanted` asks for an order's details."""

    order_wanted = Signal(int)

    def __init__(self, shop: Shop, setup: Setup, background: Background, notices: Notices) -> None:
        super().__init__()
        self.setObjectName("messages")
        self.setProperty("role", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setStyleSheet(sheet("light"))
        self._shop, self._setup = shop, setup
        self._background, self._notices = background, notices
        self._group = ALL
        self._chosen: int | None = None
        self.list = MessageList(shop, background)
        self.list.opened.connect(self._open)
        self.list.shown.connect(self._show_count)
        self.panel = MessagePanel()
        self.panel.order_wanted.connect(self.order_wanted)
        self.panel.again_wanted.connect(self._say_again)
        self.panel.take_back_wanted.connect(self._take_back)
        self.spend = SpendLine(shop, background)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.read)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = column(self, margins=(16, 16, 16, 16), gap=12)
        self.groups = Segmented("messages_group", _group_names())
        self.groups.choose(self._group)
        self.groups.chosen.connect(self._choose)
        layout.addWidget(self.groups)
        line = row(gap=16)
        left = QWidget()
        left.setMaximumWidth(LIST_PX)
        lines = column(left, gap=12)
        self._nothing = label("", "second", "messages_empty", wrap=True)
        self._nothing.hide()
        lines.addWidget(self._nothing)
        lines.addWidget(scroll(self.list), 1)
        lines.addWidget(self.spend)
        line.addWidget(left, 4)
        line.addWidget(self.panel, 3)
        layout.addLayout(line, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.read()

    def show_setup(self, setup: Setup) -> None:
        self._setup = setup
        if self.isVisible():
            self._pause.start()

    def show_cards(self, _cards: dict[int, Card]) -> None:
        """Orders changed, and with them perhaps their texts."""
        if self.isVisible():
            self._pause.start()

    def read(self) -> None:
        """The list, the counts beside the groups, and the text that is looked at."""
        self.list.read(GROUPS[self._group], self._setup.settings)
        desk = self._shop.desk
        self._background.read("count the texts", desk.messages.counts, self._show_counts)
        self.spend.read(self._setup.settings)
        if self._chosen is not None:
            self._read_one(self._chosen)

    def _choose(self, group: str) -> None:
        self._group = group
        self.read()

    def _open(self, message: ListedMessage) -> None:
        self._chosen = message.id
        self.list.choose(message.id)
        self.panel.show_message(message, self._setup.settings)

    def _read_one(self, message_id: int) -> None:
        desk = self._shop.desk

        def show(found: ListedMessage | None) -> None:
            if self._chosen != message_id:
                return
            if found is None:
                self._chosen = None
                self.panel.show_nothing()
            else:
                self.panel.show_message(found, self._setup.settings)

        self._background.read("read a text", lambda: desk.messages.one(message_id), show)

    def _show_counts(self, counts: Mapping[str, int]) -> None:
        for group, name in _group_names():
            count = sum(counts.get(state, 0) for state in GROUPS[group])
            made = self.groups.findChild(TouchButton, f"messages_group:{group}")
            if isinstance(made, TouchButton) and group in (LOOK, WAITING, HELD):
                made.setText(f"{name} · {count}" if count else name)

    def _show_count(self, count: int) -> None:
        self._nothing.setVisible(not count)
        self._nothing.setText(_nothing_here(self._group))

    # Acts

    def _say_again(self, message_id: int) -> None:
        desk = self._shop.desk
        self._background.act(
            "text again",
            lambda: desk.messages.say_again(message_id),
            self._said_again,
            self._refused,
        )

    def _said_again(self, state: str) -> None:
        self._notices.say(message_words.begun_now(state))
        self._pause.start()

    def _take_back(self, message_id: int) -> None:
        desk = self._shop.desk
        self._background.act(
            "take a text back",
            lambda: desk.messages.take_back(message_id),
            lambda _done: self._pause.start(),
            self._refused,
        )

    def _refused(self, error: OrderbellError) -> None:
        said = told(error)
        self._notices.say(sentences(said.title, said.message, said.hint))
        self._pause.start()


def _group_names() -> list[tuple[str, str]]:
    return [
        (ALL, _("All")),
        (LOOK, _("Not arrived")),
        (WAITING, _("Waiting")),
        (HELD, _("Held")),
        (ARRIVED, _("Sent")),
    ]


def _nothing_here(group: str) -> str:
    return {
        LOOK: _("Every recent text has arrived or is on its way."),
        WAITING: _("No text waits."),
        HELD: _("No text is held."),
        ARRIVED: _("No text has left yet."),
    }.get(group, _("No text yet. Rules are under Auto-messages."))
