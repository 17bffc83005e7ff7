"""Facts from the street win forward; nothing moves back but what the courier takes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, Instant, VirtualClock
from pos_app.desk import street
from pos_app.domain.order import Order, PaymentDraft
from pos_app.domain.workflow import Kind
from pos_app.errors import BadInput
from pos_app.language import Texts
from tests.support.shift import courier, events, now, ready, texts
from tests.support.shops import delivery

PHONE = "phone-1"


def tell(shop: Shop, order: Order, fact: Kind, at: int | None = None, **more: object) -> str:
    with shop.desk.act() as act:
        moment = act.now if at is None else Instant(at)
        found = act.order(order.id)
        return street.apply(act, found, fact, moment, device=PHONE, **more)  # type: ignore[arg-type]


def take_back(shop: Shop, order: Order, fact: Kind, at: int | None = None) -> str:
    with shop.desk.act() as act:
        moment = act.now if at is None else Instant(at)
        return street.take_back(act, act.order(order.id), fact, moment, device=PHONE)


def with_courier(shop: Shop) -> tuple[Order, str]:
    oleh = courier(shop)
    order = ready(shop, delivery(shop))
    shop.desk.dispatch.leaves(oleh, [order.id])
    return now(shop, order), oleh


def owed(shop: Shop, courier_id: str) -> int:
    runs = shop.desk.dispatch.overview().runs
    return next(run.to_hand_in for run in runs if run.courier.id == courier_id)


def test_delivered_records_the_end_and_the_courier_s_money(shop: Shop, clock: VirtualClock) -> None:
    order, oleh = with_courier(shop)
    clock.advance(20 * MINUTE_MS)
    at = clock.now() - 5 * MINUTE_MS
    assert tell(shop, order, Kind.DELIVERED, at) == street.APPLIED
    done = now(shop, order)
    assert (done.kind, done.due, done.times.ended_at) == (Kind.DELIVERED, 0, at)
    assert owed(shop, oleh) == order.total
    assert done.times_known


def test_delivered_wins_against_a_kitchen_that_forgot_to_tap(
    shop: Shop, clock: VirtualClock
) -> None:
    order = shop.desk.place(delivery(shop, "Margherita", "Tiramisu")).order
    clock.advance(30 * MINUTE_MS)
    assert tell(shop, order, Kind.DELIVERED) == street.APPLIED
    done = now(shop, order)
    assert done.kind is Kind.DELIVERED
    assert {ticket.kind for ticket in done.tickets} == {Kind.READY}
    assert not done.times_known
    told = [
        (e.payload["to"], e.payload.get("inferred")) for e in events(shop, order, "street_told")
    ]
    assert told == [
        ("preparing", True),
        ("ready", True),
        ("out_for_delivery", True),
        ("delivered", None),
    ]
    assert texts(shop, order) == [], "skipped statuses say nothing"


def test_the_guest_hears_that_it_is_on_the_way_but_not_that_it_was_ready(shop: Shop) -> None:
    order = shop.desk.place(delivery(shop)).order
    assert tell(shop, order, Kind.OUT_FOR_DELIVERY) == street.APPLIED
    assert texts(shop, order) == [("on_the_way", "waiting")]


def test_an_old_fact_is_no_news_for_the_guest(shop: Shop, clock: VirtualClock) -> None:
    order = ready(shop, delivery(shop))
    at = clock.now()
    clock.advance(11 * MINUTE_MS)
    assert tell(shop, order, Kind.OUT_FOR_DELIVERY, at) == street.APPLIED
    assert texts(shop, order) == []


def test_a_text_that_it_is_on_the_way_does_not_follow_the_delivery(shop: Shop) -> None:
    order, _ = with_courier(shop)
    assert texts(shop, order) == [("on_the_way", "waiting")]
    tell(shop, order, Kind.DELIVERED)
    assert texts(shop, order) == [("on_the_way", "superseded")]


@pytest.mark.parametrize("fact", [Kind.OUT_FOR_DELIVERY, Kind.DELIVERY_FAILED, Kind.DELIVERED])
def test_nothing_moves_back_and_a_repeat_changes_nothing(shop: Shop, fact: Kind) -> None:
    order, _ = with_courier(shop)
    tell(shop, order, Kind.DELIVERED)
    before = now(shop, order)
    assert tell(shop, order, fact) == street.IGNORED
    assert now(shop, order) == before


def test_a_failed_delivery_that_was_delivered_after_all_is_delivered(shop: Shop) -> None:
    order, _ = with_courier(shop)
    tell(shop, order, Kind.DELIVERY_FAILED, reason="nobody_home")
    assert events(shop, order, "street_told")[-1].payload["reason"] == "nobody_home"
    assert tell(shop, order, Kind.OUT_FOR_DELIVERY) == street.IGNORED
    assert tell(shop, order, Kind.DELIVERED) == street.APPLIED
    assert now(shop, order).kind is Kind.DELIVERED


def test_times_stay_between_the_last_stage_and_now(shop: Shop, clock: VirtualClock) -> None:
    order = ready(shop, delivery(shop))
    ready_at = now(shop, order).times.ready_at
    clock.advance(MINUTE_MS)
    tell(shop, order, Kind.OUT_FOR_DELIVERY, clock.now() - 60 * MINUTE_MS)
    assert now(shop, order).times.out_at == ready_at
    tell(shop, order, Kind.DELIVERED, clock.now() + 60 * MINUTE_MS)
    assert now(shop, order).times.ended_at == clock.now()


def test_a_courier_who_came_away_without_money_owes_none(shop: Shop) -> None:
    order, oleh = with_courier(shop)
    tell(shop, order, Kind.DELIVERED, unpaid=True)
    assert now(shop, order).due == order.total
    assert owed(shop, oleh) == 0
    assert [e.payload for e in events(shop, order, "left_unpaid")] == [{"due": order.total}]


def test_an_order_paid_online_leaves_no_cash(shop: Shop) -> None:
    oleh = courier(shop)
    draft = replace(delivery(shop), payment=PaymentDraft("online", paid=False))
    order = ready(shop, draft)
    shop.desk.dispatch.leaves(oleh, [order.id])
    tell(shop, order, Kind.DELIVERED)
    assert owed(shop, oleh) == 0


def test_against_a_cancellation_both_stand_and_the_counter_is_asked(shop: Shop) -> None:
    order, oleh = with_courier(shop)
    shop.desk.cancel(order.id, "guest called")
    assert tell(shop, order, Kind.DELIVERED) == street.CONFLICT
    asked = now(shop, order)
    assert asked.kind is Kind.CANCELLED
    assert "delivered" in asked.question
    assert [card.order.id for card in shop.desk.handover.asked()] == [order.id]
    assert owed(shop, oleh) == 0
    assert tell(shop, order, Kind.DELIVERED) == street.CONFLICT
    assert now(shop, order).question == asked.question, "asked once"


def test_the_question_is_in_the_shops_language(shop: Shop) -> None:
    order, _ = with_courier(shop)
    shop.desk.change_shop(replace(shop.desk.setup().settings.shop, language="uk"))
    shop.desk.cancel(order.id, "guest called")
    tell(shop, order, Kind.DELIVERED)
    said = Texts("uk").gettext("The courier says: it is delivered.")
    assert now(shop, order).question.startswith(said)


def test_delivered_against_another_end_is_a_question_too(shop: Shop) -> None:
    order, _ = with_courier(shop)
    shop.desk.handover.end(order.id, Kind.RETURNED)
    assert tell(shop, order, Kind.DELIVERY_FAILED) == street.IGNORED
    assert tell(shop, order, Kind.DELIVERED) == street.CONFLICT
    assert now(shop, order).kind is Kind.RETURNED


def test_a_wrong_delivered_is_taken_back_with_its_money(shop: Shop, clock: VirtualClock) -> None:
    order, oleh = with_courier(shop)
    tell(shop, order, Kind.DELIVERED)
    clock.advance(9 * MINUTE_MS)
    assert take_back(shop, order, Kind.DELIVERED) == street.APPLIED
    back = now(shop, order)
    assert (back.kind, back.due, back.courier_leg) == (
        Kind.OUT_FOR_DELIVERY,
        order.total,
        "en_route",
    )
    assert back.times.ended_at is None
    assert owed(shop, oleh) == 0
    tell(shop, order, Kind.DELIVERED)
    assert owed(shop, oleh) == order.total


def test_after_ten_minutes_it_stands(shop: Shop, clock: VirtualClock) -> None:
    order, _ = with_courier(shop)
    tell(shop, order, Kind.DELIVERED)
    clock.advance(10 * MINUTE_MS + 1)
    assert take_back(shop, order, Kind.DELIVERED) == street.TOO_LATE
    assert now(shop, order).kind is Kind.DELIVERED


def test_the_ten_minutes_are_those_of_the_courier_not_of_his_network(
    shop: Shop, clock: VirtualClock
) -> None:
    order, _ = with_courier(shop)
    tapped_at = clock.now()
    tell(shop, order, Kind.DELIVERED, tapped_at)
    clock.advance(60 * MINUTE_MS)
    at = tapped_at + 8 * MINUTE_MS
    assert take_back(shop, order, Kind.DELIVERED, at) == street.APPLIED


def test_a_bag_taken_by_mistake_stands_ready_again(shop: Shop) -> None:
    order = ready(shop, delivery(shop))
    tell(shop, order, Kind.OUT_FOR_DELIVERY)
    assert take_back(shop, order, Kind.OUT_FOR_DELIVERY) == street.APPLIED
    assert now(shop, order).kind is Kind.READY
    assert texts(shop, order) == [("on_the_way", "cancelled")]


def test_what_somebody_else_changed_since_is_not_taken_back(shop: Shop) -> None:
    order, _ = with_courier(shop)
    tell(shop, order, Kind.DELIVERED)
    shop.desk.recall(order.id)
    assert take_back(shop, order, Kind.DELIVERED) == street.IGNORED


def test_a_fact_of_the_street_can_be_brought_back_at_the_till(shop: Shop) -> None:
    order, oleh = with_courier(shop)
    tell(shop, order, Kind.DELIVERED)
    assert order.id in [card.order.id for card in shop.desk.recallable()]
    assert shop.desk.recall(order.id).due == order.total
    assert owed(shop, oleh) == 0


def test_the_street_cooks_nothing(shop: Shop) -> None:
    order = shop.desk.place(delivery(shop)).order
    with pytest.raises(BadInput, match="does not happen"):
        tell(shop, order, Kind.READY)
