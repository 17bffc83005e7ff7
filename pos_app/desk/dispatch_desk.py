"""Couriers: who has what, who left and came back, and the money each has to hand in."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.changes import SettingsChanged
from pos_app.clock import Instant, business_date
from pos_app.desk import couriers, handing_over, reading
from pos_app.desk.doors import Doors
from pos_app.desk.reading import Card
from pos_app.domain.staff import Role, StaffMember
from pos_app.domain.workflow import Kind
from pos_app.store import courier_acts, orders, payments


@dataclass(frozen=True, slots=True)
class CourierRun:
    """`assigned` wait for him at the shop, `out` are with him, `back` were delivered today.

    Money in minor units: `to_collect` at the doors of `out`, `to_hand_in` what he has taken and
    not handed in, over all days.
    """

    courier: StaffMember
    assigned: tuple[Card, ...]
    out: tuple[Card, ...]
    back: tuple[Card, ...]
    to_collect: int
    to_hand_in: int


@dataclass(frozen=True, slots=True)
class Dispatch:
    """`free`: open deliveries without a courier, the promised first. `failed` wait for a word.

    `phones`: since when a phone that scanned its slip has an order, by order id.
    """

    free: tuple[Card, ...]
    failed: tuple[Card, ...]
    runs: tuple[CourierRun, ...]
    phones: dict[int, Instant]


class DispatchDesk:
    """One method is one transaction. Couriers are members of staff."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def overview(self) -> Dispatch:
        """Everything the Dispatch screen shows, as of now."""
        setup = self._doors.setup()
        shop = setup.settings.shop
        today = business_date(self._doors.clock.now(), shop.zone, shop.cutover_hour).isoformat()
        with self._doors.database.read() as connection:
            cards = reading.board(connection, practice=setup.identity.practice)
            back_ids = orders.of_couriers(connection, today, Kind.DELIVERED)
            back = reading.cards(connection, back_ids, practice=setup.identity.practice)
            owed = payments.to_hand_in(connection)
            ours = [card for card in cards if handing_over.pays_at_the_door(card.order)]
            phones = courier_acts.held_since(connection, [card.order.id for card in ours])
        ours.sort(key=lambda card: (card.order.promised_at, card.order.id))
        failed = [card for card in ours if card.order.kind is Kind.DELIVERY_FAILED]
        going = [card for card in ours if card.order.kind is not Kind.DELIVERY_FAILED]
        runs = [
            _run(member, going, list(back.values()), owed.get(member.id, 0))
            for member in setup.staff
        ]
        return Dispatch(
            free=tuple(card for card in going if not card.order.courier_id),
            failed=tuple(failed),
            runs=tuple(run for run in runs if _is_courier(run.courier) or _has_something(run)),
            phones=phones,
        )

    def assign(self, order_ids: list[int], courier_id: str) -> None:
        """These deliveries are his; they may still be cooking."""
        with self._doors.act() as act:
            couriers.assign(act, order_ids, courier_id)

    def release(self, order_id: int) -> None:
        """Take a delivery from its courier, or from the device that claimed its slip."""
        with self._doors.act() as act:
            couriers.release(act, order_id)

    def leaves(self, courier_id: str, order_ids: list[int]) -> None:
        """*Oleh leaves with 3*: assigned to him and on the way, in one act. Ready ones only."""
        with self._doors.act() as act:
            couriers.leave(act, courier_id, order_ids)

    def is_back(self, courier_id: str, delivered_ids: list[int], failed_ids: list[int]) -> None:
        """*Oleh is back: 3 delivered*: what was due at the door counts as taken by him."""
        with self._doors.act() as act:
            couriers.come_back(act, courier_id, delivered_ids, failed_ids)

    def hand_in(self, courier_id: str, amount: int) -> None:
        """He hands in cash, minor units. More than he has to is refused."""
        with self._doors.act() as act:
            couriers.hand_in(act, courier_id, amount)
        self._doors.feed.publish(SettingsChanged((couriers.HAND_INS,)))


def _run(courier: StaffMember, going: list[Card], back: list[Card], owed: int) -> CourierRun:
    his = [card for card in going if card.order.courier_id == courier.id]
    out = [card for card in his if card.order.kind is Kind.OUT_FOR_DELIVERY]
    return CourierRun(
        courier=courier,
        assigned=tuple(card for card in his if card.order.kind is not Kind.OUT_FOR_DELIVERY),
        out=tuple(out),
        back=tuple(card for card in back if card.order.courier_id == courier.id),
        to_collect=sum(card.order.due for card in out if card.order.payment_type != "online"),
        to_hand_in=owed,
    )


def _is_courier(member: StaffMember) -> bool:
    return member.role is Role.COURIER and not member.hidden


def _has_something(run: CourierRun) -> bool:
    return bool(run.assigned or run.out or run.to_hand_in)
