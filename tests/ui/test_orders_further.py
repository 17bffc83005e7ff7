"""What the counter can still do with an order that was found again, and what it is told of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.domain.order import Address, Order
from pos_app.domain.workflow import Fulfilment, Kind
from tests.support.shift import courier
from tests.support.shops import pickup
from tests.support.window import Till


@pytest.fixture
def orders(till: Till) -> Till:
    """The window on Orders, without any."""
    till.tap("rail:orders")
    return till


def opened(orders: Till, *, bumps: int = 0, **more: object) -> int:
    """The id of a new order, bumped and open in the details."""
    draft = replace(pickup(orders.shop), **more)  # type: ignore[arg-type]
    order_id = orders.shop.desk.place(draft).order.id
    for _ in range(bumps):
        orders.shop.desk.bump(order_id)
    orders.window.orders.open_order(order_id)
    orders.wait(lambda: orders.sees("details_number"), "details")
    orders.settle()
    return order_id


def delivery(orders: Till, bumps: int) -> int:
    address = Address("вул. Франка, 12")
    return opened(orders, bumps=bumps, fulfilment=Fulfilment.DELIVERY, address=address)


def now(orders: Till, order_id: int) -> Order:
    card = orders.shop.desk.order(order_id)
    assert card is not None
    return card.order


@pytest.mark.parametrize(("way", "is_paid"), [("card", True), ("unpaid", False)])
def test_a_ready_order_is_given_out_and_paid(orders: Till, way: str, is_paid: bool) -> None:
    order_id = opened(orders, bumps=2)
    orders.tap("act:hand_over")
    assert orders.text("ways_question").startswith("TO PAY")
    orders.tap(f"way:{way}")
    orders.wait(lambda: orders.text("details_state") == "Given out", "given out")
    assert (now(orders, order_id).due == 0) is is_paid


def test_who_is_asked_how_may_leave_it(orders: Till) -> None:
    order_id = opened(orders, bumps=2)
    orders.tap("act:hand_over")
    orders.tap("way:none")
    assert not orders.sees("ways_part")
    assert now(orders, order_id).kind is Kind.READY


def test_money_is_given_back(orders: Till) -> None:
    order_id = opened(orders)
    orders.tap("act:pay:card")
    orders.tap("act:refund")
    orders.tap("way:cash")
    orders.wait(lambda: orders.sees("details_refunded"), "the refund")
    order = now(orders, order_id)
    assert order.refunded == order.paid > 0
    assert not orders.sees("act:refund")


def test_a_question_stays_open_when_news_of_the_order_comes(orders: Till) -> None:
    order_id = opened(orders)
    orders.tap("act:cancel")
    orders.enter_into("cancel_reason", "Guest ph")
    orders.shop.desk.pay(order_id, "card")
    orders.wait(lambda: orders.sees("act:refund"), "the news that it is paid")
    assert orders.text("cancel_reason") == "Guest ph"


def test_nobody_came_for_it(orders: Till) -> None:
    opened(orders, bumps=2)
    orders.tap("act:not_collected")
    orders.wait(lambda: orders.text("details_state") == "Not collected", "not collected")


def test_a_delivery_fails_and_is_tried_again(orders: Till) -> None:
    delivery(orders, bumps=3)
    orders.tap("act:failed")
    orders.tap("way:nobody_home")
    orders.wait(lambda: orders.text("details_state") == "Delivery failed", "failed")
    orders.tap("act:try_again")
    orders.wait(lambda: orders.text("details_state") == "Ready", "ready again")


def test_a_delivery_comes_back(orders: Till) -> None:
    delivery(orders, bumps=3)
    orders.tap("act:returned")
    orders.wait(lambda: orders.text("details_state") == "Returned", "returned")


def test_five_minutes_more_are_promised(orders: Till) -> None:
    order_id = opened(orders)
    before = now(orders, order_id).promised_at
    orders.tap("act:minutes")
    orders.wait(lambda: now(orders, order_id).promised_at == before + 5 * 60_000, "+5 min")


def test_question_courier_and_consent_are_told(orders: Till) -> None:
    order_id = delivery(orders, bumps=0)
    orders.shop.desk.kitchen.ask_counter(order_id, "Which entrance?")
    orders.shop.desk.dispatch.assign([order_id], courier(orders.shop))
    orders.wait(lambda: orders.sees("details_question"), "the question")
    orders.wait(lambda: orders.sees("details_courier"), "the courier")
    assert orders.text("details_question") == "The kitchen asks: Which entrance?"
    assert orders.text("details_courier") == "Courier: Oleh"
    assert orders.text("consent:order_texts").startswith("Order texts: yes, ")
