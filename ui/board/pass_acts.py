"""What the pass does beyond the cooks: handing over, every end, money, and edits of an order."""

from __future__ import annotations

from pos_app.desk.handing_over import is_answered
from pos_app.domain.order import LineDraft, Order
from pos_app.domain.workflow import Kind
from ui.board.content import Act, Content
from ui.board.cook_acts import CookActs
from ui.notices import Tone
from ui.words import _


def asks_payment(order: Order) -> bool:
    """Whether somebody has to say how it is paid before it is handed over."""
    return bool(order.due) and not is_answered(order)


class PassActs(CookActs):
    """One method is one act; `payment` is `cash`, `card`, `unpaid`, or None where none is due."""

    def do(self, content: Content, payment: str | None = None) -> None:
        """The one act of a card, as the person saw it."""
        act = content.button.act if content.button is not None else Act.BUMP
        order_id = content.order.id
        if act is Act.SEE:
            self.see(order_id, content.station_id)
        elif act is Act.FIRE:
            self.fire(order_id)
        elif act is Act.HAND_OVER:
            self.hand_over(order_id, content.from_entry, payment)
        elif act is Act.SERVE_NOW:
            self.serve_now(order_id, payment)
        elif act is Act.TRY_AGAIN:
            self.try_again(order_id)
        else:
            self.bump(content)

    def fire(self, order_id: int) -> None:
        """A held order goes on, a later one enters the kitchen."""
        self._act("fire", order_id, lambda: self._desk.kitchen.fire(order_id), self._show)

    def hand_over(self, order_id: int, entry: int, payment: str | None) -> None:
        self._act(
            "hand over",
            order_id,
            lambda: self._desk.handover.hand_over(order_id, entry, payment),
            self._bumped,
        )

    def hand_over_lines(self, order_id: int, line_ids: list[int], payment: str | None) -> None:
        self._act(
            "hand over a part",
            order_id,
            lambda: self._desk.handover.hand_over_lines(order_id, line_ids, payment),
            self._show,
        )

    def serve_now(self, order_id: int, payment: str | None) -> None:
        self._act(
            "serve now",
            order_id,
            lambda: self._desk.handover.serve_now(order_id, payment),
            self._show,
        )

    def try_again(self, order_id: int) -> None:
        self._act(
            "try again", order_id, lambda: self._desk.handover.try_again(order_id), self._show
        )

    def end(self, order_id: int, kind: Kind, reason: str = "") -> None:
        self._act(
            "end", order_id, lambda: self._desk.handover.end(order_id, kind, reason), self._show
        )

    def refund(self, order_id: int, payment_type: str) -> None:
        """All that is left of what was paid."""
        self._act(
            "refund",
            order_id,
            lambda: self._desk.handover.refund(order_id, payment_type),
            self._show,
        )

    def decline_cancel(self, order_id: int) -> None:
        self._act(
            "decline to cancel", order_id, lambda: self._desk.decline_cancel(order_id), self._show
        )

    def change_allergy(self, order_id: int, allergy: str) -> None:
        self._act(
            "change the allergy",
            order_id,
            lambda: self._desk.kitchen.change_allergy(order_id, allergy),
            self._show,
        )

    def add_line(self, order_id: int, line: LineDraft) -> None:
        self._act("add a dish", order_id, lambda: self._desk.add_line(order_id, line), self._show)

    def void_line(self, order_id: int, no: int) -> None:
        self._act(
            "take a dish off", order_id, lambda: self._desk.void_line(order_id, no), self._show
        )

    def tell_correction(self, order_id: int) -> None:
        self._act(
            "tell the guest",
            order_id,
            lambda: self._desk.kitchen.tell_correction(order_id),
            self._told,
        )

    def _told(self, order: Order) -> None:
        self._notices.say(
            _("The guest of {number} is told").format(number=order.number), tone=Tone.GOOD
        )
        self._show(order)
