"""A guest who was told *ready* too early is told the truth once, and *ready* again afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.errors import NotFound, Refused
from tests.desk.kitchen import let_texts_leave, now, said, texts
from tests.support.shops import line, open_test_shop, pickup


def told_ready(shop: Shop, clock: VirtualClock) -> int:
    order_id = shop.desk.place(pickup(shop)).order.id
    shop.desk.bump(order_id)
    shop.desk.bump(order_id)
    let_texts_leave(shop, clock)
    assert texts(shop, order_id)[0][1] in ("sent", "delivered")
    return order_id


def test_after_a_bring_back_the_new_time_is_offered(shop: Shop, clock: VirtualClock) -> None:
    order_id = told_ready(shop, clock)
    assert shop.desk.kitchen.correction(order_id) is None, "it still is ready"
    clock.advance(25 * MINUTE_MS)
    back = shop.desk.recall(order_id)
    asked = shop.desk.kitchen.correction(order_id)
    assert asked is not None
    assert (asked.order_id, asked.promised_at) == (order_id, back.promised_at)


def test_a_dish_added_after_the_text_asks_as_well(shop: Shop, clock: VirtualClock) -> None:
    order_id = told_ready(shop, clock)
    shop.desk.add_line(order_id, line(shop, "Tiramisu"))
    assert shop.desk.kitchen.correction(order_id) is not None


def test_nobody_is_asked_when_the_text_had_not_left(shop: Shop) -> None:
    order_id = shop.desk.place(pickup(shop)).order.id
    shop.desk.bump(order_id)
    shop.desk.bump(order_id)
    shop.desk.recall(order_id)
    assert shop.desk.kitchen.correction(order_id) is None
    with pytest.raises(Refused, match="nothing to correct"):
        shop.desk.kitchen.tell_correction(order_id)


def test_the_guest_is_told_once_with_the_time(shop: Shop, clock: VirtualClock) -> None:
    order_id = told_ready(shop, clock)
    shop.desk.recall(order_id)
    shop.desk.kitchen.tell_correction(order_id)
    assert shop.desk.kitchen.correction(order_id) is None
    with pytest.raises(Refused, match="nothing to correct"):
        shop.desk.kitchen.tell_correction(order_id)
    let_texts_leave(shop, clock, 0)
    assert texts(shop, order_id)[1][:2] in (
        ("not_ready_yet", "sent"),
        ("not_ready_yet", "delivered"),
    )
    assert "A1" in said(shop)[0]
    assert "21:20" in said(shop)[0]


def test_after_a_correction_ready_is_said_again(shop: Shop, clock: VirtualClock) -> None:
    order_id = told_ready(shop, clock)
    shop.desk.recall(order_id)
    shop.desk.kitchen.tell_correction(order_id)
    let_texts_leave(shop, clock, 0)
    shop.desk.bump(order_id)
    let_texts_leave(shop, clock)
    abouts = [about for about, state, _ in texts(shop, order_id) if state in ("sent", "delivered")]
    assert abouts == ["ready", "not_ready_yet", "ready"]


def test_without_a_correction_ready_is_not_said_twice(shop: Shop, clock: VirtualClock) -> None:
    order_id = told_ready(shop, clock)
    shop.desk.recall(order_id)
    shop.desk.bump(order_id)
    assert len(texts(shop, order_id)) == 1


def test_a_second_bring_back_can_be_corrected_again(shop: Shop, clock: VirtualClock) -> None:
    order_id = told_ready(shop, clock)
    shop.desk.recall(order_id)
    shop.desk.kitchen.tell_correction(order_id)
    let_texts_leave(shop, clock, 0)
    shop.desk.bump(order_id)
    let_texts_leave(shop, clock)
    shop.desk.recall(order_id)
    assert shop.desk.kitchen.correction(order_id) is not None


def test_a_correction_that_has_not_left_gives_way_to_ready(shop: Shop, clock: VirtualClock) -> None:
    order_id = told_ready(shop, clock)
    shop.desk.recall(order_id)
    shop.desk.kitchen.ask_counter(order_id, "basil?")
    shop.desk.kitchen.tell_correction(order_id)
    assert texts(shop, order_id)[1] == ("not_ready_yet", "held", "question")
    shop.desk.bump(order_id)
    assert [state for _, state, _ in texts(shop, order_id)[1:]] == ["superseded", "held"]


def test_an_ended_order_needs_no_correction(shop: Shop, clock: VirtualClock) -> None:
    order_id = told_ready(shop, clock)
    shop.desk.recall(order_id)
    shop.desk.cancel(order_id, "guest left")
    assert shop.desk.kitchen.correction(order_id) is None
    with pytest.raises(NotFound):
        shop.desk.kitchen.correction(999)


def test_a_guest_who_stopped_texts_gets_no_correction(shop: Shop, clock: VirtualClock) -> None:
    from pos_app.desk import texting
    from pos_app.store import orders

    order_id = told_ready(shop, clock)
    shop.desk.recall(order_id)
    with shop.desk.act() as act:
        orders.change(act.connection, order_id, texts_stopped_at=act.now)
        texting.stop_all(act, order_id)
    shop.desk.kitchen.tell_correction(order_id)
    assert texts(shop, order_id)[1] == ("not_ready_yet", "dropped", "stopped")


def test_stopping_drops_what_waits_for_good(shop: Shop) -> None:
    from pos_app.desk import texting
    from pos_app.store import orders

    order_id = shop.desk.place(pickup(shop)).order.id
    shop.desk.bump(order_id)
    shop.desk.bump(order_id)
    with shop.desk.act() as act:
        orders.change(act.connection, order_id, texts_stopped_at=act.now)
        assert texting.stop_all(act, order_id) == 1
    assert texts(shop, order_id) == [("ready", "dropped", "stopped")]
    shop.desk.undo(order_id)
    shop.desk.bump(order_id)
    assert {state for _, state, _ in texts(shop, order_id)} == {"dropped"}


def test_a_stopped_older_text_does_not_come_back_with_an_undo(shop: Shop) -> None:
    from pos_app.desk import texting
    from pos_app.domain.workflow import Source
    from pos_app.store import orders

    order_id = shop.desk.place(pickup(shop, source=Source.PHONE)).order.id
    shop.desk.bump(order_id)
    shop.desk.bump(order_id)
    with shop.desk.act() as act:
        orders.change(act.connection, order_id, texts_stopped_at=act.now)
        texting.stop_all(act, order_id)
    shop.desk.undo(order_id)
    assert texts(shop, order_id)[0] == ("accepted", "dropped", "stopped")


def test_without_a_channel_the_correction_is_dropped_and_says_so(tmp_path: Path) -> None:
    from sqlalchemy import update

    from pos_app.store import tables

    with open_test_shop(tmp_path / "real", practice=False) as shop:
        order_id = shop.desk.place(pickup(shop)).order.id
        shop.desk.bump(order_id)
        shop.desk.bump(order_id)
        with shop.database.write() as connection:
            connection.execute(update(tables.messages).values(state="delivered"))
        shop.desk.recall(order_id)
        shop.desk.kitchen.tell_correction(order_id)
        assert texts(shop, order_id)[1] == ("not_ready_yet", "dropped", "no_channel")
        assert now(shop, order_id).promise_moved
