"""The one act of a kitchen card, asked of the desk in the background."""

from __future__ import annotations

from ui.board.cook_acts import CookActs
from ui.kitchen.content import Act, Content


class KitchenActs(CookActs):
    """What one station, or all of them, can do with a ticket."""

    def do(self, content: Content) -> None:
        """The one act of a card, as the person saw it."""
        order_id, station_id = content.order.id, content.station_id
        if content.act is Act.SEE:
            self.see(order_id, station_id)
        elif content.act is Act.FIRE:
            self.hold(order_id, on=False)
        else:
            entry = content.entry
            self._act(
                "bump", order_id, lambda: self._desk.bump(order_id, entry, station_id), self._bumped
            )

    def recall(self, order_id: int, station_id: int | None) -> None:
        self._act(
            "bring back", order_id, lambda: self._desk.recall(order_id, station_id), self._show
        )
