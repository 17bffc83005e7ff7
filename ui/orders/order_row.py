"""One order in the list: number, guest, state, time and money, in one line that never moves."""

from __future__ import annotations

from pos_app.config import Settings
from pos_app.desk.reading import Card
from pos_app.domain.workflow import has_ended
from ui.order_words import (
    day_and_time,
    fulfilment_word,
    is_owed,
    kind_word,
    money_of,
    phone_words,
)
from ui.widgets.ink import Words
from ui.widgets.listed_row import BELOW_PX, BOLD, PLAIN, STATE_PX, TITLE_PX, ListedRow
from ui.words import _


class OrderRow(ListedRow):
    """Named `order:A43`."""

    def __init__(self, card: Card, settings: Settings) -> None:
        order = card.order
        self.order_id = order.id
        known = (order.customer.name, phone_words(order.customer.phone, settings))
        guest = " · ".join(part for part in known if part) or fulfilment_word(order)
        placed = f"{fulfilment_word(order)} · {day_and_time(order.placed_at, settings)}"
        due = _("TO PAY") if is_owed(order) else ""
        money = " ".join(part for part in (due, money_of(order, order.total)) if part)
        weight, ink = (BOLD, "to_pay_text") if due else (PLAIN, "second")
        state = "second" if has_ended(order.kind) else "done"
        super().__init__(
            f"order:{order.number}",
            order.number,
            (
                Words(guest, TITLE_PX, BOLD, "text"),
                Words(kind_word(order.kind), STATE_PX, BOLD, state),
            ),
            (Words(placed, BELOW_PX, PLAIN, "second"), Words(money, BELOW_PX, weight, ink)),
        )
