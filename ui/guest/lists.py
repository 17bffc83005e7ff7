"""Which numbers guests see: *Cooking* and *Ready*, without a name, and what leaves by itself."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.clock import MINUTE_MS, SECOND_MS, Instant
from pos_app.desk.reading import Card
from pos_app.domain.board import is_later
from pos_app.domain.order import Order
from pos_app.domain.workflow import PHASES, Fulfilment, Phase, has_ended

SHOWN_MS = 15 * MINUTE_MS
FRESH_MS = 20 * SECOND_MS


@dataclass(frozen=True, slots=True)
class Ready:
    """`fresh` while it is news: for the first twenty seconds."""

    number: str
    fresh: bool


@dataclass(frozen=True, slots=True)
class Lists:
    """`cooking` in the order in which they came, `ready` newest first."""

    cooking: tuple[str, ...] = ()
    ready: tuple[Ready, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.cooking and not self.ready


class Shelf:
    """The orders whose guests stand here: pickup and dine-in, no deliveries, no platform's."""

    def __init__(self) -> None:
        self._orders: dict[int, Order] = {}

    def replace_all(self, cards: list[Card]) -> None:
        self._orders.clear()
        self.change({card.order.id: card for card in cards})

    def change(self, cards: dict[int, Card]) -> None:
        for order_id, card in cards.items():
            known = self._orders.get(order_id)
            if known is not None and known.revision > card.order.revision:
                continue
            if _is_for_guests(card.order):
                self._orders[order_id] = card.order
            else:
                self._orders.pop(order_id, None)

    def lists(self, now: Instant) -> Lists:
        """What stands there at `now`."""
        cooking, ready = [], []
        for order in self._orders.values():
            if PHASES[order.kind] is not Phase.READY:
                if not is_later(order, now):
                    cooking.append(order)
            elif now - order.entered_at < SHOWN_MS:
                ready.append(order)
        cooking.sort(key=lambda order: (order.placed_at, order.id))
        ready.sort(key=lambda order: (order.entered_at, order.id), reverse=True)
        return Lists(
            tuple(order.number for order in cooking),
            tuple(Ready(order.number, now - order.entered_at < FRESH_MS) for order in ready),
        )


def _is_for_guests(order: Order) -> bool:
    return (
        order.fulfilment in (Fulfilment.PICKUP, Fulfilment.DINE_IN)
        and not order.partner
        and not has_ended(order.kind)
    )
