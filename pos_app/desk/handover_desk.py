"""Handing over and every other end of an order, and the money that belongs to them."""

from __future__ import annotations

from pos_app.desk import ending, handing_over, paying, reading
from pos_app.desk.bumping import Bumped
from pos_app.desk.doors import Doors
from pos_app.desk.reading import Card
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from pos_app.store import orders

UNPAID = handing_over.UNPAID


class HandoverDesk:
    """One method is one transaction."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def hand_over(
        self, order_id: int, from_entry: int | None = None, payment: str | None = None
    ) -> Bumped:
        """Give a ready order to guest, table, courier or rider, and record how it was paid.

        `payment` is `cash`, `card`, `online` or `unpaid` (left unpaid, and recorded so).
        Raises Refused while something is due and `payment` is None; a delivery is asked at the
        door, so its handover to the courier needs no answer.
        """
        with self._doors.act() as act:
            return handing_over.hand_over(act, order_id, from_entry, payment)

    def hand_over_lines(
        self, order_id: int, line_ids: list[int], payment: str | None = None
    ) -> Order:
        """*Handed over 2 of 3*: these lines left; with the last one the order is handed over.

        `payment` is what `hand_over` asks for, and only asked for with the last line.
        """
        with self._doors.act() as act:
            return handing_over.hand_over_lines(act, order_id, line_ids, payment)

    def serve_now(self, order_id: int, payment: str | None = None) -> Order:
        """*Served now*: an order of counter-made dishes only ends at once. Raises Refused else."""
        with self._doors.act() as act:
            return handing_over.serve_now(act, order_id, payment)

    def end(self, order_id: int, kind: Kind, reason: str = "") -> Order:
        """Another end: served, picked up, handed to partner, not collected, returned, delivered,
        or the delivery failed (which is no end). Raises Refused where it cannot follow.

        `reason` is one of `wire.drops.REASONS` or empty.
        """
        with self._doors.act() as act:
            return ending.end(act, order_id, kind, reason)[0]

    def try_again(self, order_id: int) -> Order:
        """A failed delivery goes out again: back to *ready*, without a courier."""
        with self._doors.act() as act:
            return ending.try_again(act, order_id)

    def refund(self, order_id: int, payment_type: str, amount: int | None = None) -> Order:
        """Money given back (all of it when `amount` is None); waiting texts stop."""
        with self._doors.act() as act:
            return paying.refund(act, order_id, payment_type, amount)

    def asked(self) -> list[Card]:
        """Orders with a question for the counter, the oldest question first; ended ones too."""
        practice = self._doors.setup().identity.practice
        with self._doors.database.read() as connection:
            ids = orders.asked_ids(connection)
            found = reading.cards(connection, ids, practice=practice)
        return [found[order_id] for order_id in ids]
