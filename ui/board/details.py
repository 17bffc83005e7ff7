"""One order whole, and the acts that need a thought: the usual ones at hand, others behind More."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from pos_app.clock import Instant
from pos_app.desk.reading import Card, TimelineEntry
from pos_app.desk.setup import Setup
from pos_app.domain.order import Order
from ui.board.details_acts import DetailsActs
from ui.board.details_body import body_of
from ui.board.drawer import Drawer
from ui.board.order_offers import USUAL_PLACES, Offer, offer_words, offers
from ui.board.pages import Choice, choice_button, choices
from ui.board.pass_acts import PassActs
from ui.board.status_words import status
from ui.board.steady import Steady
from ui.board.touch import TouchGuard
from ui.theme import Tokens
from ui.words import _


class Details(Drawer):
    """A page for what an act still has to know lies over the order until it is answered or left.

    `part_wanted` carries the order and the ids of the lines that leave: it may have to be paid.
    """

    part_wanted = Signal(object, object)

    def __init__(self, tokens: Tokens, parent: QWidget, acts: PassActs, guard: TouchGuard) -> None:
        super().__init__(tokens, parent)
        self.setObjectName("details")
        self.order_id: int | None = None
        self._shown: tuple[Card, list[TimelineEntry], Setup, Instant] | None = None
        self._page = ""
        self._offered: tuple[str, ...] = ()
        self._steady = Steady(guard, "details")
        self._foot = QWidget()
        self.foot.addWidget(self._foot)
        self._acts = DetailsActs(acts, self._open_page, self._leave_page, self.part_wanted.emit)
        self.closed.connect(self._forget)

    def show_order(
        self, card: Card, timeline: list[TimelineEntry], setup: Setup, now: Instant
    ) -> None:
        """Another order, or the same one as it stands now; an open page stays as it is."""
        self._shown = (card, timeline, setup, now)
        if card.order.id != self.order_id:
            self.order_id = card.order.id
            self._page = ""
        if not self._page:
            self._show_order()

    def _forget(self) -> None:
        self.order_id = None
        self._page = ""
        self._offered = ()

    def _show_order(self) -> None:
        if self._shown is None:
            return
        card, timeline, setup, now = self._shown
        order = card.order
        self.set_body(f"{order.number} · {status(order.kind)}", body_of(card, timeline, setup, now))
        found = offers(order)
        usual = found[:USUAL_PLACES] if len(found) > USUAL_PLACES + 1 else found
        rest = found[len(usual) :]
        buttons = [self._button(offer, order, setup) for offer in usual]
        if rest:
            buttons.append(Choice("more", _("More…"), partial(self._show_more, order, setup, rest)))
        self._show_foot(buttons)

    def _show_more(self, order: Order, setup: Setup, rest: list[Offer]) -> None:
        rows = [self._button(offer, order, setup) for offer in rest]
        self._open_page(order.number, "more", choices(self.press, *rows, columns=2))

    def _button(self, offer: Offer, order: Order, setup: Setup) -> Choice:
        act = partial(self._acts.do, offer, order, setup, self.press)
        return Choice(offer.value, offer_words(offer, order), act)

    # Pages

    def _open_page(self, title: str, name: str, body: QWidget) -> None:
        self._page = name
        self.set_body(title, body)
        self._show_foot([Choice("page_back", _("Back"), self._leave_page)])

    def _leave_page(self) -> None:
        self._page = ""
        self._show_order()

    def press(self, choice: Choice) -> QPushButton:
        """A button that listens once it has stood there for a moment."""
        return choice_button(choice, self._pressed)

    @property
    def listens(self) -> bool:
        """Whether what is shown has stood there long enough to be touched."""
        return self._steady.is_meant

    def _pressed(self, act: Callable[[], object]) -> None:
        if self._steady.is_meant:
            act()

    def _show_foot(self, rows: list[Choice]) -> None:
        offered = (self._page, *(choice.name for choice in rows))
        if offered != self._offered:
            self._offered = offered
            self._steady.came_up()
        foot = QWidget()
        grid = QGridLayout(foot)
        grid.setContentsMargins(0, 8, 8, 0)
        grid.setSpacing(8)
        for place, choice in enumerate(rows):
            grid.addWidget(self.press(choice), place // 2, place % 2)
        self.foot.replaceWidget(self._foot, foot)
        self._foot.deleteLater()
        self._foot = foot
