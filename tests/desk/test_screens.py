"""Screens of a computer: kept, changed, forgotten, and how a station is found by its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop, open_shop
from pos_app.changes import SettingsChanged
from pos_app.domain.screens import (
    KnownScreen,
    Profile,
    Screen,
    Sounds,
    find_station,
    usual_name,
    usual_screen,
)
from pos_app.errors import BadInput, NotFound
from tests.support.shops import open_test_shop

GRILL = Screen(Profile.KITCHEN, inches=24, distance_m=2.0, sounds=Sounds(web=False, volume=50))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with open_test_shop(tmp_path / "shop") as opened:
        yield opened


def test_a_screen_is_kept_and_read_by_every_window(shop: Shop) -> None:
    shop.desk.screens.keep("Grill screen", GRILL)
    other = open_shop(shop.data)
    assert other.desk.setup().screens == (KnownScreen(shop.terminal_id, "Grill screen", GRILL),)
    other.close()


def test_keeping_what_is_kept_tells_nobody(shop: Shop) -> None:
    heard: list[object] = []
    shop.feed.subscribe(heard.append)
    shop.desk.screens.keep("Grill screen", GRILL)
    shop.desk.screens.keep("Grill screen", GRILL)
    assert heard == [SettingsChanged(("screens",))]
    shop.desk.screens.keep("Grill screen", replace(GRILL, distance_m=1.5))
    assert len(heard) == 2


def test_a_forgotten_screen_is_gone(shop: Shop) -> None:
    shop.desk.screens.keep("Grill screen", GRILL)
    shop.desk.screens.forget("Grill screen")
    assert shop.desk.setup().screens == ()
    with pytest.raises(NotFound):
        shop.desk.screens.forget("Grill screen")


@pytest.mark.parametrize(
    ("field", "name", "screen"),
    [
        ("name", "  ", GRILL),
        ("name", "x" * 65, GRILL),
        ("inches", "a", replace(GRILL, inches=0)),
        ("inches", "a", replace(GRILL, inches=float("nan"))),
        ("distance_m", "a", replace(GRILL, distance_m=9)),
        ("station", "a", replace(GRILL, station="gone")),
    ],
)
def test_what_cannot_be_a_screen_is_refused_at_its_field(
    shop: Shop, field: str, name: str, screen: Screen
) -> None:
    with pytest.raises(BadInput) as refused:
        shop.desk.screens.keep(name, screen)
    assert refused.value.field == field
    assert shop.desk.setup().screens == ()


@pytest.mark.parametrize("wanted", ["Grill", "gRiLL", "гриль", "gr", "Гр", " grill "])
def test_a_station_is_found_in_any_language_by_how_it_begins(shop: Shop, wanted: str) -> None:
    assert find_station(shop.desk.setup().menu, wanted).names["en"] == "Grill"


@pytest.mark.parametrize("wanted", ["", "zzz", "ill"])
def test_a_station_that_is_not_there_names_those_that_are(shop: Shop, wanted: str) -> None:
    with pytest.raises(BadInput) as refused:
        find_station(shop.desk.setup().menu, wanted)
    assert "Grill / Гриль" in refused.value.hint
    assert refused.value.field == "station"


def test_a_beginning_of_two_stations_is_none(shop: Shop) -> None:
    menu = shop.desk.setup().menu
    twins = replace(menu.stations[0], names={"en": "Grill two"})
    with pytest.raises(BadInput, match="More than one"):
        find_station(replace(menu, stations=(*menu.stations, twins)), "gri")
    assert find_station(replace(menu, stations=(*menu.stations, twins)), "grill").uid != twins.uid


def test_a_bar_looks_at_its_own_station_from_one_metre(shop: Shop) -> None:
    menu = shop.desk.setup().menu
    bar = usual_screen(Profile.BAR, menu)
    assert (bar.station, bar.distance_m) == (find_station(menu, "Bar").uid, 1.0)
    assert usual_screen(Profile.KITCHEN, menu).station == ""
    assert usual_name(Profile.KITCHEN, find_station(menu, "Grill")) == "Kitchen Grill"
