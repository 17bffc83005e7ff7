"""The kitchen's acts beside the bump: seen, asked, changed, made again, hurried, held."""

from __future__ import annotations

from pos_app.clock import Instant
from pos_app.desk import (
    asking,
    correcting,
    holding,
    hurrying,
    noting,
    remaking,
    seeing,
)
from pos_app.desk.correcting import Correction
from pos_app.desk.doors import Doors
from pos_app.domain.order import Order
from pos_app.errors import NotFound
from pos_app.store import later, orders

__all__ = ["Correction", "KitchenDesk"]


class KitchenDesk:
    """One method is one transaction. `station_id` None is the pass: it speaks for all stations."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def see(self, order_id: int, station_id: int | None = None) -> Order:
        """*Seen*: allergy and changes as they are now have been read here. Recorded with who.

        Raises NotFound for a station that has nothing of the order.
        """
        with self._doors.act() as act:
            return seeing.see(act, order_id, station_id)

    def ask_counter(self, order_id: int, question: str) -> Order:
        """*Ask counter*: a question stands on the card and at the counter; texts pause."""
        with self._doors.act() as act:
            return asking.ask(act, order_id, question)

    def answer(self, order_id: int, reply: str = "") -> Order:
        """The counter has asked the guest: the question goes, paused texts may leave again.

        `reply` joins the order's note and becomes a change that the stations tap *Seen*.
        """
        with self._doors.act() as act:
            return asking.answer(act, order_id, reply)

    def change_allergy(self, order_id: int, allergy: str) -> Order:
        """Set, change or (empty) take away the allergy; every station is alarmed again."""
        with self._doors.act() as act:
            return noting.change_allergy(act, order_id, allergy)

    def change_note(self, order_id: int, note: str) -> Order:
        """Change the order's note; the stations see it as changed."""
        with self._doors.act() as act:
            return noting.change_note(act, order_id, note)

    def make_again(self, order_id: int, line_id: int, reason: str) -> Order:
        """Put one line back in front, with the old promise; `reason` must be given."""
        with self._doors.act() as act:
            return remaking.make_again(act, order_id, line_id, reason)

    def rush(self, order_id: int, on: bool = True) -> Order:
        """*First*: in front of the others on every screen."""
        with self._doors.act() as act:
            return hurrying.rush(act, order_id, on)

    def give_minutes(self, order_id: int, minutes: int = 5) -> Order:
        """*+5 min*: a later promise, which the page shows."""
        with self._doors.act() as act:
            return hurrying.give_minutes(act, order_id, minutes)

    def hold(self, order_id: int, on: bool = True) -> Order:
        """*Hold* and *Fire*: the kitchen waits with it; its promise stays."""
        with self._doors.act() as act:
            return holding.hold(act, order_id) if on else holding.fire(act, order_id)

    def fire(self, order_id: int) -> Order:
        """A later order enters the kitchen now; a held one goes on."""
        with self._doors.act() as act:
            return holding.fire(act, order_id)

    def enter_due(self) -> Instant | None:
        """Let in the later orders whose time has come. Returns when the next one's will."""
        with self._doors.database.read() as connection:
            first = later.next_to_enter(connection)
        if first is None or first > self._doors.clock.now():
            return first
        with self._doors.act() as act:
            holding.enter_due(act)
            return later.next_to_enter(act.connection)

    def correction(self, order_id: int) -> Correction | None:
        """What to ask after a bring-back: None when the guest was never told, or knows already."""
        with self._doors.database.read() as connection:
            order = orders.load(connection, order_id)
            if order is None:
                raise NotFound("There is no such order")
            return correcting.correction(connection, order)

    def tell_correction(self, order_id: int) -> Order:
        """Text the guest *not ready yet, about 19:55*, once."""
        with self._doors.act() as act:
            return correcting.tell(act, order_id)
