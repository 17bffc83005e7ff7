"""Orders that are not the usual ones: drinks, a rider's, held ones, one taken on paper."""

from __future__ import annotations

import pytest

from pos_app.clock import MINUTE_MS
from pos_app.desk import setup
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from tests.support.shift import now
from tests.support.window import Till


def placed(till: Till) -> Order:
    till.tap("pay:unpaid")
    till.tap("place")
    till.wait(lambda: till.sees("placed"), "placed")
    return till.shop.desk.board()[-1].order


@pytest.fixture
def drinks(till: Till) -> Till:
    """The drinks of this shop need no kitchen."""
    menu = till.shop.desk.setup().menu
    category = next(c for c in menu.categories if c.names["en"] == "Drinks")
    with till.shop.desk.act() as act:
        act.connection.exec_driver_sql(
            "UPDATE dishes SET prep_minutes = 0 WHERE category_id = ?", (category.id,)
        )
        setup.touch(act.connection)
    till.shop.desk.move_tell_guests(5)
    till.settle()
    return till


def test_an_order_of_drinks_is_served_at_once(drinks: Till) -> None:
    drinks.tap("category:Drinks")
    first = next(dish for dish in drinks.shop.desk.setup().menu.dishes if dish.prep_minutes == 0)
    drinks.tap(f"tile:{first.names['en']}")
    order = placed(drinks)
    drinks.tap("placed_served")
    drinks.wait(lambda: now(drinks.shop, order).kind is Kind.PICKED_UP, "served")
    assert drinks.shop.desk.check().problems == ()


def test_what_the_kitchen_cooks_is_not_served_at_the_counter(till: Till) -> None:
    till.tap("tile:Margherita")
    placed(till)
    assert not till.sees("placed_served")


def test_a_platforms_rider_needs_no_street(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("fulfilment:delivery")
    till.tap("address")
    till.enter_into("partner", "Glovo")
    till.tap("address_done")
    order = placed(till)
    assert (order.partner, order.address) == ("Glovo", None)


def test_a_held_order_waits_for_a_word(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("later")
    till.tap("hold")
    till.tap("time:now")
    order = placed(till)
    assert order.held_at is not None


def test_an_order_taken_on_paper_keeps_its_time(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("later")
    till.tap("taken:30")
    till.tap("time_sheet:close")
    order = placed(till)
    ago_ms = till.shop.clock.now() - order.placed_at
    assert 30 * MINUTE_MS <= ago_ms < 31 * MINUTE_MS
