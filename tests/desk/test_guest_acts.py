"""What guests did on the page reaches the shop once, and only while it helps."""

from __future__ import annotations

from itertools import count

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import DAY_MS, Instant, VirtualClock
from pos_app.desk.guest_acts import allowed
from pos_app.desk.page_facts import PageFacts, of_orders
from pos_app.domain.consent import ConsentKind
from pos_app.domain.order import Order
from pos_app.domain.workflow import Source
from pos_app.errors import Refused
from pos_app.store import consents, ratings
from pos_app.wire.snapshots import Action
from tests.desk.kitchen import events, journal_words, let_texts_leave, now, said, texts
from tests.support.shops import line, pickup

_SEQS = count(1)


def place(shop: Shop) -> Order:
    return shop.desk.place(pickup(shop, source=Source.PHONE)).order


def act(
    shop: Shop, order: Order, kind: str, value: int | None = None, at: Instant | None = None
) -> str:
    seq = next(_SEQS)
    moment = shop.clock.now() if at is None else at
    return shop.desk.apply_action(Action(f"{seq:036d}", seq, kind, order.uid, moment, value))


def facts(shop: Shop, order_id: int) -> PageFacts:
    with shop.database.read() as connection:
        return of_orders(connection, [now(shop, order_id)])[order_id]


def offered(shop: Shop, order_id: int) -> list[str]:
    return allowed(now(shop, order_id), facts(shop, order_id))


def hand_out(shop: Shop, order: Order) -> None:
    for _ in range(3):
        shop.desk.bump(order.id)


def test_a_wish_to_cancel_is_noted_and_cancels_nothing(shop: Shop, clock: VirtualClock) -> None:
    order = place(shop)
    assert offered(shop, order.id) == ["cancel_asked", "texts_stopped"]
    assert act(shop, order, "cancel_asked") == "applied"
    asked = now(shop, order.id)
    assert (asked.kind, asked.cancel_asked_at) == (order.kind, clock.now())
    assert asked.revision > order.revision
    assert offered(shop, order.id) == ["texts_stopped"]
    assert act(shop, order, "cancel_asked") == "ignored"
    assert events(shop, order.id).count("cancel_asked") == 1


def test_a_wish_to_cancel_comes_too_late_for_a_kitchen_that_has_begun(shop: Shop) -> None:
    order = place(shop)
    shop.desk.bump(order.id)
    assert act(shop, order, "cancel_asked") == "ignored"
    assert now(shop, order.id).cancel_asked_at is None


def test_staff_decline_once_and_the_guest_cannot_ask_again(shop: Shop) -> None:
    order = place(shop)
    with pytest.raises(Refused, match="Nobody asks"):
        shop.desk.decline_cancel(order.id)
    act(shop, order, "cancel_asked")
    declined = shop.desk.decline_cancel(order.id)
    assert declined.cancel_asked_at is None
    assert facts(shop, order.id).cancel_declined
    assert "cancel_asked" not in offered(shop, order.id)
    assert act(shop, order, "cancel_asked") == "ignored"
    with pytest.raises(Refused, match="Nobody asks"):
        shop.desk.decline_cancel(order.id)
    assert events(shop, order.id)[-1] == "cancel_declined"


def test_staff_who_agree_cancel_as_ever(shop: Shop) -> None:
    order = place(shop)
    act(shop, order, "cancel_asked")
    shop.desk.cancel(order.id, "guest asked")
    with pytest.raises(Refused, match="Nobody asks"):
        shop.desk.decline_cancel(order.id)


def test_stopped_texts_stay_unsaid(shop: Shop, clock: VirtualClock) -> None:
    order = place(shop)
    assert act(shop, order, "texts_stopped") == "applied"
    assert now(shop, order.id).texts_stopped_at == clock.now()
    hand_out(shop, order)
    let_texts_leave(shop, clock)
    assert said(shop) == []
    assert {state for _, state, _ in texts(shop, order.id)} == {"dropped"}
    assert act(shop, order, "texts_stopped") == "ignored"


def test_stopping_texts_takes_the_consent_back(shop: Shop, clock: VirtualClock) -> None:
    order = place(shop)
    act(shop, order, "texts_stopped")
    assert order.people_id is not None
    with shop.database.read() as connection:
        last = consents.of_person(connection, order.people_id)[-1]
    assert (last.kind, last.given, last.source) == (ConsentKind.ORDER_TEXTS, False, "page")
    assert (last.wording, last.at) == ("Not your order? Stop texts", clock.now())


def test_a_guest_without_texts_has_none_to_stop(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, texts=False)).order
    assert "texts_stopped" not in offered(shop, order.id)
    assert act(shop, order, "texts_stopped") == "ignored"


def test_a_rating_is_taken_after_the_end_and_stays(shop: Shop, clock: VirtualClock) -> None:
    order = place(shop)
    assert act(shop, order, "rated", 5) == "ignored"
    hand_out(shop, order)
    assert "rated" in offered(shop, order.id)
    before = now(shop, order.id).revision
    assert act(shop, order, "rated", 4) == "applied"
    assert now(shop, order.id).revision > before, "the page must follow"
    assert act(shop, order, "rated", 1) == "ignored"
    assert facts(shop, order.id).stars == 4
    assert "rated" not in offered(shop, order.id)
    with shop.database.read() as connection:
        assert ratings.of_orders(connection, [order.id]) == {order.id: 4}


@pytest.mark.parametrize("stars", [None, 0, 6, -1])
def test_a_rating_that_is_none_is_passed_over(shop: Shop, stars: int | None) -> None:
    order = place(shop)
    hand_out(shop, order)
    assert act(shop, order, "rated", stars) == "ignored"
    assert act(shop, order, "rated", 3) == "applied"


def test_a_rating_counts_by_when_the_guest_gave_it(shop: Shop, clock: VirtualClock) -> None:
    first, second = place(shop), place(shop)
    for order in (first, second):
        hand_out(shop, order)
    ended = clock.now()
    clock.advance(20 * DAY_MS)
    assert act(shop, first, "rated", 5, at=Instant(ended + 14 * DAY_MS)) == "applied"
    assert act(shop, second, "rated", 5, at=Instant(ended + 14 * DAY_MS + 1)) == "ignored"


def test_nobody_rates_what_he_never_got(shop: Shop) -> None:
    order = place(shop)
    shop.desk.cancel(order.id, "no dough left")
    assert offered(shop, order.id) == ["texts_stopped"]
    assert act(shop, order, "rated", 1) == "ignored"


def test_an_order_that_was_called_too_early_is_known_until_it_is_ready(shop: Shop) -> None:
    order = place(shop)
    shop.desk.bump(order.id)
    assert not facts(shop, order.id).called_early
    shop.desk.bump(order.id)
    shop.desk.recall(order.id)
    assert facts(shop, order.id).called_early
    shop.desk.bump(order.id)
    assert not facts(shop, order.id).called_early


def test_an_undone_tap_or_one_more_dish_is_no_false_call(shop: Shop) -> None:
    undone, changed = place(shop), place(shop)
    for order in (undone, changed):
        shop.desk.bump(order.id)
        shop.desk.bump(order.id)
    shop.desk.undo(undone.id)
    shop.desk.add_line(changed.id, line(shop, "Tiramisu"))
    assert not facts(shop, undone.id).called_early
    assert not facts(shop, changed.id).called_early


def test_the_journal_says_what_happened_and_nothing_of_who(shop: Shop) -> None:
    order = place(shop)
    for kind in ("cancel_asked", "texts_stopped"):
        act(shop, order, kind)
    shop.desk.decline_cancel(order.id)
    hand_out(shop, order)
    act(shop, order, "rated", 2)
    kinds = events(shop, order.id)
    for kind in ("cancel_asked", "texts_stopped", "cancel_declined", "guest_rated"):
        assert kind in kinds
    assert "Iryna" not in journal_words(shop)
    assert "67123" not in journal_words(shop)


def test_a_guests_act_is_not_written_down_to_whoever_stands_at_the_till(shop: Shop) -> None:
    shop.desk.staff_id = "somebody"
    order = place(shop)
    act(shop, order, "cancel_asked")
    placed, asked = shop.desk.timeline(order.id)
    assert (placed.staff_id, asked.staff_id) == ("somebody", "")
