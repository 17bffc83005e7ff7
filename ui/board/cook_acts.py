"""What cooks and the pass do beside the bump: seen, asked, made again, hurried, held, sold out."""

from __future__ import annotations

from pos_app.domain.order import Order
from ui.board.acts import Acts
from ui.notices import Tone
from ui.words import _

FIVE_MINUTES = 5


class CookActs(Acts):
    """`bumped` and `settled` speak of every act on an order, not of bumps alone."""

    def see(self, order_id: int, station_id: int | None) -> None:
        self._act("see", order_id, lambda: self._desk.kitchen.see(order_id, station_id), self._show)

    def hold(self, order_id: int, *, on: bool) -> None:
        self._act("hold", order_id, lambda: self._desk.kitchen.hold(order_id, on), self._show)

    def rush(self, order_id: int, *, on: bool) -> None:
        self._act("rush", order_id, lambda: self._desk.kitchen.rush(order_id, on), self._show)

    def give_minutes(self, order_id: int) -> None:
        self._act(
            "give minutes",
            order_id,
            lambda: self._desk.kitchen.give_minutes(order_id, FIVE_MINUTES),
            self._show,
        )

    def ask_counter(self, order_id: int, question: str) -> None:
        self._act(
            "ask the counter",
            order_id,
            lambda: self._desk.kitchen.ask_counter(order_id, question),
            self._asked,
        )

    def make_again(self, order_id: int, line_id: int, reason: str) -> None:
        self._act(
            "make again",
            order_id,
            lambda: self._desk.kitchen.make_again(order_id, line_id, reason),
            self._show,
        )

    def sell_out(self, dish_id: int, name: str, *, sold_out: bool) -> None:
        said = _("{dish} is sold out") if sold_out else _("{dish} is sold again")
        self._background.act(
            "sold out",
            lambda: self._desk.mark_sold_out(dish_id, sold_out),
            lambda _done: self._notices.say(said.format(dish=name), tone=Tone.GOOD),
            self._notices.tell_error,
        )

    def _asked(self, order: Order) -> None:
        self._notices.say(
            _("The counter is asked about {number}").format(number=order.number),
            _("Texts to the guest wait until then."),
            Tone.GOOD,
        )
        self._show(order)
