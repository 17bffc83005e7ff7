"""Bringing back, and undoing, what one station did: the others' shares stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from pos_app.errors import NotFound, Refused
from tests.support.shops import EVENING, open_test_shop, pickup


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with open_test_shop(tmp_path / "shop", clock=VirtualClock(EVENING)) as opened:
        yield opened


def clock_of(shop: Shop) -> VirtualClock:
    assert isinstance(shop.clock, VirtualClock)
    return shop.clock


def two_stations(shop: Shop) -> tuple[Order, int, int]:
    order = shop.desk.place(pickup(shop, "Margherita", "Borscht")).order
    pizza, grill = (ticket.station_id for ticket in order.tickets)
    return order, pizza, grill


def finish(shop: Shop, order: Order, *stations: int) -> None:
    for at in stations:
        shop.desk.bump(order.id, None, at)
        shop.desk.bump(order.id, None, at)


def kinds(shop: Shop, order: Order) -> dict[int, Kind]:
    card = shop.desk.order(order.id)
    assert card is not None
    return {ticket.station_id: ticket.kind for ticket in card.order.tickets}


def test_while_others_cook_only_this_station_s_ticket_comes_back(shop: Shop) -> None:
    order, pizza, grill = two_stations(shop)
    finish(shop, order, pizza)
    shop.desk.recall(order.id, pizza)
    assert kinds(shop, order) == {pizza: Kind.PREPARING, grill: Kind.ACCEPTED}
    assert shop.desk.check().problems == ()


def test_a_ready_order_is_not_ready_any_more_and_its_text_stays(shop: Shop) -> None:
    order, pizza, grill = two_stations(shop)
    finish(shop, order, pizza, grill)
    card = shop.desk.order(order.id)
    assert card is not None
    assert card.note is not None
    assert (card.order.kind, card.note.state) == (Kind.READY, "waiting")
    clock_of(shop).advance(40 * MINUTE_MS)
    after = shop.desk.recall(order.id, grill)
    assert (after.kind, after.promise_moved) == (Kind.PREPARING, True)
    assert after.promised_at > clock_of(shop).now()
    assert kinds(shop, order) == {pizza: Kind.READY, grill: Kind.PREPARING}
    noted = shop.desk.order(order.id)
    assert noted is not None
    assert noted.note is None
    assert shop.desk.check().problems == ()


def test_what_is_not_done_or_not_there_cannot_come_back(shop: Shop) -> None:
    order, pizza, grill = two_stations(shop)
    with pytest.raises(Refused, match="not done at this station"):
        shop.desk.recall(order.id, pizza)
    with pytest.raises(NotFound):
        shop.desk.recall(order.id, 99)
    finish(shop, order, pizza, grill)
    shop.desk.bump(order.id)
    with pytest.raises(Refused, match="left the kitchen"):
        shop.desk.recall(order.id, pizza)


def test_a_station_undoes_only_what_was_tapped_at_it(shop: Shop) -> None:
    order, pizza, grill = two_stations(shop)
    shop.desk.bump(order.id, None, pizza)
    assert [act.order_id for act in shop.desk.undoable(pizza)] == [order.id]
    assert shop.desk.undoable(grill) == []
    assert len(shop.desk.undoable()) == 1
