"""Every other end of an order, and the delivery that failed."""

from __future__ import annotations

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import SECOND_MS, VirtualClock
from pos_app.domain.workflow import Kind
from pos_app.errors import BadInput, Refused
from tests.support.shift import courier, events, now, ready
from tests.support.shops import delivery, pickup


@pytest.mark.parametrize(
    "kind", [Kind.PICKED_UP, Kind.SERVED, Kind.HANDED_TO_PARTNER, Kind.NOT_COLLECTED]
)
def test_a_ready_order_ends_in_each_way_and_can_be_undone(shop: Shop, kind: Kind) -> None:
    order = ready(shop, pickup(shop))
    assert shop.desk.handover.end(order.id, kind).kind is kind
    assert shop.desk.board() == []
    assert shop.desk.undo(order.id).kind is Kind.READY


def test_an_end_can_be_undone_for_ten_seconds_and_brought_back_after(
    shop: Shop, clock: VirtualClock
) -> None:
    order = ready(shop, pickup(shop))
    shop.desk.handover.end(order.id, Kind.NOT_COLLECTED)
    assert next(found.to for found in shop.desk.undoable()) is Kind.NOT_COLLECTED
    clock.advance(11 * SECOND_MS)
    with pytest.raises(Refused, match="Too late"):
        shop.desk.undo(order.id)
    assert order.id in [found.order.id for found in shop.desk.recallable()]
    assert shop.desk.recall(order.id).kind is Kind.READY


def test_what_is_in_the_kitchen_can_only_be_cancelled(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    with pytest.raises(Refused, match="Cancel it"):
        shop.desk.handover.end(order.id, Kind.NOT_COLLECTED)


def test_an_order_that_has_ended_keeps_its_end(shop: Shop) -> None:
    order = ready(shop, pickup(shop))
    shop.desk.handover.end(order.id, Kind.SERVED)
    with pytest.raises(Refused, match="has ended"):
        shop.desk.handover.end(order.id, Kind.NOT_COLLECTED)


def test_a_ready_order_cannot_be_delivered_before_it_has_left(shop: Shop) -> None:
    order = ready(shop, delivery(shop))
    with pytest.raises(Refused, match="cannot end like this"):
        shop.desk.handover.end(order.id, Kind.DELIVERED)


def test_a_failed_delivery_is_no_end_and_goes_out_again_with_whoever_is_there(shop: Shop) -> None:
    oleh = courier(shop)
    order = ready(shop, delivery(shop))
    shop.desk.dispatch.leaves(oleh, [order.id])
    failed = shop.desk.handover.end(order.id, Kind.DELIVERY_FAILED, "nobody_home")
    assert failed.kind is Kind.DELIVERY_FAILED
    assert [entry.payload["reason"] for entry in events(shop, order, "ended")] == ["nobody_home"]
    assert [card.order.id for card in shop.desk.board()] == [order.id]
    again = shop.desk.handover.try_again(order.id)
    assert (again.kind, again.courier_id, again.courier_leg) == (Kind.READY, "", "none")


def test_a_try_again_that_was_a_wrong_tap_goes_back_to_its_courier(shop: Shop) -> None:
    oleh = courier(shop)
    order = ready(shop, delivery(shop))
    shop.desk.dispatch.leaves(oleh, [order.id])
    shop.desk.handover.end(order.id, Kind.DELIVERY_FAILED)
    shop.desk.handover.try_again(order.id)
    undone = shop.desk.undo(order.id)
    assert (undone.kind, undone.courier_id) == (Kind.DELIVERY_FAILED, oleh)


def test_only_a_failed_delivery_is_tried_again(shop: Shop) -> None:
    order = ready(shop, delivery(shop))
    with pytest.raises(Refused, match="has not failed"):
        shop.desk.handover.try_again(order.id)


def test_a_delivery_that_comes_back_is_returned_and_can_be_brought_back(shop: Shop) -> None:
    order = ready(shop, delivery(shop))
    shop.desk.handover.hand_over(order.id)
    shop.desk.handover.end(order.id, Kind.DELIVERY_FAILED, "refused")
    assert shop.desk.handover.end(order.id, Kind.RETURNED, "refused").kind is Kind.RETURNED
    assert shop.desk.recall(order.id).kind is Kind.DELIVERY_FAILED
    assert shop.desk.recall(order.id).kind is Kind.OUT_FOR_DELIVERY


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(Kind.DELIVERY_FAILED, "Iryna was rude"), (Kind.DELIVERED, "nobody_home")],
)
def test_only_the_journals_own_words_are_reasons(shop: Shop, kind: Kind, reason: str) -> None:
    order = ready(shop, delivery(shop))
    shop.desk.handover.hand_over(order.id)
    with pytest.raises(BadInput) as refused:
        shop.desk.handover.end(order.id, kind, reason)
    assert refused.value.field == "reason"
    assert now(shop, order).kind is Kind.OUT_FOR_DELIVERY
