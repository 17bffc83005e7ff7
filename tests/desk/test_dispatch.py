"""Couriers: who takes what, who is back, and what each has to hand in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.bootstrap import Shop
from pos_app.changes import Change, SettingsChanged
from pos_app.clock import DAY_MS, Instant, VirtualClock
from pos_app.desk.dispatch_desk import CourierRun
from pos_app.domain.order import Draft, Order, PaymentDraft
from pos_app.domain.staff import Role
from pos_app.domain.workflow import Kind
from pos_app.errors import BadInput, Refused
from tests.support.shift import courier, events, now, ready, texts
from tests.support.shops import delivery, pickup


def by_card(draft: Draft) -> Draft:
    return replace(draft, payment=PaymentDraft("card", paid=False))


def out(shop: Shop, courier_id: str, count: int = 1) -> list[Order]:
    """That many deliveries on their way with him."""
    orders = [ready(shop, delivery(shop)) for _ in range(count)]
    shop.desk.dispatch.leaves(courier_id, [order.id for order in orders])
    return orders


def run(shop: Shop, courier_id: str) -> CourierRun:
    runs = shop.desk.dispatch.overview().runs
    return next(found for found in runs if found.courier.id == courier_id)


def ids(cards: tuple[object, ...]) -> list[int]:
    return [card.order.id for card in cards]  # type: ignore[attr-defined]


def test_a_delivery_waits_for_a_courier_and_is_assigned_while_it_cooks(shop: Shop) -> None:
    oleh = courier(shop)
    order = shop.desk.place(delivery(shop)).order
    assert ids(shop.desk.dispatch.overview().free) == [order.id]
    shop.desk.dispatch.assign([order.id], oleh)
    assert ids(shop.desk.dispatch.overview().free) == []
    assert ids(run(shop, oleh).assigned) == [order.id]
    assert (now(shop, order).kind, now(shop, order).courier_leg) == (Kind.ACCEPTED, "assigned")


def test_free_deliveries_stand_in_the_order_of_their_promise(
    shop: Shop, clock: VirtualClock
) -> None:
    first = shop.desk.place(delivery(shop)).order
    hurried = replace(delivery(shop), promised_at=Instant(first.placed_at + 60_000))
    second = shop.desk.place(hurried).order
    assert ids(shop.desk.dispatch.overview().free) == [second.id, first.id]


def test_pickups_and_platforms_are_none_of_the_couriers_business(shop: Shop) -> None:
    oleh = courier(shop)
    guest = shop.desk.place(pickup(shop)).order
    rider = shop.desk.place(replace(delivery(shop), partner="Glovo")).order
    assert shop.desk.dispatch.overview().free == ()
    for order in (guest, rider):
        with pytest.raises(Refused, match="no delivery of ours"):
            shop.desk.dispatch.assign([order.id], oleh)


def test_he_leaves_with_three_in_one_act_and_their_guests_are_told(shop: Shop) -> None:
    oleh = courier(shop)
    orders = out(shop, oleh, 3)
    found = run(shop, oleh)
    assert ids(found.out) == [order.id for order in orders]
    assert found.to_collect == sum(order.total for order in orders)
    assert found.to_hand_in == 0
    assert {now(shop, order).courier_leg for order in orders} == {"en_route"}
    assert texts(shop, orders[0]) == [("on_the_way", "waiting")]


def test_when_one_is_not_ready_none_leaves_and_its_number_is_said(shop: Shop) -> None:
    oleh = courier(shop)
    done = ready(shop, delivery(shop))
    cooking = shop.desk.place(delivery(shop)).order
    with pytest.raises(Refused, match=cooking.number):
        shop.desk.dispatch.leaves(oleh, [done.id, cooking.id])
    assert (now(shop, done).kind, now(shop, done).courier_id) == (Kind.READY, "")


def test_undoing_that_he_left_keeps_the_order_his(shop: Shop) -> None:
    oleh = courier(shop)
    [order] = out(shop, oleh)
    undone = shop.desk.undo(order.id)
    assert (undone.kind, undone.courier_id, undone.courier_leg) == (Kind.READY, oleh, "assigned")


def test_he_is_back_and_what_was_due_counts_as_his_cash(shop: Shop) -> None:
    oleh = courier(shop)
    orders = out(shop, oleh, 2)
    shop.desk.dispatch.is_back(oleh, [order.id for order in orders], [])
    found = run(shop, oleh)
    assert (found.out, ids(found.back)) == ((), [order.id for order in orders])
    assert found.to_collect == 0
    assert found.to_hand_in == sum(order.total for order in orders)
    first = now(shop, orders[0])
    assert (first.kind, first.due, first.courier_leg) == (Kind.DELIVERED, 0, "dropped_off")


def test_a_card_at_the_door_is_no_cash_to_hand_in(shop: Shop) -> None:
    oleh = courier(shop)
    order = ready(shop, by_card(delivery(shop)))
    shop.desk.dispatch.leaves(oleh, [order.id])
    shop.desk.dispatch.is_back(oleh, [order.id], [])
    assert (now(shop, order).due, run(shop, oleh).to_hand_in) == (0, 0)


def test_what_was_paid_before_or_online_is_not_collected(shop: Shop) -> None:
    oleh = courier(shop)
    paid = ready(shop, replace(delivery(shop), payment=PaymentDraft("card", paid=True)))
    online = ready(shop, replace(delivery(shop), payment=PaymentDraft("online", paid=False)))
    shop.desk.dispatch.leaves(oleh, [paid.id, online.id])
    assert run(shop, oleh).to_collect == 0
    shop.desk.dispatch.is_back(oleh, [paid.id, online.id], [])
    assert run(shop, oleh).to_hand_in == 0
    assert now(shop, online).due == online.total


def test_one_failed_waits_for_a_word_and_is_not_paid(shop: Shop) -> None:
    oleh = courier(shop)
    first, second = out(shop, oleh, 2)
    shop.desk.dispatch.is_back(oleh, [first.id], [second.id])
    assert ids(shop.desk.dispatch.overview().failed) == [second.id]
    failed = now(shop, second)
    assert (failed.kind, failed.due, failed.courier_leg) == (
        Kind.DELIVERY_FAILED,
        second.total,
        "returned",
    )


def test_undoing_a_delivery_takes_the_cash_from_the_courier(shop: Shop) -> None:
    oleh = courier(shop)
    [order] = out(shop, oleh)
    shop.desk.dispatch.is_back(oleh, [order.id], [])
    undone = shop.desk.undo(order.id)
    assert (undone.kind, undone.due, undone.courier_leg) == (
        Kind.OUT_FOR_DELIVERY,
        order.total,
        "en_route",
    )
    assert run(shop, oleh).to_hand_in == 0


def test_bringing_a_delivery_back_much_later_takes_the_cash_back_too(
    shop: Shop, clock: VirtualClock
) -> None:
    oleh = courier(shop)
    [order] = out(shop, oleh)
    shop.desk.dispatch.is_back(oleh, [order.id], [])
    clock.advance(DAY_MS)
    back = shop.desk.recall(order.id)
    assert (back.kind, back.due) == (Kind.OUT_FOR_DELIVERY, order.total)
    assert run(shop, oleh).to_hand_in == 0


def test_what_he_marked_himself_stays_as_it_is(shop: Shop) -> None:
    oleh = courier(shop)
    [order] = out(shop, oleh)
    shop.desk.dispatch.is_back(oleh, [order.id], [])
    shop.desk.dispatch.is_back(oleh, [order.id], [])
    assert now(shop, order).paid == order.total


def test_another_couriers_delivery_is_not_his_to_bring_back(shop: Shop) -> None:
    oleh, ihor = courier(shop), courier(shop, "Ihor")
    [order] = out(shop, oleh)
    with pytest.raises(Refused, match="Ihor does not have"):
        shop.desk.dispatch.is_back(ihor, [order.id], [])
    assert now(shop, order).kind is Kind.OUT_FOR_DELIVERY


def test_an_order_cannot_be_delivered_and_failed(shop: Shop) -> None:
    oleh = courier(shop)
    [order] = out(shop, oleh)
    with pytest.raises(BadInput, match="both"):
        shop.desk.dispatch.is_back(oleh, [order.id], [order.id])


def test_he_hands_in_what_he_has_and_no_more(shop: Shop, clock: VirtualClock) -> None:
    oleh = courier(shop)
    orders = out(shop, oleh, 2)
    shop.desk.dispatch.is_back(oleh, [order.id for order in orders], [])
    owed = sum(order.total for order in orders)
    heard: list[Change] = []
    stop = shop.feed.subscribe(heard.append)
    shop.desk.dispatch.hand_in(oleh, 10_000)
    stop()
    assert SettingsChanged(("hand_ins",)) in heard
    assert run(shop, oleh).to_hand_in == owed - 10_000
    with pytest.raises(Refused, match="more than"):
        shop.desk.dispatch.hand_in(oleh, owed)
    clock.advance(DAY_MS)
    assert run(shop, oleh).to_hand_in == owed - 10_000, "over all days"
    assert run(shop, oleh).back == (), "delivered today"
    shop.desk.dispatch.hand_in(oleh, owed - 10_000)
    assert run(shop, oleh).to_hand_in == 0


def test_nothing_cannot_be_handed_in(shop: Shop) -> None:
    oleh = courier(shop)
    with pytest.raises(BadInput) as refused:
        shop.desk.dispatch.hand_in(oleh, 0)
    assert refused.value.field == "amount"


def test_a_released_delivery_is_free_again_even_on_the_way(shop: Shop) -> None:
    oleh = courier(shop)
    [order] = out(shop, oleh)
    shop.desk.dispatch.release(order.id)
    freed = now(shop, order)
    assert (freed.kind, freed.courier_id, freed.courier_leg) == (Kind.OUT_FOR_DELIVERY, "", "none")
    assert ids(shop.desk.dispatch.overview().free) == [order.id]
    assert [entry.payload for entry in events(shop, order, "courier_released")] == [
        {"courier_id": oleh}
    ]
    ihor = courier(shop, "Ihor")
    shop.desk.dispatch.assign([order.id], ihor)
    assert ids(run(shop, ihor).out) == [order.id]


def test_what_is_delivered_is_not_released(shop: Shop) -> None:
    oleh = courier(shop)
    [order] = out(shop, oleh)
    shop.desk.dispatch.is_back(oleh, [order.id], [])
    with pytest.raises(Refused, match="has ended"):
        shop.desk.dispatch.release(order.id)


def test_only_couriers_take_deliveries(shop: Shop) -> None:
    cook = shop.desk.staff.add("Nadia", Role.KITCHEN).id
    order = shop.desk.place(delivery(shop)).order
    for who in (cook, "nobody"):
        with pytest.raises(BadInput) as refused:
            shop.desk.dispatch.assign([order.id], who)
        assert refused.value.field == "courier_id"


def test_a_courier_who_left_is_shown_as_long_as_he_owes_something(shop: Shop) -> None:
    oleh = courier(shop)
    [order] = out(shop, oleh)
    shop.desk.dispatch.is_back(oleh, [order.id], [])
    shop.desk.staff.remove(oleh)
    assert run(shop, oleh).to_hand_in == order.total
    shop.desk.dispatch.hand_in(oleh, order.total)
    assert shop.desk.dispatch.overview().runs == ()


def test_a_failed_delivery_is_not_assigned_before_it_is_tried_again(shop: Shop) -> None:
    oleh = courier(shop)
    [order] = out(shop, oleh)
    shop.desk.dispatch.is_back(oleh, [], [order.id])
    ihor = courier(shop, "Ihor")
    with pytest.raises(Refused, match="failed"):
        shop.desk.dispatch.assign([order.id], ihor)
    shop.desk.handover.try_again(order.id)
    shop.desk.dispatch.leaves(ihor, [order.id])
    assert now(shop, order).courier_id == ihor


def test_somebody_must_be_chosen(shop: Shop) -> None:
    oleh = courier(shop)
    with pytest.raises(BadInput, match="at least one"):
        shop.desk.dispatch.leaves(oleh, [])
