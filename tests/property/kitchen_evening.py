"""The evening with the kitchen's further acts: seen, asked, edited, made again, held, later."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import rule
from sqlalchemy import select

from pos_app.clock import MINUTE_MS, Instant
from pos_app.domain.board import Band, has_entered, has_remake, is_held, is_later, standing
from pos_app.domain.order import Customer, Draft, LineDraft, Order
from pos_app.domain.workflow import KITCHEN_KINDS, Fulfilment, Kind, has_ended
from pos_app.store import tables
from tests.property.evening import Evening


class KitchenEvening(Evening):
    """Rules beside those of the plain evening; the same things must stay true, and more."""

    orders = Evening.orders

    def _place(self, draft: Draft) -> Order:
        self.placed += 1
        return self.shop.desk.place(draft).order

    def _draft(self, dish: int) -> Draft:
        lines = (LineDraft(self.dishes[dish], 1), LineDraft(self.dishes[0], 2))
        guest = Customer("Taras", "+380501112233", "uk", order_texts=True)
        return Draft(Fulfilment.PICKUP, lines, customer=guest)

    @rule(
        target=orders,
        dish=st.integers(0, 3),
        minutes=st.sampled_from([5, 16, 45]),
        hold=st.booleans(),
    )
    def place_for_later(self, dish: int, minutes: int, hold: bool) -> int:
        promised_at = Instant(self.clock.now() + minutes * MINUTE_MS)
        order = self._place(replace(self._draft(dish), promised_at=promised_at, hold=hold))
        assert is_later(order, self.clock.now()) == (order.enters_at != 0)
        assert order.enters_at < order.promised_at
        return order.id

    @rule(target=orders, dish=st.integers(0, 3), minutes=st.sampled_from([1, 29, 31, 600]))
    def enter_from_paper(self, dish: int, minutes: int) -> int:
        taken_at = Instant(self.clock.now() - minutes * MINUTE_MS)
        order = self._place(replace(self._draft(dish), placed_at=taken_at, allergy="nuts"))
        assert order.placed_at == order.entered_at == taken_at
        return order.id

    @rule(order_id=orders, text=st.sampled_from(["", "nuts", "milk"]))
    def change_allergy(self, order_id: int, text: str) -> None:
        was = self.order(order_id)
        after = self.attempt(lambda: self.shop.desk.kitchen.change_allergy(order_id, text))
        assert (after is None) == has_ended(was.kind)
        if after is not None and text not in ("", was.allergy):
            assert after.unseen_allergy
            assert all(ticket.allergy_seen_at is None for ticket in after.tickets)

    @rule(order_id=orders)
    def ask(self, order_id: int) -> None:
        was = self.order(order_id)
        asked = self.attempt(lambda: self.shop.desk.kitchen.ask_counter(order_id, "basil?"))
        assert (asked is None) == has_ended(was.kind)

    @rule(order_id=orders, reply=st.sampled_from(["", "yes"]))
    def answer(self, order_id: int, reply: str) -> None:
        was = self.order(order_id)
        answered = self.attempt(lambda: self.shop.desk.kitchen.answer(order_id, reply))
        assert (answered is None) == (was.asked_at is None)

    @rule(order_id=orders, which=st.integers(0, 5))
    def make_again(self, order_id: int, which: int) -> None:
        was = self.order(order_id)
        line = was.open_lines[which % len(was.open_lines)]
        after = self.attempt(lambda: self.shop.desk.kitchen.make_again(order_id, line.id, "burnt"))
        assert (after is None) == (was.kind not in KITCHEN_KINDS)
        if after is not None:
            assert (after.total, after.promised_at) == (was.total, was.promised_at)
            assert has_remake(after)
            assert after.kind is not Kind.READY

    @rule(order_id=orders, on=st.booleans())
    def rush(self, order_id: int, on: bool) -> None:
        self.attempt(lambda: self.shop.desk.kitchen.rush(order_id, on))

    @rule(order_id=orders)
    def give_five_minutes(self, order_id: int) -> None:
        self.attempt(lambda: self.shop.desk.kitchen.give_minutes(order_id))

    @rule(order_id=orders, on=st.booleans())
    def hold(self, order_id: int, on: bool) -> None:
        self.attempt(lambda: self.shop.desk.kitchen.hold(order_id, on))

    @rule(order_id=orders)
    def fire(self, order_id: int) -> None:
        fired = self.shop.desk.kitchen.fire(order_id)
        assert has_entered(fired)
        assert not is_held(fired)

    @rule(order_id=orders)
    def correct(self, order_id: int) -> None:
        asked = self.shop.desk.kitchen.correction(order_id)
        told = self.attempt(lambda: self.shop.desk.kitchen.tell_correction(order_id))
        assert (told is None) == (asked is None)
        assert self.shop.desk.kitchen.correction(order_id) is None

    @rule()
    def the_lanes_let_in_what_is_due(self) -> None:
        self.the_lane_sends_what_is_due()
        now = self.clock.now()
        assert not [o for o in self.everything() if not has_entered(o) and o.enters_at <= now]

    def judge(self, everything: list[Order]) -> None:
        super().judge(everything)
        self.nothing_leaves_while_a_question_is_open(everything)
        self.nobody_is_late_with_what_has_not_entered(everything)
        self.made_again_is_made_once_and_for_the_same_price(everything)

    def nothing_leaves_while_a_question_is_open(self, everything: list[Order]) -> None:
        asked = [order.id for order in everything if order.asked_at is not None]
        columns = tables.messages.c
        with self.shop.database.read() as connection:
            waiting = connection.execute(
                select(columns.id).where(columns.state == "waiting", columns.order_id.in_(asked))
            ).all()
        assert waiting == []

    def nobody_is_late_with_what_has_not_entered(self, everything: list[Order]) -> None:
        now = self.clock.now()
        for order in everything:
            if is_later(order, now):
                assert order.kind is Kind.ACCEPTED
                assert standing(order, now).band is not Band.LATE

    def made_again_is_made_once_and_for_the_same_price(self, everything: list[Order]) -> None:
        for order in everything:
            by_id = {line.id: line for line in order.lines}
            again = [line for line in order.lines if line.replaces is not None]
            assert len({line.replaces for line in again}) == len(again)
            for line in again:
                old = by_id[line.replaces or 0]
                assert old.voided_at is not None
                assert (line.unit_price, line.quantity) == (old.unit_price, old.quantity)
