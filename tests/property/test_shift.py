"""Whatever people tap in whatever order: rows, journal and money stay one story."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pos_app.clock import MINUTE_MS, SECOND_MS, Instant, VirtualClock
from pos_app.desk import courier_legs, street
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind, has_ended
from pos_app.errors import OrderbellError
from pos_app.store import payments
from tests.support.shift import courier, now, ready
from tests.support.shops import EVENING, delivery, open_test_shop, pickup

NOBODY_NAMED = ("none", *courier_legs.EVENTS)
_PAYMENTS = st.sampled_from([None, "cash", "card", "online", "unpaid"])
_MOST_ORDERS = 3


class Shift(RuleBasedStateMachine):
    """One evening. A refusal is an answer; what it must never leave is half an act."""

    @initialize()
    def open(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._clock = VirtualClock(EVENING)
        self._opened = open_test_shop(Path(self._folder.name) / "data", clock=self._clock)
        self._shop = self._opened.__enter__()
        self._couriers = [courier(self._shop, name) for name in ("Oleh", "Ihor")]
        self._orders: list[Order] = [
            ready(self._shop, pickup(self._shop, "Cola")),
            ready(self._shop, delivery(self._shop)),
        ]

    def teardown(self) -> None:
        try:
            assert self._shop.desk.check().problems == ()
        finally:
            self._opened.__exit__(None, None, None)
            self._folder.cleanup()

    def _order(self, place: int) -> int:
        return self._orders[place % len(self._orders)].id if self._orders else 0

    def _try(self, act: object, *arguments: object, **named: object) -> None:
        try:
            act(*arguments, **named)  # type: ignore[operator]
        except OrderbellError:
            return

    @rule(is_delivery=st.booleans(), drinks=st.booleans(), is_made=st.booleans())
    def place(self, is_delivery: bool, drinks: bool, is_made: bool) -> None:
        if len(self._orders) < _MOST_ORDERS:
            dishes = ("Cola",) if drinks else ("Margherita", "Cola")
            draft = (delivery if is_delivery else pickup)(self._shop, *dishes)
            place = ready if is_made else lambda shop, wanted: shop.desk.place(wanted).order
            self._orders.append(place(self._shop, draft))

    @rule(seconds=st.sampled_from([1, 9, 25, 90, 700]))
    def wait(self, seconds: int) -> None:
        self._clock.advance(seconds * SECOND_MS)

    @rule(which=st.integers(0, 9))
    def bump(self, which: int) -> None:
        self._try(self._shop.desk.bump, self._order(which))

    @rule(which=st.integers(0, 9))
    def undo(self, which: int) -> None:
        self._try(self._shop.desk.undo, self._order(which))

    @rule(which=st.integers(0, 9))
    def bring_back(self, which: int) -> None:
        self._try(self._shop.desk.recall, self._order(which))

    @rule(which=st.integers(0, 9))
    def cancel(self, which: int) -> None:
        self._try(self._shop.desk.cancel, self._order(which), "guest called")

    @rule(which=st.integers(0, 9), payment=_PAYMENTS)
    def hand_over(self, which: int, payment: str | None) -> None:
        self._try(self._shop.desk.handover.hand_over, self._order(which), None, payment)

    @rule(which=st.integers(0, 9), all_of_it=st.booleans(), payment=_PAYMENTS)
    def hand_over_lines(self, which: int, all_of_it: bool, payment: str | None) -> None:
        if self._orders:
            lines = self._orders[which % len(self._orders)].lines
            ids = [line.id for line in (lines if all_of_it else lines[:1])]
            self._try(self._shop.desk.handover.hand_over_lines, self._order(which), ids, payment)

    @rule(which=st.integers(0, 9), payment=_PAYMENTS)
    def serve_now(self, which: int, payment: str | None) -> None:
        self._try(self._shop.desk.handover.serve_now, self._order(which), payment)

    @rule(which=st.integers(0, 9), kind=st.sampled_from(list(Kind)))
    def end(self, which: int, kind: Kind) -> None:
        self._try(self._shop.desk.handover.end, self._order(which), kind)

    @rule(which=st.integers(0, 9))
    def try_again(self, which: int) -> None:
        self._try(self._shop.desk.handover.try_again, self._order(which))

    @rule(which=st.integers(0, 9), payment=st.sampled_from(["cash", "card"]))
    def pay(self, which: int, payment: str) -> None:
        self._try(self._shop.desk.pay, self._order(which), payment)

    @rule(which=st.integers(0, 9), amount=st.sampled_from([None, 1, 5000, 10**9]))
    def refund(self, which: int, amount: int | None) -> None:
        self._try(self._shop.desk.handover.refund, self._order(which), "cash", amount)

    @rule(which=st.integers(0, 9), who=st.integers(0, 1))
    def assign(self, which: int, who: int) -> None:
        self._try(self._shop.desk.dispatch.assign, [self._order(which)], self._couriers[who])

    @rule(which=st.integers(0, 9))
    def release(self, which: int) -> None:
        self._try(self._shop.desk.dispatch.release, self._order(which))

    @rule(which=st.integers(0, 9), more=st.integers(0, 9), who=st.integers(0, 1))
    def leave(self, which: int, more: int, who: int) -> None:
        chosen = [self._order(which), self._order(more)]
        self._try(self._shop.desk.dispatch.leaves, self._couriers[who], chosen)

    @rule(which=st.integers(0, 9), who=st.integers(0, 1), failed=st.booleans())
    def come_back(self, which: int, who: int, failed: bool) -> None:
        ids = [self._order(which)]
        delivered, not_delivered = ([], ids) if failed else (ids, [])
        self._try(self._shop.desk.dispatch.is_back, self._couriers[who], delivered, not_delivered)

    @rule(who=st.integers(0, 1), amount=st.sampled_from([1, 5000, 10**9]))
    def hand_in(self, who: int, amount: int) -> None:
        self._try(self._shop.desk.dispatch.hand_in, self._couriers[who], amount)

    @rule(
        which=st.integers(0, 9),
        fact=st.sampled_from(street.FACTS),
        minutes_ago=st.sampled_from([0, 3, 20, -5]),
        unpaid=st.booleans(),
    )
    def hear_from_the_street(self, which: int, fact: Kind, minutes_ago: int, unpaid: bool) -> None:
        if self._orders:
            with self._shop.desk.act() as act:
                at = Instant(act.now - minutes_ago * MINUTE_MS)
                found = act.order(self._order(which))
                street.apply(act, found, fact, at, device="phone", unpaid=unpaid)

    @rule(which=st.integers(0, 9), fact=st.sampled_from(street.FACTS))
    def take_back_on_the_street(self, which: int, fact: Kind) -> None:
        if self._orders:
            with self._shop.desk.act() as act:
                found = act.order(self._order(which))
                street.take_back(act, found, fact, act.now, device="phone")

    @rule(
        which=st.integers(0, 9),
        leg=st.sampled_from(list(courier_legs.EVENTS)),
        minutes_ago=st.sampled_from([0, 12]),
        taken_back=st.booleans(),
    )
    def hear_where_he_is(self, which: int, leg: str, minutes_ago: int, taken_back: bool) -> None:
        if self._orders:
            with self._shop.desk.act() as act:
                at = Instant(act.now - minutes_ago * MINUTE_MS)
                found = act.order(self._order(which))
                if taken_back:
                    courier_legs.take_back(act, found, leg, at)
                else:
                    courier_legs.tell(act, found, leg, at, device="phone")

    @rule(minutes=st.sampled_from([5, 11, 90]))
    def cut_the_power(self, minutes: int) -> None:
        since = self._clock.now()
        self._clock.advance(minutes * MINUTE_MS)
        self._shop.desk.evening.begin_catch_up(since)

    @rule(which=st.integers(0, 9), answer=st.sampled_from(["gone", "here", "cancelled"]))
    def settle(self, which: int, answer: str) -> None:
        self._try(self._shop.desk.evening.settle, [self._order(which)], answer)

    @rule(send=st.booleans())
    def finish_catch_up(self, send: bool) -> None:
        self._try(self._shop.desk.evening.finish_catch_up, send=send)

    @rule(
        which=st.integers(0, 9),
        answer=st.sampled_from(["collected", "not_collected", "cancelled"]),
    )
    def close_order(self, which: int, answer: str) -> None:
        self._try(self._shop.desk.evening.close_order, self._order(which), answer)

    @invariant()
    def one_story(self) -> None:
        """Board = journal = rows, and no courier owes less than nothing by another's doing."""
        if not hasattr(self, "_shop"):
            return
        assert self._shop.desk.check().problems == ()
        for order in self._orders:
            found = now(self._shop, order)
            assert 0 <= found.refunded <= found.paid
            # A phone says where it is before anybody says whose it is.
            assert (
                (found.courier_leg in NOBODY_NAMED)
                if not found.courier_id
                else (found.courier_leg != "none")
            )
            assert (found.times.ended_at is not None) == has_ended(found.kind)
        with self._shop.database.read() as connection:
            carried = payments.to_hand_in(connection)
        assert set(carried) <= set(self._couriers)


TestShift = pytest.mark.timeout(240)(Shift.TestCase)
TestShift.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
