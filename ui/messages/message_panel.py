"""One text: what became of it and why, what it cost, and what a person can still do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from pos_app.config import Settings
from pos_app.desk.messages_desk import ListedMessage
from pos_app.desk.messaging import UNHEARD, UNSENT
from pos_app.domain.money import finely, symbol
from ui import message_words
from ui.order_words import day_and_time
from ui.rights import sees_money
from ui.rule_words import begun
from ui.widgets.parts import button, column, empty, label, row
from ui.words import _, language, ngettext


class MessagePanel(QFrame):
    """Empty until a text is chosen."""

    order_wanted = Signal(int)
    again_wanted = Signal(int)
    take_back_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("message_panel")
        self._lines = column(self, margins=(20, 16, 20, 20), gap=10)
        self.show_nothing()

    def show_nothing(self) -> None:
        empty(self._lines)
        words = _("Tap a text to see what became of it, and why.")
        self._lines.addWidget(label(words, "second", "message_none", wrap=True))
        self._lines.addStretch(1)

    def show_message(self, message: ListedMessage, settings: Settings) -> None:
        empty(self._lines)
        add = self._lines.addWidget
        number = " · ".join(part for part in (message.number, message.guest) if part)
        add(label(number, "title", "message_number", wrap=True))
        add(label(message_words.title(message), "strong", "message_title", wrap=True))
        bad = message.state in message_words.TO_LOOK_AT
        add(label(_outcome(message), "error" if bad else "", "message_outcome", wrap=True))
        if message.words:
            words = _("It would have said: {words}").format(words=message.words)
            add(label(words, "", "message_words", wrap=True))
        for place, line in enumerate(_facts(message, settings), start=1):
            add(label(line, "second", f"message_fact:{place}", wrap=True))
        self._lines.addStretch(1)
        add(self._acts(message))

    def _acts(self, message: ListedMessage) -> QWidget:
        made = QWidget()
        line = row(made, gap=12)
        order = message.order_id
        wanted = self.order_wanted
        line.addWidget(button(_("Show the order"), "message_order", lambda: wanted.emit(order)))
        if message.state in UNHEARD:
            again = self.again_wanted
            words = _("Text again")
            line.addWidget(button(words, "message_again", lambda: again.emit(message.id)))
        if message.state in UNSENT:
            back = self.take_back_wanted
            words = _("Do not send")
            made_back = button(words, "message_back", lambda: back.emit(message.id), role="danger")
            line.addWidget(made_back)
        line.addStretch(1)
        return made


def _outcome(message: ListedMessage) -> str:
    said = begun(message_words.state_sentence(message.state))
    reason = message_words.reason(message)
    return f"{said}: {reason}." if reason else f"{said}."


def _facts(message: ListedMessage, settings: Settings) -> list[str]:
    """When it was asked for, left and ended, and what it cost."""
    found = [
        _("Asked for by a person") if message.is_by_hand else _("Asked for by a rule"),
        _("Made {time}").format(time=day_and_time(message.created_at, settings)),
    ]
    if message.state in (*message_words.UNDER_WAY, *message_words.HELD):
        leaves, ends = (
            day_and_time(at, settings) for at in (message.not_before, message.not_after)
        )
        found.append(_("Leaves {time} at the earliest").format(time=leaves))
        found.append(_("Not sent any more after {time}").format(time=ends))
    if message.sent_at is not None:
        found.append(_("Left {time}").format(time=day_and_time(message.sent_at, settings)))
    if message.settled_at is not None:
        found.append(_("Ended {time}").format(time=day_and_time(message.settled_at, settings)))
    if message.parts:
        parts = ngettext("{count} part", "{count} parts", message.parts)
        found.append(_with_cost(parts.format(count=message.parts), message.cost, settings))
    return found


def _with_cost(said: str, cost: int, settings: Settings) -> str:
    if not cost or not sees_money():
        return said
    currency = settings.shop.currency
    return f"{said} · {finely(cost, currency)} {symbol(currency, language())}"
