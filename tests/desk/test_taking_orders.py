"""What was taken on paper is entered with its own time; what is stopped is not taken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import DAY_MS, HOUR_MS, MINUTE_MS, Instant, VirtualClock
from pos_app.config import Stop
from pos_app.domain.workflow import Kind, Source
from pos_app.errors import BadInput, Refused
from tests.desk.kitchen import last_payload, let_texts_leave, texts
from tests.support.shops import EVENING, delivery, pickup


def ago(minutes: float) -> Instant:
    return Instant(EVENING - round(minutes * MINUTE_MS))


def test_an_order_from_paper_has_the_time_it_was_taken(shop: Shop) -> None:
    order = shop.desk.place(replace(pickup(shop), placed_at=ago(30))).order
    assert (order.placed_at, order.entered_at) == (ago(30), ago(30))
    assert order.times.received_at == order.tickets[0].entered_at == ago(30)
    assert order.promised_at == ago(10), "twenty minutes after it was taken"
    entered = shop.desk.timeline(order.id)[0]
    assert entered.at == EVENING
    assert last_payload(shop, order.id)["placed_at"] == ago(30)


def test_an_order_from_paper_is_booked_on_its_own_day(shop: Shop, clock: VirtualClock) -> None:
    clock.set(Instant(EVENING + 8 * HOUR_MS))
    today = shop.desk.place(pickup(shop)).order
    earlier = shop.desk.place(replace(pickup(shop), placed_at=EVENING)).order
    assert (today.business_date, earlier.business_date) == ("2026-11-24", "2026-11-23")


def test_a_promise_that_has_passed_is_allowed_on_paper_only(shop: Shop) -> None:
    late = replace(pickup(shop), promised_at=ago(5))
    with pytest.raises(BadInput, match="has passed"):
        shop.desk.place(late)
    assert shop.desk.place(replace(late, placed_at=ago(30))).order.promised_at == ago(5)


@pytest.mark.parametrize("taken_at", [EVENING + 2 * MINUTE_MS, EVENING - DAY_MS - 1])
def test_paper_is_neither_from_the_future_nor_from_long_ago(shop: Shop, taken_at: int) -> None:
    with pytest.raises(BadInput) as refused:
        shop.desk.place(replace(pickup(shop), placed_at=Instant(taken_at)))
    assert refused.value.field == "placed_at"


def test_a_clock_that_is_a_little_ahead_is_no_trouble(shop: Shop) -> None:
    ahead = Instant(EVENING + 30_000)
    assert shop.desk.place(replace(pickup(shop), placed_at=ahead)).order.placed_at == EVENING


def test_accepted_is_not_said_when_it_is_too_late(shop: Shop, clock: VirtualClock) -> None:
    from_phone = pickup(shop, source=Source.PHONE)
    late = shop.desk.place(replace(from_phone, placed_at=ago(30))).order
    assert texts(shop, late.id) == []
    fresh = shop.desk.place(replace(from_phone, placed_at=ago(29))).order
    assert texts(shop, fresh.id) == [("accepted", "waiting", "")]
    let_texts_leave(shop, clock, 61)
    assert texts(shop, fresh.id) == [("accepted", "expired", "too_late")]


def test_an_order_from_paper_goes_its_way_like_any_other(shop: Shop) -> None:
    order = shop.desk.place(replace(pickup(shop), placed_at=ago(30))).order
    kinds = [shop.desk.bump(order.id).order.kind for _ in range(3)]
    assert kinds[-1] is Kind.PICKED_UP


def test_the_same_reference_from_paper_is_the_same_order(shop: Shop) -> None:
    draft = replace(pickup(shop, ref="paper-7"), placed_at=ago(30))
    assert shop.desk.place(draft).created
    assert not shop.desk.place(draft).created
    with pytest.raises(Refused, match="another order"):
        shop.desk.place(replace(draft, placed_at=ago(20)))


def test_stopped_deliveries_say_until_when(shop: Shop) -> None:
    shop.desk.evening.stop(Stop(deliveries_until=Instant(EVENING + 60 * MINUTE_MS)))
    with pytest.raises(Refused, match=r"Deliveries are stopped until 22:00.*header"):
        shop.desk.place(delivery(shop))
    assert shop.desk.place(pickup(shop)).created


def test_when_everything_is_stopped_nothing_is_taken(shop: Shop) -> None:
    shop.desk.evening.stop(Stop(everything_until=Instant(EVENING + 90 * MINUTE_MS)))
    with pytest.raises(Refused, match="Orders are stopped until 22:30"):
        shop.desk.place(pickup(shop))


def test_a_promise_after_the_stop_is_taken(shop: Shop) -> None:
    until = Instant(EVENING + 60 * MINUTE_MS)
    shop.desk.evening.stop(Stop(deliveries_until=until))
    assert shop.desk.place(replace(delivery(shop), promised_at=until)).created


def test_a_stop_ends_by_itself(shop: Shop, clock: VirtualClock) -> None:
    shop.desk.evening.stop(Stop(everything_until=Instant(EVENING + 5 * MINUTE_MS)))
    clock.advance(5 * MINUTE_MS)
    assert shop.desk.place(pickup(shop)).created


def test_what_was_taken_on_paper_stands_in_spite_of_a_stop(shop: Shop) -> None:
    shop.desk.evening.stop(Stop(everything_until=Instant(EVENING + 60 * MINUTE_MS)))
    assert shop.desk.place(replace(pickup(shop), placed_at=ago(5))).created


def test_an_order_for_after_closing_time_is_taken(shop: Shop) -> None:
    shop.desk.evening.stop(Stop(kitchen_closes_minute=21 * 60 + 10))
    assert shop.desk.place(pickup(shop)).created


def test_a_partner_s_order_is_stored_with_its_name(shop: Shop) -> None:
    order = shop.desk.place(replace(delivery(shop), partner="Glovo")).order
    assert order.partner == "Glovo"
    for _ in range(3):
        shop.desk.bump(order.id)
    assert shop.desk.order(order.id).order.kind is Kind.HANDED_TO_PARTNER  # type: ignore[union-attr]
