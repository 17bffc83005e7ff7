"""What a text can say of an order at the moment it leaves."""

from __future__ import annotations

from dataclasses import replace

from pos_app.automation.wording.fields import TextFields
from pos_app.domain.order import Customer, Order
from pos_app.domain.staff import Role
from pos_app.lanes import wording
from tests.lanes.rounds import Evening
from tests.support.shops import delivery


def _fields(tonight: Evening, order: Order) -> TextFields:
    with tonight.shop.desk.act() as act:
        return wording.saying(act, tonight.texts(order)[-1]).fields


def _on_its_way(tonight: Evening, name: str) -> Order:
    desk = tonight.shop.desk
    customer = Customer(name, "+380501112233", "uk", order_texts=True)
    order = desk.place(replace(delivery(tonight.shop), customer=customer)).order
    tonight.make_ready(order)
    courier = desk.staff.add("Ivan", Role.COURIER, phone="+380671112233")
    desk.dispatch.assign([order.id], courier.id)
    desk.dispatch.leaves(courier.id, [order.id])
    return order


def test_a_text_can_say_who_brings_it_to_whom_when_and_for_how_much(tonight: Evening) -> None:
    order = _on_its_way(tonight, "Тарас")
    tonight.pass_time(30)
    said = _fields(tonight, order)
    assert (said.name, said.courier, said.number) == ("Тарас", "Ivan", order.number)
    assert said.total.endswith("₴")
    left_ms = order.promised_at - tonight.clock.now()
    assert int(said.minutes) * 60_000 - left_ms in range(60_000)


def test_a_promise_that_has_passed_is_no_minutes_away(tonight: Evening) -> None:
    order = _on_its_way(tonight, "Тарас")
    tonight.pass_time(5 * 3600)
    assert _fields(tonight, order).minutes == "0"


def test_a_name_that_carries_a_link_is_not_handed_on(tonight: Evening) -> None:
    order = _on_its_way(tonight, "You won www.evil.example")
    assert _fields(tonight, order).name == ""
