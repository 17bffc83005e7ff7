"""Every open order that this board knows, and which of them the cook sees now."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.clock import Instant
from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.domain.board import is_later
from pos_app.domain.order import Order
from pos_app.domain.workflow import KITCHEN_KINDS, Kind, has_ended
from ui.board.alarms import tickets_of
from ui.kitchen.content import Content, content

RECALL_PLACES = 20


@dataclass(frozen=True, slots=True)
class Later:
    """Orders that have not entered the kitchen yet; `next_at` is when the next one does."""

    count: int
    next_at: Instant


class Shelf:
    """Orders by id, as one station (None: all of them) sees them."""

    def __init__(self, setup: Setup, station_id: int | None) -> None:
        self.setup = setup
        self.station_id = station_id
        self._orders: dict[int, Order] = {}
        self._contents: dict[int, Content] = {}

    def replace_all(self, cards: list[Card]) -> None:
        self._orders.clear()
        self._contents.clear()
        self.change({card.order.id: card for card in cards})

    def choose(self, setup: Setup, station_id: int | None) -> None:
        """Look at the same orders with another set-up or for another station."""
        self.setup, self.station_id = setup, station_id
        for order_id in list(self._orders):
            self._word(order_id)

    def change(self, cards: dict[int, Card]) -> None:
        """Take in what changed; what is older than what stands here is not news."""
        for order_id, card in cards.items():
            known = self._orders.get(order_id)
            if known is not None and known.revision > card.order.revision:
                continue
            self._orders[order_id] = card.order
            if has_ended(card.order.kind):
                del self._orders[order_id]
            self._word(order_id)

    def order(self, order_id: int) -> Order | None:
        return self._orders.get(order_id)

    def contents(self, now: Instant) -> list[Content]:
        """What the cook sees at `now`."""
        return [c for c in self._contents.values() if not is_later(c.order, now)]

    def later(self, now: Instant) -> Later | None:
        """What will enter by itself; None when nothing will."""
        waiting = [c.order.enters_at for c in self._contents.values() if is_later(c.order, now)]
        return Later(len(waiting), min(waiting)) if waiting else None

    def done(self) -> list[Order]:
        """The last twenty that this station has called ready, newest first."""
        found = [
            (max(ticket.entered_at for ticket in tickets), order)
            for order in self._orders.values()
            if (tickets := tickets_of(order, self.station_id))
            and order.kind in KITCHEN_KINDS
            and all(ticket.kind is Kind.READY for ticket in tickets)
        ]
        found.sort(key=lambda pair: (pair[0], pair[1].id), reverse=True)
        return [order for _, order in found[:RECALL_PLACES]]

    def _word(self, order_id: int) -> None:
        order = self._orders.get(order_id)
        made = content(order, self.setup, self.station_id) if order is not None else None
        if made is None:
            self._contents.pop(order_id, None)
        else:
            self._contents[order_id] = made
