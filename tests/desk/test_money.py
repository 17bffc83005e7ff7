"""Refunds: money goes back once, never more than came in, and the guest hears nothing more."""

from __future__ import annotations

import pytest

from pos_app.bootstrap import Shop
from pos_app.domain.workflow import Kind
from pos_app.errors import BadInput, Refused
from tests.support.shift import events, now, ready, texts
from tests.support.shops import pickup


def test_a_refund_gives_all_back_and_stops_waiting_texts(shop: Shop) -> None:
    order = ready(shop, pickup(shop, paid=True))
    assert texts(shop, order) == [("ready", "waiting")]
    back = shop.desk.handover.refund(order.id, "card")
    assert (back.paid, back.refunded, back.due) == (order.total, order.total, 0)
    assert texts(shop, order) == [("ready", "cancelled")]
    said = [entry.payload for entry in events(shop, order, "refunded")]
    assert said == [{"type": "card", "amount": order.total}]


def test_money_goes_back_in_parts_but_never_more_than_came(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, paid=True)).order
    shop.desk.handover.refund(order.id, "cash", 1000)
    with pytest.raises(Refused, match="More cannot"):
        shop.desk.handover.refund(order.id, "cash", order.total)
    rest = shop.desk.handover.refund(order.id, "cash")
    assert rest.refunded == order.total
    with pytest.raises(Refused, match="nothing to give back"):
        shop.desk.handover.refund(order.id, "cash")


def test_a_cancelled_order_gives_its_money_back(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, paid=True)).order
    shop.desk.cancel(order.id, "out of dough")
    assert shop.desk.handover.refund(order.id, "card").kind is Kind.CANCELLED


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_and_less_is_no_refund(shop: Shop, amount: int) -> None:
    order = shop.desk.place(pickup(shop, paid=True)).order
    with pytest.raises(BadInput) as refused:
        shop.desk.handover.refund(order.id, "cash", amount)
    assert refused.value.field == "amount"


def test_an_order_whose_money_went_back_is_not_paid_again(shop: Shop) -> None:
    order = ready(shop, pickup(shop, paid=True))
    shop.desk.handover.refund(order.id, "card")
    with pytest.raises(Refused, match="given back"):
        shop.desk.pay(order.id, "cash")
    assert shop.desk.handover.hand_over(order.id).order.kind is Kind.PICKED_UP


def test_what_was_never_paid_cannot_be_given_back(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    with pytest.raises(Refused, match="nothing to give back"):
        shop.desk.handover.refund(order.id, "cash")


def test_money_given_back_within_the_grace_stays_given_back_when_the_tap_is_undone(
    shop: Shop,
) -> None:
    order = ready(shop, pickup(shop))
    shop.desk.handover.hand_over(order.id, None, "cash")
    shop.desk.handover.refund(order.id, "cash")
    undone = shop.desk.undo(order.id)
    assert (undone.paid, undone.refunded) == (order.total, order.total)


def test_the_check_finds_money_that_no_row_explains(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop, paid=True)).order
    shop.desk.handover.refund(order.id, "cash", 1000)
    with shop.database.write() as connection:
        connection.exec_driver_sql("UPDATE orders SET refunded = 999 WHERE id = ?", (order.id,))
    assert any("refunded 999" in problem for problem in shop.desk.check().problems)
    with shop.database.write() as connection:
        connection.exec_driver_sql("UPDATE orders SET refunded = 1000 WHERE id = ?", (order.id,))
    assert now(shop, order).refunded == 1000
