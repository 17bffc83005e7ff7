"""Handing over: what is due is asked, what left is recorded, and a wrong tap is taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import SECOND_MS, VirtualClock
from pos_app.domain.order import PaymentDraft
from pos_app.domain.workflow import Fulfilment, Kind
from pos_app.errors import BadInput, NotFound, Refused
from tests.support.shift import events, now, ready, texts
from tests.support.shops import delivery, pickup


def test_an_unpaid_order_is_not_given_out_before_somebody_says_how_it_is_paid(shop: Shop) -> None:
    order = ready(shop, pickup(shop))
    with pytest.raises(Refused, match="not paid"):
        shop.desk.handover.hand_over(order.id)
    given = shop.desk.handover.hand_over(order.id, order.entry, "cash")
    assert given.moved
    assert (given.order.kind, given.order.due) == (Kind.PICKED_UP, 0)
    assert given.order.payment_type == "cash"


def test_left_unpaid_is_recorded_and_stays_due(shop: Shop) -> None:
    order = ready(shop, pickup(shop))
    given = shop.desk.handover.hand_over(order.id, None, "unpaid").order
    assert (given.kind, given.due) == (Kind.PICKED_UP, order.total)
    assert [entry.payload for entry in events(shop, order, "left_unpaid")] == [{"due": order.total}]


def test_a_paid_order_is_given_out_without_a_question(shop: Shop) -> None:
    order = ready(shop, pickup(shop, paid=True))
    assert shop.desk.handover.hand_over(order.id).order.kind is Kind.PICKED_UP


def test_the_courier_takes_the_money_at_the_door_so_nobody_asks_at_the_pass(shop: Shop) -> None:
    order = ready(shop, delivery(shop))
    given = shop.desk.handover.hand_over(order.id).order
    assert (given.kind, given.due) == (Kind.OUT_FOR_DELIVERY, order.total)


def test_a_platforms_rider_takes_the_order_and_it_has_ended_for_us(shop: Shop) -> None:
    draft = replace(delivery(shop), partner="Glovo", payment=PaymentDraft("online", paid=False))
    order = ready(shop, draft)
    assert shop.desk.handover.hand_over(order.id).order.kind is Kind.HANDED_TO_PARTNER


def test_an_unpaid_order_of_a_platform_is_asked_for(shop: Shop) -> None:
    order = ready(shop, replace(delivery(shop), partner="Glovo"))
    with pytest.raises(Refused, match="not paid"):
        shop.desk.handover.hand_over(order.id)


def test_what_is_not_ready_is_not_handed_over(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, paid=True)).order
    with pytest.raises(Refused, match="not ready"):
        shop.desk.handover.hand_over(order.id)


def test_a_second_tap_hands_over_nothing_and_takes_no_money_twice(shop: Shop) -> None:
    order = ready(shop, pickup(shop))
    first = shop.desk.handover.hand_over(order.id, order.entry, "cash")
    second = shop.desk.handover.hand_over(order.id, order.entry, "cash")
    assert (first.moved, second.moved) == (True, False)
    assert second.order.paid == order.total


def test_an_unknown_way_to_pay_is_refused_by_name(shop: Shop) -> None:
    order = ready(shop, pickup(shop))
    with pytest.raises(BadInput) as refused:
        shop.desk.handover.hand_over(order.id, None, "shells")
    assert refused.value.field == "type"
    assert now(shop, order).kind is Kind.READY


def test_undoing_a_handover_takes_the_money_back_too(shop: Shop, clock: VirtualClock) -> None:
    order = ready(shop, pickup(shop))
    shop.desk.handover.hand_over(order.id, None, "cash")
    clock.advance(5 * SECOND_MS)
    undone = shop.desk.undo(order.id)
    assert (undone.kind, undone.paid, undone.due) == (Kind.READY, 0, order.total)
    assert undone.payment_type == ""
    assert len(events(shop, order, "payment_undone")) == 1


def test_money_that_was_paid_before_stays_when_the_handover_is_undone(shop: Shop) -> None:
    order = ready(shop, pickup(shop, paid=True))
    shop.desk.handover.hand_over(order.id)
    assert shop.desk.undo(order.id).paid == order.total


def test_a_ready_text_that_still_waits_is_not_sent_after_the_guest_has_it(shop: Shop) -> None:
    order = ready(shop, pickup(shop, paid=True))
    assert texts(shop, order) == [("ready", "waiting")]
    shop.desk.handover.hand_over(order.id)
    assert texts(shop, order) == [("ready", "superseded")]
    shop.desk.undo(order.id)
    assert texts(shop, order) == [("ready", "waiting")]


def test_two_of_three_are_handed_over_and_the_third_ends_it(shop: Shop) -> None:
    order = ready(shop, pickup(shop, "Margherita", "Tiramisu", "Cola", paid=True))
    first, second, third = (line.id for line in order.lines)
    partly = shop.desk.handover.hand_over_lines(order.id, [first, second])
    assert partly.kind is Kind.READY
    assert [line.handed_over_at is not None for line in partly.lines] == [True, True, False]
    assert shop.desk.handover.hand_over_lines(order.id, [third]).kind is Kind.PICKED_UP
    nos = [entry.payload["nos"] for entry in events(shop, order, "lines_handed_over")]
    assert nos == [[1, 2], [3]]


def test_undoing_the_last_dishes_handover_puts_that_dish_back(shop: Shop) -> None:
    order = ready(shop, pickup(shop, "Margherita", "Cola"))
    first, second = (line.id for line in order.lines)
    shop.desk.handover.hand_over_lines(order.id, [first])
    shop.desk.handover.hand_over_lines(order.id, [second], "card")
    undone = shop.desk.undo(order.id)
    assert (undone.kind, undone.paid) == (Kind.READY, 0)
    assert [line.handed_over_at is not None for line in undone.lines] == [True, False]


def test_the_last_dish_asks_for_the_money_and_until_then_nothing_has_left(shop: Shop) -> None:
    order = ready(shop, pickup(shop))
    with pytest.raises(Refused, match="not paid"):
        shop.desk.handover.hand_over_lines(order.id, [order.lines[0].id])
    assert now(shop, order).lines[0].handed_over_at is None
    shop.desk.pay(order.id, "card")
    done = shop.desk.handover.hand_over_lines(order.id, [order.lines[0].id])
    assert done.kind is Kind.PICKED_UP


def test_a_line_of_another_order_cannot_be_handed_over(shop: Shop) -> None:
    order = ready(shop, pickup(shop, paid=True))
    with pytest.raises(NotFound):
        shop.desk.handover.hand_over_lines(order.id, [999])


def test_drinks_only_are_served_now_without_a_kitchen_and_without_a_text(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, "Cola", "Still water")).order
    served = shop.desk.handover.serve_now(order.id, "cash")
    assert (served.kind, served.due) == (Kind.PICKED_UP, 0)
    assert {ticket.kind for ticket in served.tickets} == {Kind.READY}
    assert texts(shop, order) == []
    undone = shop.desk.undo(order.id)
    assert (undone.kind, undone.paid) == (Kind.ACCEPTED, 0)
    assert {ticket.kind for ticket in undone.tickets} == {Kind.ACCEPTED}


def test_at_a_table_drinks_are_served(shop: Shop) -> None:
    draft = replace(pickup(shop, "Cola", paid=True), fulfilment=Fulfilment.DINE_IN, table="4")
    assert shop.desk.handover.serve_now(shop.desk.place(draft).order.id).kind is Kind.SERVED


def test_what_a_kitchen_has_to_make_cannot_be_served_now(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, "Cola", "Margherita", paid=True)).order
    with pytest.raises(Refused, match="something to make"):
        shop.desk.handover.serve_now(order.id)


def test_served_now_asks_for_the_money_as_well(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, "Cola")).order
    with pytest.raises(Refused, match="not paid"):
        shop.desk.handover.serve_now(order.id)
    assert now(shop, order).kind is Kind.ACCEPTED
