"""After a power cut: nothing is said before somebody has said what is true."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.changes import Change, SettingsChanged
from pos_app.clock import HOUR_MS, MINUTE_MS, Instant, VirtualClock
from pos_app.desk.catching_up import REASON
from pos_app.desk.printers import Prints
from pos_app.domain.board import Band, standing
from pos_app.domain.order import Order
from pos_app.domain.workflow import Fulfilment, Kind
from pos_app.errors import BadInput, Refused
from tests.support.shift import card, events, now, ready, texts
from tests.support.shops import delivery, open_test_shop, pickup


def cut(shop: Shop, clock: VirtualClock, minutes: int = 20) -> bool:
    """No power for that long; then the till is back."""
    since = Instant(clock.now())
    clock.advance(minutes * MINUTE_MS)
    return shop.desk.evening.begin_catch_up(since)


def asked(shop: Shop) -> list[int]:
    found = shop.desk.evening.catching_up()
    return [] if found is None else [found_card.order.id for found_card in found.cards]


def test_after_a_gap_messages_are_held_and_the_open_orders_asked_for(
    shop: Shop, clock: VirtualClock
) -> None:
    order = ready(shop, pickup(shop))
    began_at = clock.now()
    assert cut(shop, clock)
    found = shop.desk.evening.catching_up()
    assert found is not None
    assert (found.since, found.until, found.held) == (began_at, clock.now(), 1)
    assert asked(shop) == [order.id]
    note = card(shop, order).note
    assert note is not None
    assert (note.state, note.reason) == ("held", REASON)


def test_ten_minutes_are_no_gap(shop: Shop, clock: VirtualClock) -> None:
    order = ready(shop, pickup(shop))
    assert not cut(shop, clock, 10)
    assert shop.desk.evening.catching_up() is None
    assert texts(shop, order) == [("ready", "waiting")]


def test_with_nothing_open_and_nothing_waiting_there_is_nothing_to_ask(
    shop: Shop, clock: VirtualClock
) -> None:
    order = ready(shop, pickup(shop, texts=False, paid=True))
    shop.desk.handover.hand_over(order.id)
    assert not cut(shop, clock)
    assert shop.desk.evening.catching_up() is None


@pytest.mark.parametrize(
    ("fulfilment", "partner", "end"),
    [
        (Fulfilment.PICKUP, "", Kind.PICKED_UP),
        (Fulfilment.DINE_IN, "", Kind.SERVED),
        (Fulfilment.DELIVERY, "", Kind.DELIVERED),
        (Fulfilment.DELIVERY, "Glovo", Kind.HANDED_TO_PARTNER),
    ],
)
def test_what_is_gone_ends_as_it_would_have_silently_and_without_times(
    shop: Shop, clock: VirtualClock, fulfilment: Fulfilment, partner: str, end: Kind
) -> None:
    draft = replace(delivery(shop), fulfilment=fulfilment, partner=partner)
    order = shop.desk.place(draft).order
    cut(shop, clock)
    shop.desk.evening.settle([order.id], "gone")
    gone = now(shop, order)
    assert (gone.kind, gone.times_known) == (end, False)
    assert {ticket.kind for ticket in gone.tickets} == {Kind.READY}
    assert texts(shop, order) == []
    assert shop.desk.evening.catching_up() is None, "that was the last question"


def test_a_delivery_that_was_on_the_way_is_delivered(shop: Shop, clock: VirtualClock) -> None:
    order = ready(shop, delivery(shop))
    shop.desk.handover.hand_over(order.id)
    cut(shop, clock)
    shop.desk.evening.settle([order.id], "gone")
    assert now(shop, order).kind is Kind.DELIVERED
    assert texts(shop, order) == [("on_the_way", "cancelled")]


def test_a_wrong_gone_is_undone_and_asked_again(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    other = shop.desk.place(pickup(shop)).order
    cut(shop, clock)
    shop.desk.evening.settle([order.id], "gone")
    assert asked(shop) == [other.id]
    undone = shop.desk.undo(order.id)
    assert (undone.kind, undone.times_known) == (Kind.ACCEPTED, True)
    assert {ticket.kind for ticket in undone.tickets} == {Kind.ACCEPTED}
    assert asked(shop) == [order.id, other.id]


def test_what_is_still_here_stays_and_its_stage_begins_anew(
    shop: Shop, clock: VirtualClock
) -> None:
    tomorrow = Instant(clock.now() + 5 * HOUR_MS)
    order = shop.desk.place(replace(pickup(shop), promised_at=tomorrow)).order
    shop.desk.kitchen.fire(order.id)
    shop.desk.bump(order.id)
    cut(shop, clock, 60)
    assert standing(now(shop, order), clock.now()).band is Band.LATE
    shop.desk.evening.settle([order.id], "here")
    here = now(shop, order)
    assert (here.kind, here.times_known) == (Kind.PREPARING, False)
    assert standing(here, clock.now()).band is Band.ON_TIME
    assert asked(shop) == []
    assert [entry.payload for entry in events(shop, order, "caught_up")] == [{"answer": "here"}]


def test_cancelled_says_why_in_a_word(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    cut(shop, clock)
    shop.desk.evening.settle([order.id], "cancelled")
    gone = now(shop, order)
    assert (gone.kind, gone.times_known) == (Kind.CANCELLED, False)
    assert gone.cancel_reason


def test_many_are_answered_at_once(shop: Shop, clock: VirtualClock) -> None:
    orders = [shop.desk.place(pickup(shop)).order for _ in range(5)]
    cut(shop, clock)
    shop.desk.evening.settle([order.id for order in orders], "gone")
    assert shop.desk.board() == []


def test_an_order_placed_after_the_gap_is_not_asked_for_and_texts_as_always(
    shop: Shop, clock: VirtualClock
) -> None:
    old = shop.desk.place(pickup(shop)).order
    cut(shop, clock)
    new = ready(shop, pickup(shop))
    assert asked(shop) == [old.id]
    assert texts(shop, new) == [("ready", "waiting")]


def test_held_messages_leave_when_they_are_still_true(shop: Shop, clock: VirtualClock) -> None:
    still = ready(shop, pickup(shop))
    gone = ready(shop, pickup(shop))
    cut(shop, clock)
    shop.desk.bump(gone.id)
    found = shop.desk.evening.catching_up()
    assert found is not None
    assert found.held == 2
    shop.desk.evening.settle([still.id], "here")
    assert shop.desk.evening.finish_catch_up(send=True) == 1
    assert texts(shop, still) == [("ready", "waiting")]
    assert texts(shop, gone) == [("ready", "dropped")]
    note = card(shop, gone).note
    assert shop.desk.evening.catching_up() is None
    assert note is None, "a guest who has his order needs no call"


def test_held_messages_can_be_dropped(shop: Shop, clock: VirtualClock) -> None:
    order = ready(shop, pickup(shop))
    cut(shop, clock)
    assert shop.desk.evening.finish_catch_up(send=False) == 1
    assert texts(shop, order) == [("ready", "dropped")]
    assert shop.desk.evening.catching_up() is None


def test_what_is_too_late_by_then_is_not_counted_as_sent(shop: Shop, clock: VirtualClock) -> None:
    ready(shop, pickup(shop))
    cut(shop, clock, 61)
    assert shop.desk.evening.finish_catch_up(send=True) == 0


def test_a_released_text_of_an_order_with_a_question_goes_on_waiting(
    shop: Shop, clock: VirtualClock
) -> None:
    order = ready(shop, pickup(shop))
    cut(shop, clock)
    shop.desk.kitchen.ask_counter(order.id, "Which sauce?")
    assert shop.desk.evening.finish_catch_up(send=True) == 0
    assert texts(shop, order) == [("ready", "held")]
    shop.desk.kitchen.answer(order.id)
    assert texts(shop, order) == [("ready", "waiting")]


def test_a_second_cut_before_the_first_is_settled_asks_for_both(
    shop: Shop, clock: VirtualClock
) -> None:
    began_at = clock.now()
    first = shop.desk.place(pickup(shop)).order
    second = shop.desk.place(pickup(shop)).order
    cut(shop, clock)
    shop.desk.evening.settle([first.id], "here")
    third = shop.desk.place(pickup(shop)).order
    assert asked(shop) == [second.id]
    cut(shop, clock)
    found = shop.desk.evening.catching_up()
    assert found is not None
    assert (found.since, found.until) == (began_at, clock.now())
    assert asked(shop) == [first.id, second.id, third.id]


def test_an_answer_to_an_order_that_has_ended_meanwhile_changes_nothing(
    shop: Shop, clock: VirtualClock
) -> None:
    order = shop.desk.place(pickup(shop)).order
    other = shop.desk.place(pickup(shop)).order
    cut(shop, clock)
    shop.desk.cancel(order.id, "guest called")
    shop.desk.evening.settle([order.id, other.id], "gone")
    assert now(shop, order).kind is Kind.CANCELLED
    assert now(shop, other).kind is Kind.PICKED_UP


def test_without_a_catch_up_there_is_nothing_to_settle(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    with pytest.raises(Refused, match="nothing to catch up"):
        shop.desk.evening.settle([order.id], "gone")
    with pytest.raises(Refused, match="nothing to catch up"):
        shop.desk.evening.finish_catch_up(send=True)


def test_only_three_answers_are_known(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    cut(shop, clock)
    with pytest.raises(BadInput) as refused:
        shop.desk.evening.settle([order.id], "eaten")
    assert refused.value.field == "answer"


def test_screens_hear_when_it_begins_and_when_it_ends(shop: Shop, clock: VirtualClock) -> None:
    order = shop.desk.place(pickup(shop)).order
    heard: list[Change] = []
    stop = shop.feed.subscribe(heard.append)
    cut(shop, clock)
    assert heard.count(SettingsChanged(("catch_up",))) == 1
    shop.desk.evening.settle([order.id], "gone")
    assert heard.count(SettingsChanged(("catch_up",))) == 2
    stop()


def test_every_open_ticket_comes_out_on_paper(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "data") as shop:
        assert shop.desk.evening.print_open() == 0
        (tmp_path / "paper").mkdir()
        prints = Prints(slips=False, kitchen=True)
        shop.desk.add_printer(
            name="Kitchen", kind="file", address=str(tmp_path / "paper"), prints=prints
        )
        order: Order = shop.desk.place(pickup(shop, "Margherita", "Tiramisu")).order
        shop.desk.place(pickup(shop, "Cola"))
        gone = ready(shop, pickup(shop, paid=True))
        shop.desk.handover.hand_over(gone.id)
        assert shop.desk.evening.print_open() == 3
        said = [entry.payload for entry in events(shop, order, "tickets_printed")]
        assert said == [{"slips": 2}]
