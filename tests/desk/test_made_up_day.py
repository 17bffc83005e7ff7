"""A day that never was: the shop's own menu, within the shop's own hours."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import Instant, instant_of
from pos_app.desk.made_up_day import MadeUp, orders_of
from pos_app.domain.opening import OpeningHours, is_open

DAY = date(2026, 11, 23)
NIGHT = ((("18:00", "02:00"),),) * 7
TWICE = ((("10:00", "14:00"), ("18:00", "22:00")),) * 7


def placed(shop: Shop, seed: int) -> list[Instant]:
    zone = ZoneInfo(shop.desk.setup().settings.shop.zone)
    begins = instant_of(datetime(2026, 11, 23, 4, tzinfo=zone))
    made = orders_of(shop.desk.setup(), MadeUp(60, seed, DAY), begins, DAY)
    return [order.changes[0].at for order in made]


@pytest.mark.parametrize("week", [NIGHT, TWICE])
@pytest.mark.parametrize("seed", [1, 2])
def test_invented_guests_come_while_the_shop_is_open(
    shop: Shop, week: tuple[tuple[tuple[str, str], ...], ...], seed: int
) -> None:
    hours = OpeningHours(week)
    shop.desk.owner.set_hours(hours)
    zone = shop.desk.setup().settings.shop.zone
    found = placed(shop, seed)
    assert len(found) == 60
    assert found == sorted(found)
    assert all(is_open(hours, at, zone) for at in found)


def test_a_day_on_which_nothing_opens_is_played_as_a_usual_one(shop: Shop) -> None:
    usual = placed(shop, 1)
    shop.desk.owner.set_hours(OpeningHours(NIGHT, closed=("2026-11-23",)))
    assert placed(shop, 1) == usual
