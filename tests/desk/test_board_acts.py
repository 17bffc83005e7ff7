"""Bump, undo, bring back, cancel: what the kitchen and the pass rely on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, SECOND_MS, Instant, VirtualClock
from pos_app.domain.workflow import Kind
from pos_app.errors import AlreadyLeft, BadInput, NotFound, Refused
from pos_app.store import messages, sending
from tests.support.shops import EVENING, delivery, line, open_test_shop, pickup


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def shop(tmp_path: Path, clock: VirtualClock) -> Iterator[Shop]:
    with open_test_shop(tmp_path / "data", clock=clock) as opened:
        yield opened
        assert opened.desk.check().problems == ()


def states(shop: Shop, order_id: int) -> list[tuple[str, str]]:
    with shop.database.read() as connection:
        found = messages.of_orders(connection, [order_id])[order_id]
    return [(message.about, message.state) for message in found]


def test_a_pickup_order_goes_from_new_to_given_out_in_three_bumps(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    kinds = [order.kind] + [shop.desk.bump(order.id).order.kind for _ in range(3)]
    assert kinds == [Kind.ACCEPTED, Kind.PREPARING, Kind.READY, Kind.PICKED_UP]
    with pytest.raises(Refused, match="has ended"):
        shop.desk.bump(order.id)


def test_a_delivery_goes_to_the_courier_and_is_delivered(shop: Shop) -> None:
    order = shop.desk.place(delivery(shop)).order
    kinds = [shop.desk.bump(order.id).order.kind for _ in range(4)]
    assert kinds[2:] == [Kind.OUT_FOR_DELIVERY, Kind.DELIVERED]


def test_the_second_tap_on_the_same_entry_changes_nothing_and_says_so(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    first = shop.desk.bump(order.id, from_entry=order.entry)
    second = shop.desk.bump(order.id, from_entry=order.entry)
    assert (first.moved, second.moved) == (True, False)
    assert second.order.kind is Kind.PREPARING


def test_one_station_alone_never_completes_the_order(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, "Margherita", "Tiramisu")).order
    first, second = (ticket.station_id for ticket in order.tickets)
    shop.desk.bump(order.id, station_id=first)
    partly = shop.desk.bump(order.id, station_id=first).order
    assert partly.kind is Kind.PREPARING
    shop.desk.bump(order.id, station_id=second)
    assert shop.desk.bump(order.id, station_id=second).order.kind is Kind.READY


def test_a_station_without_a_ticket_says_so(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    with pytest.raises(NotFound):
        shop.desk.bump(order.id, station_id=9999)


def test_undo_inside_the_grace_takes_the_text_back(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    assert states(shop, order.id) == [("ready", "waiting")]
    clock.advance(29 * SECOND_MS)
    undone = shop.desk.undo(order.id)
    assert undone.kind is Kind.PREPARING
    assert states(shop, order.id) == [("ready", "cancelled")]


def test_after_the_undo_a_new_ready_is_said_once(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    shop.desk.undo(order.id)
    shop.desk.bump(order.id)
    assert states(shop, order.id) == [("ready", "cancelled"), ("ready", "waiting")]


def test_undo_puts_the_ticket_clock_back(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    started = shop.desk.bump(order.id).order
    clock.advance(5 * MINUTE_MS)
    shop.desk.bump(order.id)
    clock.advance(3 * SECOND_MS)
    undone = shop.desk.undo(order.id)
    assert undone.entered_at == started.entered_at
    assert undone.times.ready_at is None


def test_undo_is_over_when_the_grace_is(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    clock.advance(11 * SECOND_MS)
    with pytest.raises(Refused, match="Too late"):
        shop.desk.undo(order.id)


def test_undo_loses_against_a_text_that_is_leaving(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    with shop.database.write() as connection:
        message = messages.of_orders(connection, [order.id])[order.id][0]
        due = Instant(clock.now() + 30 * SECOND_MS)
        assert sending.claim(connection, message.id, 1, due)
    with pytest.raises(AlreadyLeft):
        shop.desk.undo(order.id)
    assert shop.desk.find("A1") == order.id


def test_undo_names_the_act_it_was_shown_for(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    first = shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    with pytest.raises(Refused, match="Nothing to undo"):
        shop.desk.undo(order.id, first.seq)


def test_an_undone_order_keeps_its_number_and_leaves_the_board(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    assert shop.desk.undo(order.id).kind is Kind.CANCELLED
    assert shop.desk.board() == []
    assert shop.desk.place(pickup(shop)).order.number == "A2"


def test_bring_back_after_the_grace_moves_a_lost_promise(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    clock.advance(25 * MINUTE_MS)
    back = shop.desk.recall(order.id)
    assert back.kind is Kind.PREPARING
    assert back.promise_moved
    assert back.promised_at >= clock.now() + 10 * MINUTE_MS
    assert [ticket.kind for ticket in back.tickets] == [Kind.PREPARING]


def test_bring_back_undoes_a_given_out_order_days_later(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    for _ in range(3):
        shop.desk.bump(order.id)
    clock.advance(26 * 60 * MINUTE_MS)
    assert shop.desk.recall(order.id).kind is Kind.READY
    assert [card.order.id for card in shop.desk.board()] == [order.id]


def test_cancelling_needs_a_reason_and_silences_what_waits(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    with pytest.raises(BadInput, match="Say why"):
        shop.desk.cancel(order.id, "  ")
    cancelled = shop.desk.cancel(order.id, "guest called")
    assert (cancelled.kind, cancelled.cancel_reason) == (Kind.CANCELLED, "guest called")
    assert states(shop, order.id) == [("ready", "cancelled")]


def test_a_dish_added_to_a_ready_order_opens_only_its_station(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, "Margherita", "Tiramisu")).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    after = shop.desk.add_line(order.id, line(shop, "Margherita"))
    assert after.kind is Kind.PREPARING
    assert sorted(ticket.kind for ticket in after.tickets) == [Kind.PREPARING, Kind.READY]
    assert states(shop, order.id) == [("ready", "cancelled")]
    assert after.total == order.total + order.lines[0].unit_price


def test_voiding_the_only_dish_of_a_station_leaves_it_nothing_to_make(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, "Margherita", "Tiramisu")).order
    after = shop.desk.void_line(order.id, 2)
    assert after.total == order.lines[0].total
    assert shop.desk.bump(order.id).order.kind is Kind.PREPARING
    with pytest.raises(Refused, match="last line"):
        shop.desk.void_line(order.id, 1)


def test_ready_replaces_an_accepted_text_that_still_waits(shop: Shop) -> None:
    from pos_app.domain.workflow import Source

    order = shop.desk.place(pickup(shop, source=Source.PHONE)).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    assert states(shop, order.id) == [("accepted", "superseded"), ("ready", "waiting")]
    shop.desk.undo(order.id)
    assert states(shop, order.id) == [("accepted", "waiting"), ("ready", "cancelled")]


def test_without_a_channel_the_card_says_that_no_text_will_come(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "real", practice=False) as shop:
        order = shop.desk.place(pickup(shop)).order
        shop.desk.bump(order.id)
        shop.desk.bump(order.id)
        card = shop.desk.order(order.id)
        assert card is not None
        assert card.note is not None
        assert (card.note.state, card.note.reason) == ("dropped", "no_channel")


def test_a_guest_who_did_not_ask_gets_no_text(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, texts=False)).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    assert states(shop, order.id) == []


def test_paying_twice_is_refused(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, paid=False)).order
    assert shop.desk.pay(order.id, "cash").due == 0
    with pytest.raises(Refused, match="paid already"):
        shop.desk.pay(order.id, "card")


def test_the_same_reference_is_the_same_order(shop: Shop) -> None:
    first = shop.desk.place(pickup(shop, ref="web-1"))
    again = shop.desk.place(pickup(shop, ref="web-1"))
    assert (first.order.id, again.created) == (again.order.id, False)
    with pytest.raises(Refused, match="another order"):
        shop.desk.place(pickup(shop, "Tiramisu", ref="web-1"))
