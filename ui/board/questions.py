"""What the pass is asked without being stopped: how an order is paid, what its guest is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.bootstrap import Shop
from pos_app.clock import local
from pos_app.desk.handover_desk import UNPAID
from pos_app.desk.reading import Card
from pos_app.domain.order import Order
from pos_app.domain.workflow import Phase
from ui.background import Background
from ui.board.answers import if_alive
from ui.board.bar import Answer, Bar
from ui.board.chips import change_from, to_pay
from ui.board.columns import Columns
from ui.board.pass_acts import PassActs, asks_payment
from ui.board.touch import TouchGuard
from ui.rights import sees_money
from ui.words import _

if TYPE_CHECKING:
    from pos_app.desk.kitchen_desk import Correction

Paid = Callable[[str], None]


class Questions(QObject):
    """Each stands below the column of the order that it is about, one of a sort at a time."""

    def __init__(
        self,
        shop: Shop,
        background: Background,
        columns: Columns,
        acts: PassActs,
        guard: TouchGuard,
    ) -> None:
        super().__init__(columns)
        self._desk = shop.desk
        self._background = background
        self._columns = columns
        self._acts = acts
        self.pay = Bar("pay_bar", guard, columns)
        self.tell = Bar("tell_bar", guard, columns)
        self.zone = "UTC"
        self._paying: Order | None = None
        self._telling: Order | None = None

    def ask_payment(self, order: Order, paid: Paid) -> None:
        """How is it paid? `paid` gets `cash`, `card` or `unpaid`, as soon as somebody says so."""
        self._paying = order
        ways = [("cash", _("Cash")), ("card", _("Card"))] if sees_money() else []
        answers = [
            Answer(f"pay_bar:{way}", words, lambda way=way: paid(way), "give")  # type: ignore[misc]
            for way, words in ways
        ]
        answers.append(Answer("pay_bar:unpaid", _("Leave unpaid"), lambda: paid(UNPAID)))
        answers.append(Answer("pay_bar:not_yet", _("Not yet"), self._leave))
        self.pay.ask(*_pay_words(order), answers)
        self._place(self.pay, order, Phase.READY)

    def _leave(self) -> None:
        self._paying = None

    def ask_correction(self, order: Order) -> None:
        """An order that was ready is not: its guest may have been told that it is."""
        self._telling = order
        self._background.read(
            "what to tell the guest",
            lambda: self._desk.kitchen.correction(order.id),
            if_alive(self, lambda found: self._ask_telling(order, found)),
        )

    def _ask_telling(self, order: Order, found: Correction | None) -> None:
        if found is None or self._telling is not order:
            return
        about = f"{local(found.promised_at, self.zone):%H:%M}"
        title = _("{number} · Tell the guest: not ready yet, about {time}?").format(
            number=order.number, time=about
        )
        answers = [
            Answer(
                "tell_bar:send", _("Send"), lambda: self._acts.tell_correction(order.id), "give"
            ),
            Answer("tell_bar:no", _("No"), lambda: None),
        ]
        self.tell.ask(title, "", answers)
        self._place(self.tell, order, Phase.IN_KITCHEN)

    def _place(self, bar: Bar, order: Order, usual: Phase) -> None:
        self._columns.column(self._columns.phase_of(order.id) or usual).hold_bar(bar)

    def follow(self, cards: dict[int, Card]) -> None:
        """What was asked about an order that has moved on is no question any more."""
        if self._paying is not None and self._paying.id in cards:
            self._follow_paying(cards[self._paying.id].order, self._paying)
        if self._telling is not None and self._telling.id in cards:
            order = cards[self._telling.id].order
            if order.entry != self._telling.entry:
                self._telling = None
                self.tell.hide()

    def _follow_paying(self, order: Order, asked: Order) -> None:
        if order.entry != asked.entry or not asks_payment(order):
            self._leave()
            self.pay.hide()
        else:
            self.pay.say(*_pay_words(order))


def _pay_words(order: Order) -> tuple[str, str]:
    about = change_from(order) if sees_money() else _("The counter takes the money.")
    return f"{order.number} · {to_pay(order)}", about
