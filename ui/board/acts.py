"""What people do on the board, asked of the desk in the background; refusals are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pos_app.bootstrap import Shop
from pos_app.desk.bumping import Bumped
from pos_app.desk.reading import Undoable
from pos_app.domain.order import Order
from pos_app.errors import OrderbellError
from ui.background import Background
from ui.board.answers import if_alive
from ui.board.content import Content
from ui.notices import Notices, Tone
from ui.words import _

T = TypeVar("T")


class Acts(QObject):
    """`settled` carries the id of an order whose act has come back, done or refused.

    `bumped` carries the order as the act left it, before `settled` does.
    """

    settled = Signal(int)
    bumped = Signal(object)

    def __init__(self, shop: Shop, background: Background, notices: Notices) -> None:
        super().__init__()
        self._desk = shop.desk
        self._background = background
        self._notices = notices

    def bump(self, content: Content) -> None:
        """The entry that was seen, so that a second tap anywhere is no second step."""
        order_id, entry, station = content.order.id, content.from_entry, content.station_id
        self._act("bump", order_id, lambda: self._desk.bump(order_id, entry, station), self._bumped)

    def _bumped(self, bumped: Bumped) -> None:
        self.bumped.emit(bumped.order)
        if not bumped.moved:
            self._notices.say(
                _("{number} was moved by somebody else").format(number=bumped.order.number),
                _("This tap changed nothing."),
            )

    def _show(self, order: Order) -> None:
        self.bumped.emit(order)

    def check_off(self, order_id: int, line_id: int, made: bool) -> None:
        self._act("check off", order_id, lambda: self._desk.check_off(order_id, line_id, made))

    def undo(self, act: Undoable) -> None:
        self._act("undo", act.order_id, lambda: self._desk.undo(act.order_id, act.seq))

    def bring_back(self, order_id: int) -> None:
        self._act("bring back", order_id, lambda: self._desk.recall(order_id), self._show)

    def cancel(self, order_id: int, reason: str) -> None:
        self._act("cancel", order_id, lambda: self._desk.cancel(order_id, reason))

    def pay(self, order_id: int, payment_type: str) -> None:
        self._act("pay", order_id, lambda: self._desk.pay(order_id, payment_type))

    def reprint(self, order_id: int) -> None:
        self._act("reprint", order_id, lambda: self._desk.reprint(order_id), self._reprinted)

    def _reprinted(self, printers: int) -> None:
        if printers:
            self._notices.say(_("The slip is printed again, marked COPY"), tone=Tone.GOOD)
        else:
            self._notices.say(_("No printer prints slips"), _("Add one in Settings."), Tone.BAD)

    def move_tell_guests(self, step_minutes: int) -> None:
        self._background.act(
            "tell guests",
            lambda: self._desk.move_tell_guests(step_minutes),
            None,
            self._notices.tell_error,
        )

    def _act(
        self,
        name: str,
        order_id: int,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
    ) -> None:
        def came_back(result: T) -> None:
            if done is not None:
                done(result)
            self.settled.emit(order_id)

        def refused(error: OrderbellError) -> None:
            self._notices.tell_error(error)
            self.settled.emit(order_id)

        self._background.act(name, work, if_alive(self, came_back), if_alive(self, refused))
