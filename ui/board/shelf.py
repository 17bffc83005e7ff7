"""Every open order that the board knows, and what each one says under the chosen station."""

from __future__ import annotations

from collections import Counter

from pos_app.clock import Clock
from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.domain.board import ToMake, all_day, is_later
from pos_app.domain.menu import folded
from pos_app.domain.order import Order
from pos_app.domain.workflow import has_ended
from ui.board.alarms import tickets_of
from ui.board.content import Content, content
from ui.words import language


class Shelf:
    """Cards by order id. A name that stands here twice gets the last digits of its phone."""

    def __init__(self, setup: Setup, clock: Clock) -> None:
        self.setup = setup
        self._clock = clock
        self.station_id: int | None = None
        self._cards: dict[int, Card] = {}
        self._named: dict[str, set[int]] = {}
        self._to_make: dict[int, tuple[ToMake, ...]] = {}
        self._later: set[int] = set()

    def replace_all(self, cards: list[Card]) -> None:
        self._cards.clear()
        self._named.clear()
        self._to_make.clear()
        self._later.clear()
        self.change({card.order.id: card for card in cards})

    def choose(self, setup: Setup, station_id: int | None) -> None:
        """Look at the same orders with another set-up or for another station."""
        self.setup = setup
        self.station_id = station_id
        self._to_make = {order_id: self._of_order(card) for order_id, card in self._cards.items()}

    def change(self, cards: dict[int, Card]) -> set[int]:
        """Take in what changed; the ids whose cards may look different now."""
        touched: set[int] = set()
        now = self._clock.now()
        for order_id, card in cards.items():
            known = self._cards.get(order_id)
            if known is not None and known.order.revision > card.order.revision:
                continue
            touched.add(order_id)
            touched |= self._rename(order_id, _name(card))
            if has_ended(card.order.kind):
                self._cards.pop(order_id, None)
                self._to_make.pop(order_id, None)
                self._later.discard(order_id)
            else:
                self._cards[order_id] = card
                self._to_make[order_id] = self._of_order(card)
                self._later.discard(order_id)
                if is_later(card.order, now):
                    self._later.add(order_id)
        return touched

    def let_in(self) -> set[int]:
        """Later orders whose time has come by now stand on the board; their ids."""
        now = self._clock.now()
        due = {i for i in self._later if not is_later(self._cards[i].order, now)}
        self._later -= due
        return due

    def later(self) -> list[Order]:
        """What waits for its time, as the chosen station sees it, the next one first."""
        found = [self._cards[order_id].order for order_id in self._later]
        mine = [order for order in found if tickets_of(order, self.station_id)]
        return sorted(mine, key=lambda order: (order.enters_at, order.id))

    def ids(self) -> list[int]:
        return list(self._cards)

    def card(self, order_id: int) -> Card | None:
        return self._cards.get(order_id)

    def content(self, order_id: int) -> Content | None:
        """None when the order has no place on the board as it is chosen."""
        card = self._cards.get(order_id)
        if card is None or order_id in self._later:
            return None
        repeats = len(self._named.get(_name(card), ())) > 1
        return content(card, self.setup, self.station_id, name_repeats=repeats)

    def to_make(self) -> list[ToMake]:
        """Pieces not made yet, most first."""
        counts: Counter[str] = Counter()
        for rows in self._to_make.values():
            for row in rows:
                counts[row.name] += row.quantity
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return [ToMake(name, quantity) for name, quantity in ranked]

    def _of_order(self, card: Card) -> tuple[ToMake, ...]:
        return tuple(all_day((card.order,), language(), self.station_id))

    def _rename(self, order_id: int, name: str) -> set[int]:
        """Note whose name `order_id` carries; the others whose title changes by it."""
        known = self._cards.get(order_id)
        touched: set[int] = set()
        for text, carries in ((_name(known) if known else "", False), (name, True)):
            if not text:
                continue
            holders = self._named.setdefault(text, set())
            repeated = len(holders) > 1
            if carries:
                holders.add(order_id)
            else:
                holders.discard(order_id)
            if repeated != (len(holders) > 1):
                touched |= holders
        return touched


def _name(card: Card) -> str:
    """The name that could be confused; none once the order has ended."""
    return "" if has_ended(card.order.kind) else folded(card.order.customer.name)
