"""Dispatch as the expediter uses it: choose, give, leave, come back, hand in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit

from pos_app.bootstrap import Shop
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from tests.support.couriers import tapped, use_hosted_site
from tests.support.shift import courier, now, ready
from tests.support.shops import delivery
from tests.support.window import Till

OpenTill = Callable[..., Till]


@pytest.fixture
def dispatch(open_till: OpenTill) -> Till:
    """A till with the courier Oleh, on Dispatch."""
    till = open_till(screen="dispatch")
    courier(till.shop)
    till.settle()
    return till


def placed(till: Till, street: str) -> Order:
    order = till.shop.desk.place(delivery(till.shop, street=street)).order
    till.wait(lambda: till.sees(f"delivery:{order.number}"), order.number)
    return order


def cooked(till: Till, street: str) -> Order:
    order = ready(till.shop, delivery(till.shop, street=street))
    till.wait(lambda: till.sees(f"delivery:{order.number}"), order.number)
    return order


def kinds(shop: Shop, *orders: Order) -> list[Kind]:
    return [now(shop, order).kind for order in orders]


def test_oleh_leaves_with_two_and_both_are_delivered(dispatch: Till) -> None:
    first, second = cooked(dispatch, "Franka 1"), cooked(dispatch, "Franka 2")
    for order in (first, second):
        dispatch.tap(f"delivery:{order.number}")
    assert dispatch.text("act:Oleh") == "Oleh leaves with 2"
    dispatch.tap("act:Oleh")
    dispatch.wait(lambda: dispatch.text("act:Oleh") == "Oleh is back: 2 delivered", "on the way")
    assert kinds(dispatch.shop, first, second) == [Kind.OUT_FOR_DELIVERY] * 2
    dispatch.tap("act:Oleh")
    dispatch.wait(lambda: kinds(dispatch.shop, first, second) == [Kind.DELIVERED] * 2, "delivered")
    run = dispatch.shop.desk.dispatch.overview().runs[0]
    assert run.to_hand_in == first.total + second.total


def test_what_is_still_cooking_is_given_to_him_and_he_waits(dispatch: Till) -> None:
    order = placed(dispatch, "Franka 1")
    dispatch.tap(f"delivery:{order.number}")
    assert dispatch.text("act:Oleh") == "For Oleh: 1"
    dispatch.tap("act:Oleh")
    dispatch.wait(lambda: now(dispatch.shop, order).courier_leg == "assigned", "given")
    dispatch.wait(lambda: not dispatch.sees("act:Oleh"), "nothing for him to do yet")
    dispatch.shop.desk.bump(order.id)
    dispatch.shop.desk.bump(order.id)
    dispatch.wait(lambda: dispatch.text("act:Oleh") == "Oleh leaves with 1", "ready")


def test_who_is_away_is_given_the_next_one_and_still_comes_back(dispatch: Till) -> None:
    first, second = cooked(dispatch, "Franka 1"), cooked(dispatch, "Franka 2")
    oleh = dispatch.shop.desk.staff.everyone()[0].id
    dispatch.shop.desk.dispatch.leaves(oleh, [first.id])
    dispatch.wait(lambda: dispatch.text("act:Oleh") == "Oleh is back: 1 delivered", "on the way")
    dispatch.tap(f"delivery:{second.number}")
    assert dispatch.text("act:Oleh") == "For Oleh: 1"
    dispatch.tap("act:Oleh")
    dispatch.wait(lambda: now(dispatch.shop, second).courier_leg == "assigned", "given")
    dispatch.wait(lambda: dispatch.text("act:Oleh") == "Oleh is back: 1 delivered", "still away")


def test_one_door_that_nobody_opened_goes_out_again(dispatch: Till) -> None:
    first, second = cooked(dispatch, "Franka 1"), cooked(dispatch, "Franka 2")
    oleh = dispatch.shop.desk.staff.everyone()[0].id
    dispatch.shop.desk.dispatch.leaves(oleh, [first.id, second.id])
    dispatch.wait(lambda: dispatch.text("act:Oleh") == "Oleh is back: 2 delivered", "on the way")
    dispatch.tap(f"delivery:{second.number}")
    assert dispatch.text("act:Oleh") == "Oleh is back: 1 delivered, 1 not"
    dispatch.tap("act:Oleh")
    dispatch.wait(lambda: dispatch.sees(f"again:{second.number}"), "the failed delivery")
    assert kinds(dispatch.shop, first, second) == [Kind.DELIVERED, Kind.DELIVERY_FAILED]
    dispatch.tap(f"again:{second.number}")
    dispatch.wait(lambda: now(dispatch.shop, second).kind is Kind.READY, "ready again")


def test_what_came_back_for_good_has_ended(dispatch: Till) -> None:
    order = cooked(dispatch, "Franka 1")
    oleh = dispatch.shop.desk.staff.everyone()[0].id
    dispatch.shop.desk.dispatch.leaves(oleh, [order.id])
    dispatch.shop.desk.dispatch.is_back(oleh, [], [order.id])
    dispatch.wait(lambda: dispatch.sees(f"returned:{order.number}"), "the failed delivery")
    dispatch.tap(f"returned:{order.number}")
    dispatch.wait(lambda: now(dispatch.shop, order).kind is Kind.RETURNED, "returned")


def test_a_released_delivery_is_free_again(dispatch: Till) -> None:
    order = cooked(dispatch, "Franka 1")
    oleh = dispatch.shop.desk.staff.everyone()[0].id
    dispatch.shop.desk.dispatch.assign([order.id], oleh)
    dispatch.wait(lambda: dispatch.sees(f"release:{order.number}"), "with Oleh")
    dispatch.tap(f"release:{order.number}")
    dispatch.wait(lambda: dispatch.text("free_title") == "Without a courier (1)", "free")
    assert now(dispatch.shop, order).courier_id == ""


def test_he_hands_in_a_part_and_too_much_is_refused(dispatch: Till) -> None:
    order = cooked(dispatch, "Franka 1")
    oleh = dispatch.shop.desk.staff.everyone()[0].id
    dispatch.shop.desk.dispatch.leaves(oleh, [order.id])
    dispatch.shop.desk.dispatch.is_back(oleh, [order.id], [])
    dispatch.wait(lambda: dispatch.sees("hand_in:Oleh"), "money to hand in")
    dispatch.tap("hand_in:Oleh")
    field = dispatch.find("hand_in_amount")
    assert isinstance(field, QLineEdit)
    assert field.text() == str(order.total // 100)
    dispatch.enter_into("hand_in_amount", "1000000")
    dispatch.tap("hand_in_done")
    dispatch.wait(lambda: bool(dispatch.refused()), "a word")
    assert dispatch.refused() == ["That is more than there is to hand in"]
    dispatch.tap("hand_in:Oleh")
    dispatch.enter_into("hand_in_amount", "1")
    dispatch.tap("hand_in_done")
    owed = order.total - 100
    dispatch.wait(
        lambda: dispatch.shop.desk.dispatch.overview().runs[0].to_hand_in == owed, "handed in"
    )
    dispatch.tap("hand_in:Oleh")
    dispatch.enter_into("hand_in_amount", "a lot")
    dispatch.tap("hand_in_done")
    assert dispatch.text("hand_in_amount_error") == "“a lot” is not an amount"


def test_two_who_send_the_same_delivery_are_told(dispatch: Till) -> None:
    order = cooked(dispatch, "Franka 1")
    dispatch.tap(f"delivery:{order.number}")
    dispatch.shop.desk.cancel(order.id, "Guest phoned")
    dispatch.tap("act:Oleh")
    dispatch.wait(lambda: bool(dispatch.refused()), "a word")
    dispatch.wait(lambda: not dispatch.sees(f"delivery:{order.number}"), "it is gone")


def test_without_couriers_it_says_where_to_add_them(open_till: OpenTill) -> None:
    till = open_till(screen="dispatch")
    till.wait(lambda: till.sees("dispatch_nobody"), "what to do")
    assert "Settings" in till.text("dispatch_nobody")


def test_a_phone_that_took_a_delivery_is_seen_and_can_be_released(dispatch: Till) -> None:
    use_hosted_site(dispatch.shop)
    order = placed(dispatch, "Franka 1")
    assert tapped(dispatch.shop, order, "took") == "applied"
    name = f"release:{order.number}"
    dispatch.wait(lambda: dispatch.sees(name), "the phone to be seen")
    row = dispatch.find(f"delivery:{order.number}")
    assert "on a phone since" in row.accessibleName()
    dispatch.tap(name)
    dispatch.wait(lambda: not dispatch.sees(name), "nobody to have it")
    assert dispatch.shop.desk.dispatch.overview().phones == {}
