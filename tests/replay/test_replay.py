"""A sales file played through a real shop: all arrive, none twice, and the board can be trusted."""

from __future__ import annotations

import csv
import gzip
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import open_shop
from pos_app.lanes.enrolment import use_local_site
from pos_app.replay import runner
from pos_app.replay.sales import read_sales
from pos_app.store import sites
from pos_app.tracking.enrolment import enrol_local
from tests.cli.till import Till, call
from tests.replay.files import EVENING, MARCH, real_sales, sales_file
from tests.support.processes import ROOT
from tests.support.shops import copied_shop


@pytest.fixture(scope="session")
def empty_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("replay") / "shop"
    assert runner.make_shop(data)
    return data


@pytest.fixture
def till(empty_shop: Path, tmp_path: Path) -> Till:
    copied_shop(empty_shop, tmp_path / "shop")
    return Till(tmp_path / "shop")


def counts(till: Till, file: Path, *words: str) -> dict[str, int]:
    said = till("replay", str(file), "--json", *words)
    assert said.code == 0, said
    found: dict[str, int] = said.json
    return found


def test_every_order_arrives_at_its_own_time_and_price(till: Till, tmp_path: Path) -> None:
    assert counts(till, sales_file(tmp_path)) == {
        "placed": 4,
        "already_there": 0,
        "left_out": 0,
        "open": 0,
        "bad_lines": 0,
    }
    orders = {order["ref"]: order for order in till.done("orders", "--all", "--json").json}
    first = orders["replay-2015-1"]
    assert first["placed_at"] == "2015-02-06T18:47:10-05:00"
    assert first["total"] == {"amount": 7_745, "currency": "USD"}
    assert [(line["dish"], line["quantity"]) for line in first["lines"]] == [
        ("Bbq ckn, L", 2),
        ("The greek, XXL", 1),
    ]
    assert all(order["status"] in ("picked_up", "served") for order in orders.values())
    # Before the cut-over hour it is still Friday.
    assert orders["replay-2015-4"]["business_date"] == "2015-02-06"
    assert [orders[f"replay-2015-{n}"]["number"] for n in range(1, 5)] == ["A1", "A2", "A3", "A4"]
    till.done("check")


def test_the_same_file_again_adds_nothing(till: Till, tmp_path: Path) -> None:
    file = sales_file(tmp_path)
    counts(till, file)
    before = till.done("check", "--json").json
    again = counts(till, file, "--seed", "7", "--cooks", "1")
    assert (again["placed"], again["already_there"]) == (0, 4)
    assert till.done("check", "--json").json == before


def test_an_interrupted_replay_continues_where_it_was(till: Till, tmp_path: Path) -> None:
    sales = read_sales(sales_file(tmp_path))

    class PowerCut(Exception):
        pass

    def cut(done: int, everything: int) -> None:
        if done:
            raise PowerCut

    original, runner.STEPS_PER_COMMIT = runner.STEPS_PER_COMMIT, 3
    try:
        for _ in range(2):
            with pytest.raises(PowerCut):
                runner.play(till.data, sales, progress=cut)
    finally:
        runner.STEPS_PER_COMMIT = original
    assert 0 < len(till.done("orders", "--json").json) < 4
    played = runner.play(till.data, sales)
    assert played.open == 0
    assert played.placed + played.already_there == 4
    orders = till.done("orders", "--all", "--json").json
    assert all(order["times"]["ended_at"] > order["times"]["ready_at"] for order in orders)
    till.done("check")


def test_a_bad_line_is_reported_with_its_number(till: Till, tmp_path: Path) -> None:
    file = sales_file(tmp_path, *EVENING[:2], "what,is,this", *EVENING[2:])
    said = till("replay", str(file))
    assert said.code == 0
    assert "line 4: 3 columns instead of 7" in said.error
    assert "orders placed: 4\n" in said.text
    assert "bad lines: 1\n" in said.text


def test_a_shop_is_made_when_there_is_none(tmp_path: Path) -> None:
    data = str(tmp_path / "new")
    said = call("replay", str(sales_file(tmp_path)), "--data", data)
    assert said.code == 0
    assert "USD, America/New_York" in said.error
    assert "4 of 4 orders" in said.error
    shown = call("doctor", "--data", data)
    assert "practice" in shown.text


def test_a_shop_s_own_menu_and_currency_stay(tmp_path: Path) -> None:
    own = Till(tmp_path / "own")
    assert own("init", "--name", "Trattoria").code == 0
    counts(own, sales_file(tmp_path))
    assert own.place()["total"] == {"amount": 22_000, "currency": "UAH"}
    orders = own.done("orders", "--all", "--json").json
    assert {order["total"]["currency"] for order in orders} == {"UAH"}
    menu = own.done("menu", "export", "-").json
    assert [station["names"]["en"] for station in menu["stations"]].count("Pizza") == 1
    kitchen = [dish["kitchen"]["en"] for dish in menu["dishes"] if "en" in dish["kitchen"]]
    assert all(len(name) <= 16 for name in kitchen)
    assert "Bbq ckn L" in kitchen


def test_until_leaves_the_rush_open_and_as_now_makes_it_the_present(
    till: Till, tmp_path: Path
) -> None:
    shop = open_shop(till.data)
    try:
        use_local_site(shop, "http://127.0.0.1:9", "loopback", enrol_local)
    finally:
        shop.close()
    before = datetime.now(UTC)
    done = counts(
        till, sales_file(tmp_path), "--until", "2015-02-06T19:30", "--as-now", "--cooks", "1"
    )
    after = datetime.now(UTC)
    assert (done["placed"], done["left_out"]) == (3, 1)
    board = {order["ref"]: order for order in till.done("orders", "--json").json}
    assert "replay-2015-3" in board
    placed = datetime.fromisoformat(board["replay-2015-3"]["placed_at"])
    assert before - timedelta(seconds=32) <= placed <= after - timedelta(seconds=29)
    assert all(order["tracking_url"] for order in board.values())
    everything = till.done("orders", "--all", "--json").json
    ended = [order for order in everything if order["ref"] not in board]
    assert all(order["tracking_url"] is None for order in ended)
    shop = open_shop(till.data)
    try:
        assert abs(shop.clock.now() - datetime.now(UTC).timestamp() * 1000) < 5_000
        with shop.database.read() as connection:
            assert sites.waiting_pages(connection)[0] == len(board)
    finally:
        shop.close()
    again = counts(till, sales_file(tmp_path), "--until", "2015-02-06T19:30", "--as-now")
    assert again["placed"] == 0
    till.done("check")


def test_orders_left_open_are_finished_by_the_whole_file(till: Till, tmp_path: Path) -> None:
    file = sales_file(tmp_path)
    assert counts(till, file, "--until", "2015-02-06T19:30")["open"] > 0
    done = counts(till, file)
    assert (done["placed"], done["already_there"], done["open"]) == (1, 3, 0)
    till.done("check")


def test_an_order_that_somebody_cancelled_stays_cancelled(till: Till, tmp_path: Path) -> None:
    file = sales_file(tmp_path)
    counts(till, file, "--until", "2015-02-06T19:30")
    till.done("order", "cancel", "A3", "--reason", "guest left")
    counts(till, file)
    assert till.done("order", "show", "A3").json["status"] == "cancelled"
    till.done("check")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--as-now",), "--as-now"),
        (("--until", "yesterday"), "--until"),
        (("--cooks", "0"), "--cooks"),
    ],
)
def test_options_that_make_no_sense_are_named(
    till: Till, tmp_path: Path, words: tuple[str, ...], field: str
) -> None:
    said = till("replay", str(sales_file(tmp_path)), *words)
    assert said.code == 2
    assert said.error.startswith(f"{field}: ")


def test_what_is_no_sales_file_makes_no_shop(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("dear diary", encoding="utf-8")
    said = call("replay", str(file), "--data", str(tmp_path / "new"))
    assert said.code == 2
    assert not (tmp_path / "new").exists()


@pytest.mark.timeout(600)
def test_real_sales_arrive_whole_after_an_interruption(tmp_path: Path) -> None:
    """One month of them; `ORDERBELL_EXAMPLES=long` plays the half-year of 10,795 orders."""
    is_long = os.environ.get("ORDERBELL_EXAMPLES") == "long"
    real = real_sales(tmp_path, "" if is_long else MARCH)
    wanted: Counter[str] = Counter()
    with gzip.open(real, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            wanted[f"replay-{row['id']}"] += int(Decimal(row["price"]) * 100)
    orders = len(wanted)
    assert orders == 10_795 if is_long else orders > 1_500
    till = Till(tmp_path / "shop")
    command = [sys.executable, "-m", "pos_app", "replay", str(real), "--data", str(till.data)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stderr is not None
    for line in child.stderr:
        if f"of {orders} orders".encode() in line and b"  0 %" not in line:
            break
    child.send_signal(signal.SIGINT)
    out, error = child.communicate(timeout=60)
    assert (child.returncode, out) == (130, b"")
    assert b"Traceback" not in error
    done = counts(till, real)
    assert done["placed"] + done["already_there"] == orders
    assert done["placed"] > 0
    assert done["already_there"] > 0
    assert done["open"] == 0
    assert counts(till, real)["already_there"] == orders
    assert till.done("check").text.startswith(f"{orders} orders, ")
    placed = json.loads(till.done("orders", "--all", "--json").raw)
    assert {order["ref"]: order["total"]["amount"] for order in placed} == dict(wanted)
