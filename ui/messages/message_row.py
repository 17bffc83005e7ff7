"""One text in the list: whose, what about, by which way, what became of it, and when."""

from __future__ import annotations

from pos_app.config import Settings
from pos_app.desk.messages_desk import ListedMessage
from ui import message_words
from ui.order_words import day_and_time
from ui.widgets.ink import Words
from ui.widgets.listed_row import BELOW_PX, BOLD, PLAIN, STATE_PX, TITLE_PX, ListedRow

_INKS = {
    "failed": "late_text",
    "uncertain": "late_text",
    "expired": "late_text",
    "delivered": "done",
}


class MessageRow(ListedRow):
    """Named `message:7` by its id."""

    def __init__(self, message: ListedMessage, settings: Settings) -> None:
        self.message_id = message.id
        state, ink = message_words.state_word(message.state), _INKS.get(message.state, "second")
        whose = (message.guest, message_words.reason(message))
        below = " · ".join(part for part in whose if part)
        when = day_and_time(message.sent_at or message.not_before, settings)
        super().__init__(
            f"message:{message.id}",
            message.number,
            (
                Words(message_words.title(message), TITLE_PX, BOLD, "text"),
                Words(state, STATE_PX, BOLD, ink),
            ),
            (Words(below, BELOW_PX, PLAIN, "second"), Words(when, BELOW_PX, PLAIN, "second")),
        )
