"""What the buttons of the details do: at once, or after a page that asks for the rest."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from pos_app.desk.setup import Setup
from pos_app.domain.board import is_held
from pos_app.domain.order import Line, Order
from pos_app.domain.workflow import Kind
from pos_app.language import pick
from ui import courier_words
from ui.board.cancel_form import CancelForm
from ui.board.change_words import REASONS, questions
from ui.board.order_offers import Offer
from ui.board.pages import (
    AddPage,
    Choice,
    PartPage,
    Press,
    TextPage,
    choices,
    dish_words,
    lines_page,
)
from ui.board.pass_acts import PassActs
from ui.order_words import money_of, remake_word
from ui.words import _, language

OpenPage = Callable[[str, str, QWidget], None]


class DetailsActs:
    """`open_page` takes a title, a name and the page; `leave` goes back to the order.

    `hand_over` takes the order and the ids of the lines that leave.
    """

    def __init__(
        self,
        acts: PassActs,
        open_page: OpenPage,
        leave: Callable[[], None],
        hand_over: Callable[[Order, list[int]], None],
    ) -> None:
        self._acts = acts
        self._open_page = open_page
        self._leave = leave
        self._hand_over = hand_over

    def do(self, offer: Offer, order: Order, setup: Setup, press: Press) -> None:
        acts, order_id = self._acts, order.id
        at_once: dict[Offer, Callable[[], object]] = {
            Offer.CANCEL_ASKED: lambda: acts.cancel(order_id, _("The guest asked to cancel")),
            Offer.COOKING_ON: lambda: acts.decline_cancel(order_id),
            Offer.FIRST: lambda: acts.rush(order_id, on=not order.rush),
            Offer.MINUTES: lambda: acts.give_minutes(order_id),
            Offer.HOLD: lambda: acts.hold(order_id, on=not is_held(order)),
            Offer.PAY_CASH: lambda: acts.pay(order_id, "cash"),
            Offer.PAY_CARD: lambda: acts.pay(order_id, "card"),
            Offer.BACK: lambda: acts.bring_back(order_id),
            Offer.NOT_COLLECTED: lambda: acts.end(order_id, Kind.NOT_COLLECTED),
            Offer.TO_PARTNER: lambda: acts.end(order_id, Kind.HANDED_TO_PARTNER),
            Offer.RETURNED: lambda: acts.end(order_id, Kind.RETURNED),
            Offer.REPRINT: lambda: acts.reprint(order_id),
        }
        act = at_once.get(offer)
        if act is not None:
            self._say(act)
        else:
            self._ask(offer, order, setup, press)

    def _say(self, act: Callable[[], object]) -> None:
        act()
        self._leave()

    def _ask(self, offer: Offer, order: Order, setup: Setup, press: Press) -> None:
        number = order.number
        pages: dict[Offer, Callable[[], tuple[str, QWidget]]] = {
            Offer.ASK: lambda: (
                _("{number}: ask counter").format(number=number),
                self._questions(order, press),
            ),
            Offer.AGAIN: lambda: (
                _("{number}: make again").format(number=number),
                lines_page(press, order, "again", partial(self._ask_reason, order, press)),
            ),
            Offer.VOID: lambda: (
                _("{number}: which dish is taken off?").format(number=number),
                lines_page(press, order, "void", partial(self._void, order)),
            ),
            Offer.ADD: lambda: (
                _("{number}: which dish is added?").format(number=number),
                AddPage(press, setup.menu, self._then(self._acts.add_line, order.id)),
            ),
            Offer.ALLERGY: lambda: (
                _("{number}: allergy").format(number=number),
                self._allergy(order, press),
            ),
            Offer.PART: lambda: (
                _("{number}: what leaves now?").format(number=number),
                PartPage(press, order, partial(self._part, order)),
            ),
            Offer.REFUND: lambda: (
                _("{number}: give {amount} back").format(
                    number=number, amount=money_of(order, order.paid - order.refunded)
                ),
                self._refund(order, press),
            ),
            Offer.SOLD_OUT: lambda: (_("What is sold out?"), self._dishes(order, setup, press)),
            Offer.FAILED: lambda: (
                _("{number}: why was it not delivered?").format(number=number),
                self._failed(order, press),
            ),
            Offer.CANCEL: lambda: (number, self._cancel(order)),
        }
        title, body = pages[offer]()
        self._open_page(title, offer.value, body)

    def _then(self, act: Callable[..., object], *before: object) -> Callable[..., None]:
        """`act` with what a page adds, and back to the order."""
        return lambda *said: self._say(lambda: act(*before, *said))

    def _questions(self, order: Order, press: Press) -> QWidget:
        said = self._then(self._acts.ask_counter, order.id)
        hint = _("or type a question")
        return TextPage(press, "ask", hint, questions(), said, keep=_("Send"))

    def _ask_reason(self, order: Order, press: Press, line: Line) -> None:
        reasons = choices(
            press,
            *(
                Choice(
                    f"reason:{code}",
                    remake_word(code),
                    partial(self._then(self._acts.make_again, order.id), line.id, code),
                )
                for code in REASONS
            ),
        )
        title = _("Why is {dish} made again?").format(dish=dish_words(line))
        self._open_page(title, "reason", reasons)

    def _void(self, order: Order, line: Line) -> None:
        self._say(lambda: self._acts.void_line(order.id, line.no))

    def _allergy(self, order: Order, press: Press) -> QWidget:
        said = self._then(self._acts.change_allergy, order.id)
        hint = _("What must not be in it?")
        page = TextPage(press, "allergy", hint, (), said, keep=_("Keep"), text=order.allergy)
        if order.allergy:
            none = Choice("allergy_none", _("No allergy"), partial(said, ""))
            page.add(press(none))
        return page

    def _part(self, order: Order, line_ids: list[int]) -> None:
        self._say(lambda: self._hand_over(order, line_ids))

    def _refund(self, order: Order, press: Press) -> QWidget:
        said = self._then(self._acts.refund, order.id)
        return choices(
            press,
            Choice("refund:cash", _("Cash"), partial(said, "cash")),
            Choice("refund:card", _("Card"), partial(said, "card")),
            columns=2,
        )

    def _dishes(self, order: Order, setup: Setup, press: Press) -> QWidget:
        rows = []
        for dish_id in dict.fromkeys(line.dish_id for line in order.open_lines):
            dish = setup.menu.dish(dish_id)
            if dish is None:
                continue
            name, gone = pick(dish.names, language()), dish.sold_out
            text = _("{dish}: sell again") if gone else "{dish}"
            act = partial(self._acts.sell_out, dish_id, name, sold_out=not gone)
            rows.append(
                Choice(f"sold_out:{dish_id}", text.format(dish=name), partial(self._say, act))
            )
        return choices(press, *rows)

    def _failed(self, order: Order, press: Press) -> QWidget:
        said = self._then(self._acts.end, order.id, Kind.DELIVERY_FAILED)
        return choices(
            press,
            *(
                Choice(f"failed:{code}", courier_words.reason_word(code), partial(said, code))
                for code in courier_words.REASONS
            ),
        )

    def _cancel(self, order: Order) -> QWidget:
        form = CancelForm()
        form.confirmed.connect(self._then(self._acts.cancel, order.id))
        form.left.connect(self._leave)
        return form
