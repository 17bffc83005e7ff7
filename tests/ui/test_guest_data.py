"""A guest asks what the shop knows of him, or to be forgotten: from one of his orders."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from pos_app.domain.order import Order
from tests.support.shops import pickup
from tests.support.window import Till
from tests.ui.standing import PIN, switch, with_staff


@pytest.fixture
def orders(till: Till) -> Till:
    till.tap("rail:orders")
    return till


def opened(orders: Till, *, ended: bool = True) -> int:
    """The id of an order of Iryna's that is open in the details."""
    order_id = orders.shop.desk.place(pickup(orders.shop, paid=True)).order.id
    for _ in range(3 if ended else 1):
        orders.shop.desk.bump(order_id)
    orders.window.orders.open_order(order_id)
    orders.wait(lambda: orders.sees("details_guest"), "details")
    orders.settle()
    return order_id


def now(orders: Till, order_id: int) -> Order:
    card = orders.shop.desk.order(order_id)
    assert card is not None
    return card.order


def test_a_guest_is_forgotten_after_one_question_beneath_the_order(orders: Till) -> None:
    order_id = opened(orders)
    assert not orders.sees("guest_forget_part")
    orders.tap("guest:forget")
    assert "cannot be undone" in orders.text("guest_forget_words")
    orders.tap("guest:forget_do")
    orders.wait(lambda: not orders.sees("details_guest"), "no guest any more")
    customer = now(orders, order_id).customer
    assert (customer.name, customer.phone) == ("", "")
    orders.wait(lambda: not orders.sees("guest:forget"), "nothing more to forget")
    assert orders.shop.desk.search("Iryna") == []


def test_who_thinks_better_of_it_keeps_the_guest(orders: Till) -> None:
    order_id = opened(orders)
    orders.tap("guest:forget")
    orders.tap("guest:keep")
    assert not orders.sees("guest_forget_part")
    orders.settle()
    assert now(orders, order_id).customer.name == "Iryna"


def test_with_an_order_still_open_he_is_not_forgotten(orders: Till) -> None:
    order_id = opened(orders, ended=False)
    orders.tap("guest:forget")
    orders.tap("guest:forget_do")
    orders.wait(lambda: any("open orders: A1" in said for said in orders.refused()), "refused")
    assert now(orders, order_id).customer.name == "Iryna"


def test_what_is_known_goes_into_a_new_file_of_this_user(orders: Till, tmp_path: Path) -> None:
    opened(orders)
    file = tmp_path / "iryna.json"
    orders.tap("guest:save")
    orders.enter_into("guest_file", str(file))
    orders.tap("guest:save_do")
    orders.wait(file.exists, "the file")
    orders.wait(lambda: not orders.sees("guest_save_part"), "the question is gone")
    assert "+380671234567" in file.read_text("utf-8")
    assert json.loads(file.read_text("utf-8"))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    orders.tap("guest:save")
    orders.enter_into("guest_file", str(file))
    orders.tap("guest:save_do")
    orders.wait(lambda: "already" in orders.text("guest_file_error"), "never written over")


def test_only_a_manager_may(open_till: Callable[..., Till]) -> None:
    evening = with_staff(open_till)
    for name, pin, may in (("Olha", "2222", False), ("Marta", PIN, True)):
        switch(evening, name, pin)
        evening.tap("rail:orders")
        evening.tap("order:A1")
        evening.wait(lambda: evening.sees("details_guest"), "details")
        evening.settle()
        assert evening.sees("guest:forget") is may
