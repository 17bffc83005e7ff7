"""When an order that is late can be expected: what a text of sorry names."""

from __future__ import annotations

import pytest

from pos_app.domain.expectation import expected_at, way_ms
from pos_app.domain.order import Order
from pos_app.domain.quote import TellGuests
from pos_app.domain.workflow import Fulfilment, Kind
from tests.receipts.orders import MARGHERITA, at, line, order

WAY_MS = way_ms(TellGuests(20, 50))
LASAGNE = line(2, {"en": "Lasagne"}, 250_00, prep_minutes=25)


def standing(kind: Kind, hour: int, minute: int, **changes: object) -> Order:
    """An order for 19:35, since then in `kind`: a pizza of ten minutes and a lasagne of 25."""
    return order(
        MARGHERITA, LASAGNE, kind=kind, status=kind.value, entered_at=at(hour, minute), **changes
    )


def test_a_promise_that_can_be_kept_is_what_is_told() -> None:
    assert expected_at(standing(Kind.PREPARING, 19, 5), at(19, 10), WAY_MS) == at(19, 35)


@pytest.mark.parametrize(
    ("kind", "since", "now", "told"),
    [
        # Nobody has begun: the whole lasagne is still to come.
        (Kind.ACCEPTED, (19, 5), (19, 40), (20, 5)),
        # Begun at 19:20, it takes until 19:45.
        (Kind.PREPARING, (19, 20), (19, 36), (19, 45)),
        # It should have been ready long ago: five minutes at least, and whole fives.
        (Kind.PREPARING, (18, 30), (19, 41), (19, 50)),
        (Kind.READY, (19, 38), (19, 40), (19, 45)),
    ],
)
def test_a_promise_that_has_passed_gives_way_to_what_is_left(
    kind: Kind, since: tuple[int, int], now: tuple[int, int], told: tuple[int, int]
) -> None:
    found = expected_at(standing(kind, *since), at(*now), WAY_MS)
    assert found == at(*told)


def test_a_promise_that_will_not_be_kept_is_not_told_any_more() -> None:
    assert expected_at(standing(Kind.ACCEPTED, 19, 5), at(19, 30), WAY_MS) == at(19, 55)


def test_a_delivery_has_its_way_before_it() -> None:
    late = standing(Kind.PREPARING, 19, 20, fulfilment=Fulfilment.DELIVERY)
    assert expected_at(late, at(19, 40), WAY_MS) == at(20, 15)
    gone = standing(Kind.OUT_FOR_DELIVERY, 19, 30, fulfilment=Fulfilment.DELIVERY)
    assert expected_at(gone, at(19, 40), WAY_MS) == at(20, 0)


def test_what_is_made_already_keeps_nobody_waiting() -> None:
    made = line(2, {"en": "Lasagne"}, 250_00, prep_minutes=25, made_at=at(19, 30))
    late = order(MARGHERITA, made, kind=Kind.ACCEPTED, entered_at=at(19, 5))
    assert expected_at(late, at(19, 40), WAY_MS) == at(19, 50)


def test_an_order_that_has_ended_is_expected_no_more() -> None:
    assert expected_at(standing(Kind.PICKED_UP, 19, 50), at(20, 0), WAY_MS) == at(19, 35)
