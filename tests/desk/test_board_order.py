"""What stands in front on every screen, what is still to make, and what may take longer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, Instant, VirtualClock
from pos_app.domain.board import all_day, has_remake
from pos_app.errors import BadInput, Refused
from tests.desk.kitchen import events, last_payload, now
from tests.support.shops import EVENING, line, pickup


def numbers(shop: Shop) -> list[str]:
    return [card.order.number for card in shop.desk.board()]


def place(shop: Shop, clock: VirtualClock, count: int) -> list[int]:
    ids = []
    for _ in range(count):
        ids.append(shop.desk.place(pickup(shop)).order.id)
        clock.advance(MINUTE_MS)
    return ids


def test_first_stands_before_made_again_and_that_before_the_oldest(
    shop: Shop, clock: VirtualClock
) -> None:
    _, second, third = place(shop, clock, 3)
    shop.desk.kitchen.make_again(second, now(shop, second).lines[0].id, "burnt")
    assert numbers(shop) == ["A2", "A1", "A3"]
    shop.desk.kitchen.rush(third)
    assert numbers(shop) == ["A3", "A2", "A1"]
    shop.desk.kitchen.rush(third, on=False)
    assert numbers(shop) == ["A2", "A1", "A3"]
    assert events(shop, third) == ["order_placed", "rushed", "unrushed"]


def test_rushing_twice_is_one_event(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.kitchen.rush(order.id)
    shop.desk.kitchen.rush(order.id)
    assert events(shop, order.id) == ["order_placed", "rushed"]


def test_a_remade_dish_that_is_made_goes_back_into_the_row(shop: Shop, clock: VirtualClock) -> None:
    _, second = place(shop, clock, 2)
    again = shop.desk.kitchen.make_again(second, now(shop, second).lines[0].id, "burnt")
    shop.desk.check_off(second, again.open_lines[0].id, True)
    assert not has_remake(now(shop, second))
    assert numbers(shop) == ["A1", "A2"]


def test_a_later_order_counts_from_when_it_enters(shop: Shop, clock: VirtualClock) -> None:
    shop.desk.place(replace(pickup(shop), promised_at=Instant(EVENING + 60 * MINUTE_MS)))
    clock.advance(MINUTE_MS)
    shop.desk.place(pickup(shop))
    assert numbers(shop) == ["A2", "A1"]


def test_to_make_leaves_out_what_the_kitchen_waits_with(shop: Shop, clock: VirtualClock) -> None:
    held = shop.desk.place(replace(pickup(shop), hold=True)).order
    later = shop.desk.place(
        replace(pickup(shop), promised_at=Instant(EVENING + 60 * MINUTE_MS))
    ).order
    plain = shop.desk.place(replace(pickup(shop), lines=(line(shop, "Margherita", 2),))).order

    def to_make() -> int:
        orders = tuple(now(shop, order.id) for order in (held, later, plain))
        return sum(row.quantity for row in all_day(orders, "en", None))

    assert to_make() == 2
    shop.desk.kitchen.hold(held.id, on=False)
    assert to_make() == 3
    clock.set(later.enters_at)
    shop.desk.kitchen.enter_due()
    assert to_make() == 4


def test_five_minutes_more_are_promised_and_written_down(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    given = shop.desk.kitchen.give_minutes(order.id)
    assert given.promised_at == order.promised_at + 5 * MINUTE_MS
    assert given.promise_moved
    assert last_payload(shop, order.id) == {"minutes": 5}


def test_an_undo_keeps_the_minutes_that_were_given_since(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.bump(order.id)
    given = shop.desk.kitchen.give_minutes(order.id, 10)
    assert shop.desk.undo(order.id).promised_at == given.promised_at


@pytest.mark.parametrize("minutes", [0, -5, 241])
def test_minutes_that_make_no_sense_are_bad_input(shop: Shop, minutes: int) -> None:
    order = shop.desk.place(pickup(shop)).order
    with pytest.raises(BadInput) as refused:
        shop.desk.kitchen.give_minutes(order.id, minutes)
    assert refused.value.field == "minutes"


def test_an_ended_order_is_neither_hurried_nor_delayed(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.cancel(order.id, "guest left")
    for act in (shop.desk.kitchen.rush, shop.desk.kitchen.give_minutes, shop.desk.kitchen.hold):
        with pytest.raises(Refused):
            act(order.id)
