"""`orderbell yesterday`: the page of a day in a terminal and for a program."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.clock import VirtualClock
from tests.cli.till import Till
from tests.support.played_day import DAY, SIX, Play
from tests.support.shops import copied_shop, open_test_shop


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("played") / "shop"
    with open_test_shop(folder, clock=VirtualClock(SIX), practice=False) as shop:
        Play(shop).play()
    return folder


@pytest.fixture
def evening(played: Path, tmp_path: Path) -> Till:
    """The shop on the morning after."""
    copied_shop(played, tmp_path / "shop")
    return Till(tmp_path / "shop")


def test_a_day_is_told_with_names_and_reasons(evening: Till) -> None:
    said = evening.done("yesterday", "--date", DAY).text
    rows = dict((line[:22].strip(), line[22:]) for line in said.splitlines())  # noqa: C402
    assert rows["Orders"] == "16, 1 still open"
    assert rows["On time"] == "53 %, 7 of 13"
    assert "A2 table 6 +5 min kitchen (Pizza)" in rows["Late"]
    assert rows["Placed to ready"] == "median 13 min, 9 of 10 within 23 min"
    assert rows["Cancelled"] == "1: A7 Petro: Guest changed plans (Bohdan)"
    assert rows["Couriers"].startswith("Oleh: 2 delivered, to hand in 65 ₴")
    assert rows["Made again"] == "1: A10 table 2 1 Cheeseburger: burnt"


def test_a_program_gets_everything(evening: Till) -> None:
    told = evening.done("yesterday", "--date", DAY, "--json").json
    assert told["business_date"] == DAY
    assert told["takings"]["received"] == {"cash": 93500, "card": 129400, "online": 33400}
    assert told["promises"]["kept"] == 7
    assert told["left_unpaid"][0]["order"]["number"] == "A9"
    assert told["staff"][told["left_unpaid"][0]["staff_id"]] == "Bohdan"


def test_without_a_date_it_is_the_day_before(till: Till) -> None:
    assert till.done("yesterday").text.splitlines()[1].startswith("Orders")
    assert till.done("yesterday", "--json").json["promises"]["judged"] == 0


def test_a_date_that_is_none_is_refused(till: Till) -> None:
    said = till("yesterday", "--date", "yesterday")
    assert said.code == 2
    assert said.error.startswith("--date: This is not a date")
