"""What a courier tapped comes back to the till: applied, or kept as evidence and asked about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.clock import HOUR_MS, MINUTE_MS
from pos_app.domain.workflow import Kind
from pos_app.store import sites
from tests.lanes.paired import Paired, paired
from tests.support.shift import courier, events, now, ready
from tests.support.shops import delivery


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Paired]:
    with paired(tmp_path) as found:
        yield found
        assert found.shop.desk.check().problems == ()


def owed(here: Paired, courier_id: str) -> int:
    runs = here.shop.desk.dispatch.overview().runs
    return next(run.to_hand_in for run in runs if run.courier.id == courier_id)


def test_delivered_ends_the_order_and_the_money_is_his_to_hand_in(here: Paired) -> None:
    oleh = courier(here.shop)
    order = here.place()
    here.shop.desk.dispatch.assign([order.id], oleh)
    phone = here.taken(order)
    here.clock.advance(25 * MINUTE_MS)
    assert here.tap(phone, "delivered", age_ms=5 * MINUTE_MS) == "stored"
    done = now(here.shop, order)
    assert (done.kind, done.due) == (Kind.DELIVERED, 0)
    assert done.times.ended_at == here.clock.now() - 5 * MINUTE_MS
    assert owed(here, oleh) == order.total
    assert "Delivered" in here.guest_reads(order)
    assert here.acts(order) == [("took", "applied"), ("delivered", "applied")]
    assert phone.state()["sealed"] == ""


def test_a_wrong_delivered_taken_back_is_on_the_way_again_for_shop_and_guest(
    here: Paired,
) -> None:
    oleh = courier(here.shop)
    order = here.place()
    here.shop.desk.dispatch.assign([order.id], oleh)
    phone = here.taken(order)
    here.tap(phone, "delivered")
    assert owed(here, oleh) == order.total
    here.clock.advance(9 * MINUTE_MS)
    assert here.tap(phone, "took_back") == "stored"
    back = now(here.shop, order)
    assert (back.kind, back.due) == (Kind.OUT_FOR_DELIVERY, order.total)
    assert owed(here, oleh) == 0
    assert "On the way" in here.guest_reads(order)
    assert here.read(order, phone).street == "Franka 12"


def test_after_ten_minutes_a_wrong_delivered_stands(here: Paired) -> None:
    order = here.place()
    phone = here.taken(order)
    here.tap(phone, "delivered")
    here.clock.advance(10 * MINUTE_MS + 1)
    assert here.tap(phone, "took_back") == "too_late"
    assert now(here.shop, order).kind is Kind.DELIVERED
    assert "took_back" not in dict(here.acts(order))


def test_what_he_could_not_deliver_says_why_and_goes_out_with_another_phone(here: Paired) -> None:
    order = here.place()
    phone = here.taken(order)
    here.tap(phone, "failed", reason="nobody_home")
    assert now(here.shop, order).kind is Kind.DELIVERY_FAILED
    assert events(here.shop, order, "courier_act")[-1].payload["reason"] == "nobody_home"
    here.shop.desk.handover.try_again(order.id)
    here.push.work()
    assert here.tap(phone, "delivered") == "late"
    assert now(here.shop, order).kind is Kind.READY
    assert here.tap(here.phone(order), "took") == "stored"


def test_no_money_taken_leaves_it_unpaid(here: Paired) -> None:
    oleh = courier(here.shop)
    order = here.place()
    here.shop.desk.dispatch.assign([order.id], oleh)
    here.tap(here.taken(order), "delivered", reason="unpaid")
    done = now(here.shop, order)
    assert (done.kind, done.due) == (Kind.DELIVERED, order.total)
    assert owed(here, oleh) == 0
    assert done.question == ""


def test_money_taken_by_a_phone_that_nobody_is_named_for_is_asked_about(here: Paired) -> None:
    order = here.place()
    here.tap(here.taken(order), "delivered")
    done = now(here.shop, order)
    assert (done.kind, done.due) == (Kind.DELIVERED, order.total)
    assert "Who brings the money?" in done.question


def test_a_phone_is_known_from_its_last_delivery(here: Paired) -> None:
    oleh = courier(here.shop)
    first, second = here.place(), here.place()
    phone = here.taken(first)
    here.shop.desk.dispatch.assign([first.id], oleh)
    other = here.phone(second)
    other.cookie = phone.cookie
    here.tap(other, "took")
    assert now(here.shop, second).courier_id == oleh
    third = here.place()
    here.clock.advance(31 * HOUR_MS)
    stranger = here.phone(third)
    stranger.cookie = phone.cookie
    here.tap(stranger, "took")
    assert now(here.shop, third).courier_id == ""


# What comes too late


def test_a_released_phone_changes_nothing_and_the_counter_is_asked(here: Paired) -> None:
    order = ready(here.shop, delivery(here.shop))
    here.push.work()
    phone = here.taken(order)
    here.shop.desk.dispatch.release(order.id)
    here.push.work()
    assert here.phone(order).outcome("took") == "stored"
    assert here.tap(phone, "delivered") == "late"
    after = now(here.shop, order)
    assert after.kind is Kind.READY
    assert "delivered at 21:00" in after.question
    assert here.acts(order)[-1] == ("delivered", "late")
    assert [card.order.id for card in here.shop.desk.handover.asked()] == [order.id]


def test_a_tap_that_crosses_the_release_on_its_way_is_evidence_too(here: Paired) -> None:
    order = here.place()
    phone = here.taken(order)
    here.shop.desk.dispatch.release(order.id)
    assert phone.outcome("delivered") == "stored"
    here.sync()
    assert now(here.shop, order).kind is Kind.ACCEPTED
    assert here.acts(order)[-1] == ("delivered", "late")


def test_a_claim_that_crosses_a_release_holds_nothing(here: Paired) -> None:
    order = here.place()
    here.shop.desk.dispatch.release(order.id)
    phone = here.phone(order)
    assert phone.outcome("took") == "stored"
    here.sync()
    assert phone.state()["phase"] == "free"
    assert dict(here.acts(order))["took"] == "ignored"


def test_giving_it_to_another_courier_takes_it_from_the_phone(here: Paired) -> None:
    oleh, petro = courier(here.shop), courier(here.shop, "Petro")
    order = here.place()
    here.shop.desk.dispatch.assign([order.id], oleh)
    phone = here.taken(order)
    here.shop.desk.dispatch.assign([order.id], petro)
    here.push.work()
    assert phone.state()["phase"] == "free"
    assert here.tap(phone, "delivered") == "late"


def test_a_late_tap_that_says_what_is_known_asks_nobody(here: Paired) -> None:
    order = ready(here.shop, delivery(here.shop))
    here.push.work()
    phone = here.taken(order)
    here.shop.desk.dispatch.release(order.id)
    here.shop.desk.bump(order.id)
    here.shop.desk.bump(order.id)
    here.push.work()
    assert here.tap(phone, "delivered") == "late"
    after = now(here.shop, order)
    assert (after.kind, after.question) == (Kind.DELIVERED, "")


def test_a_late_take_back_asks(here: Paired) -> None:
    order = here.place()
    phone = here.taken(order)
    here.tap(phone, "delivered", reason="unpaid")
    here.clock.advance(20 * MINUTE_MS)
    assert here.tap(phone, "took_back", age_ms=15 * MINUTE_MS) == "late"
    after = now(here.shop, order)
    assert after.kind is Kind.DELIVERED
    assert "took back late, 21:05" in after.question


def test_against_a_cancellation_both_stand(here: Paired) -> None:
    order = here.place()
    phone = here.taken(order)
    here.shop.desk.cancel(order.id, "guest called")
    here.push.work()
    assert phone.state()["cancelled"] is True
    assert here.tap(phone, "delivered") == "stored"
    after = now(here.shop, order)
    assert after.kind is Kind.CANCELLED
    assert "cancelled" in after.question
    assert here.acts(order)[-1] == ("delivered", "conflict")


def test_an_act_is_applied_once_however_often_it_is_pulled(here: Paired) -> None:
    order = here.place()
    phone = here.taken(order)
    here.tap(phone, "picked_up")
    before = now(here.shop, order)
    with here.shop.desk.act() as act:
        site = act.setup.site
        assert site is not None
        sites.change(act.connection, site.site_id, action_cursor=0)
    here.sync()
    assert now(here.shop, order) == before
    assert here.acts(order) == [("took", "applied"), ("picked_up", "applied")]


def test_the_timeline_tells_every_tap(here: Paired) -> None:
    order = here.place()
    phone = here.taken(order)
    here.tap(phone, "picked_up")
    here.tap(phone, "took_back")
    told = events(here.shop, order, "courier_act")
    assert [(e.payload["act"], e.payload["outcome"]) for e in told] == [
        ("took", "applied"), ("picked_up", "applied"), ("took_back", "applied"),
    ]  # fmt: skip
    assert len({e.payload["device"] for e in told}) == 1
