"""Guests who do not come back are forgotten by themselves, in the night and in short steps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import DAY_MS, HOUR_MS, VirtualClock
from pos_app.desk.privacy_desk import Anonymised
from pos_app.domain.order import Customer, Order
from pos_app.domain.workflow import Fulfilment
from pos_app.errors import BadInput
from pos_app.lanes.forgetting import ForgettingWorker
from pos_app.store import journal
from tests.support.marked import PHONE, hits, live_through
from tests.support.shops import open_test_shop, pickup


def name_of(shop: Shop, order: Order) -> str:
    card = shop.desk.order(order.id)
    assert card is not None
    return card.order.customer.name


def ended(shop: Shop, **more: object) -> Order:
    order = shop.desk.place(replace(pickup(shop), **more)).order  # type: ignore[arg-type]
    shop.desk.cancel(order.id, "not wanted")
    return order


def test_after_ninety_days_a_guest_is_gone_and_not_a_day_before(
    tmp_path: Path, clock: VirtualClock
) -> None:
    data = tmp_path / "data"
    with open_test_shop(data, clock=clock) as shop:
        draft = replace(pickup(shop), customer=Customer("Zinovija-Name", PHONE, "uk"))
        order = shop.desk.place(draft).order
        shop.desk.cancel(order.id, "Zcancelled")
        clock.advance(90 * DAY_MS)
        assert shop.desk.privacy.anonymise_due() == Anonymised(0, 0)
        clock.advance(1)
        assert shop.desk.privacy.anonymise_due() == Anonymised(1, 1)
        assert shop.desk.privacy.anonymise_due() == Anonymised(0, 0)
        assert shop.desk.privacy.clean()
        assert shop.desk.check().problems == ()
        assert hits(data) == {}


def test_who_came_again_or_waits_for_an_order_stays(shop: Shop, clock: VirtualClock) -> None:
    old = ended(shop)
    waiting = shop.desk.place(pickup(shop, phone="+380501112233")).order
    clock.advance(60 * DAY_MS)
    ended(shop)
    clock.advance(60 * DAY_MS)
    assert shop.desk.privacy.anonymise_due() == Anonymised(0, 0)
    assert name_of(shop, old) == name_of(shop, waiting) == "Iryna"


def test_who_agreed_to_offers_stays_a_year(shop: Shop, clock: VirtualClock) -> None:
    guest = Customer("Iryna", PHONE, "uk", offers=True)
    order = ended(shop, customer=guest)
    clock.advance(365 * DAY_MS)
    assert shop.desk.privacy.anonymise_due() == Anonymised(0, 0)
    clock.advance(DAY_MS)
    assert shop.desk.privacy.anonymise_due() == Anonymised(1, 1)
    assert name_of(shop, order) == ""


def test_who_took_his_yes_to_offers_back_is_forgotten_as_others(
    shop: Shop, clock: VirtualClock
) -> None:
    for offers in (True, False):
        ended(shop, customer=Customer("Iryna", PHONE, "uk", offers=offers))
    clock.advance(91 * DAY_MS)
    assert shop.desk.privacy.anonymise_due() == Anonymised(1, 2)


def test_words_on_an_order_of_nobody_are_forgotten_too(shop: Shop, clock: VirtualClock) -> None:
    ended(shop, customer=Customer(), fulfilment=Fulfilment.DINE_IN, note="for Iryna's birthday")
    clock.advance(91 * DAY_MS)
    assert shop.desk.privacy.anonymise_due() == Anonymised(0, 1)
    assert shop.desk.privacy.anonymise_due() == Anonymised(0, 0)


def test_the_lane_forgets_once_a_night_after_the_cut_over(shop: Shop, clock: VirtualClock) -> None:
    ended(shop)
    worker = ForgettingWorker(shop)
    worker.work()
    clock.advance(91 * DAY_MS)
    worker.work()
    assert (worker.people, worker.orders) == (1, 1)
    # It is 21:00 in Kyiv: the cut-over at four is seven hours away.
    ended(shop, customer=Customer("Olena", PHONE, "uk"))
    assert shop.desk.privacy.kept().next_at == clock.now() + 7 * HOUR_MS


def test_zero_days_keep_guests_until_they_ask(shop: Shop, clock: VirtualClock) -> None:
    ended(shop)
    shop.desk.privacy.keep_days(0)
    clock.advance(1000 * DAY_MS)
    assert shop.desk.privacy.anonymise_due() == Anonymised(0, 0)
    assert shop.desk.privacy.kept().next_at is None
    with pytest.raises(BadInput, match="people_days"):
        shop.desk.privacy.keep_days(-1)
    shop.desk.privacy.keep_days(30)
    assert shop.desk.privacy.anonymise_due() == Anonymised(1, 1)


def test_an_export_tells_everything_and_is_noted(shop: Shop, clock: VirtualClock) -> None:
    live_through(shop, clock)
    told = shop.desk.privacy.export("067 123 45 99")
    assert told["phone"] == PHONE
    assert told["addresses"][0]["street"] == "Zolota-Street 7"
    assert [order["cancelled_because"] for order in told["orders"]] == [None, "Zcancelled"]
    assert {c["about"] for c in told["consents"]} == {"order_texts", "offers"}
    assert told["orders"][1]["texts"]
    with shop.database.read() as connection:
        (event,) = [e for e in journal.after(connection, 0) if e.kind == "customer_exported"]
    assert event.payload == {"people_ids": [1]}
