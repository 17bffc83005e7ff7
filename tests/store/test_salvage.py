"""A damaged store is read page by page into a new one: all that was sound, and nothing invented."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pos_app import paths
from pos_app.bootstrap import Shop, open_shop
from pos_app.clock import Instant
from pos_app.desk import salvaging
from pos_app.desk.salvaging import JUMP, Outcome
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind, Source
from pos_app.lanes.lease import Lease
from pos_app.store import page_homes
from pos_app.store.damaged_pages import DamagedFile, Row
from pos_app.store.messages import of_orders
from pos_app.store.row_shapes import shapes
from tests.cli.till import Said, Till, call
from tests.faults import pages
from tests.faults.kill import template, with_gateway
from tests.faults.promises import all_orders
from tests.faults.salvage_trials import Sound, trial
from tests.support.shops import copied_shop, pickup

ORDERS = 60
SEEDS = range(5, 11)


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop with a way out for texts and enough orders for inner pages."""
    data = template(tmp_path_factory.mktemp("salvage") / "shop")
    with_gateway(data, "https://gateway.invalid")
    shop = open_shop(data)
    try:
        for number in range(ORDERS):
            paid = True if number % 2 else None
            order = shop.desk.place(
                pickup(shop, "Margherita", "Tiramisu", source=Source.PHONE, paid=paid)
            ).order
            if number % 3 == 0:
                shop.desk.bump(order.id)
    finally:
        shop.close()
    return data


@pytest.fixture
def data(fresh: Path, tmp_path: Path) -> Path:
    copied_shop(fresh, tmp_path / "damaged")
    return tmp_path / "damaged"


def salvaged(data: Path) -> Said:
    said = call("salvage", str(data.with_name("new")), "--data", str(data), "--json")
    assert Till(data.with_name("new"))("check").code == 0
    return said


def orders_of(shop: Shop) -> dict[str, Order]:
    with shop.database.read() as connection:
        return {order.number: order for order in all_orders(connection)}


def change(data: Path, *statements: str) -> None:
    """Write into the file what no desk would."""
    with closing(sqlite3.connect(paths.store_file(data))) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement
        connection.commit()


@pytest.mark.timeout(120)
def test_whatever_is_damaged_only_what_lay_there_is_lost(
    fresh: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound, counts = Sound.of(fresh), Counter[str]()
    broken = [said for seed in SEEDS for said in trial(sound, tmp_path, seed, counts)]
    with capsys.disabled():
        print("\n" + ", ".join(f"{name} {count}" for name, count in counts.items()))
    assert broken == []
    assert 0 < counts["orders saved"] < counts["orders there were"]


def test_a_sound_store_loses_nothing_and_ends_well(data: Path) -> None:
    said = salvaged(data)
    assert said.code == 0, said
    assert said.json["found"]["orders"] == ORDERS
    assert (said.json["unreadable"], said.json["homeless"], said.json["orders"]) == ({}, {}, [])


@pytest.mark.parametrize("size", [1_024, 4_096])
def test_with_its_beginning_spoilt_the_size_of_pages_is_seen_from_the_others(
    data: Path, size: int
) -> None:
    store = paths.store_file(data)
    with closing(sqlite3.connect(store, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute(f"PRAGMA page_size={size}")
        connection.execute("VACUUM")
    with store.open("r+b") as opened:
        opened.write(bytes(size))
    assert DamagedFile(store).page_size == size
    assert salvaged(data).json["found"]["orders"] == ORDERS


def test_below_a_damaged_inner_page_everything_is_found(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = paths.store_file(data)
    for number in pages.by_kind(store)["interior"]:
        pages.spoil(store, number, "zero", random.Random(0))
    said = salvaged(data)
    assert said.json["found"]["orders"] == ORDERS
    assert said.json["stray_pages"] > 0
    assert said.code == 1, "pages are damaged, so it does not claim that all is well"
    # Without the search for strays the same damage costs whole tables.
    monkeypatch.setattr(page_homes, "_fits", _never_all(page_homes._fits))
    shutil.rmtree(data.with_name("new"))
    assert salvaged(data).json["found"].get("orders", 0) < ORDERS


def _never_all(fits: Callable[..., bool]) -> Callable[..., bool]:
    def only_in_trees(*given: object, at_all: bool = False) -> bool:
        return at_all and fits(*given, at_all=True)

    return only_in_trees


def test_what_was_only_in_the_log_is_found_up_to_its_first_damage(data: Path) -> None:
    shop = open_shop(data)
    try:
        numbers = [shop.desk.place(pickup(shop)).order.number for _ in range(3)]
        log = paths.store_file(data).with_name("store.sqlite-wal")
        ends = [log.stat().st_size]
        numbers += [shop.desk.place(pickup(shop)).order.number for _ in range(2)]
        killed = data.with_name("killed")
        shutil.copytree(data, killed)
    finally:
        shop.close()
    with (killed / log.name).open("r+b") as opened:
        opened.seek(ends[0] + 100)
        opened.write(b"damage")
    said = call("salvage", str(data.with_name("new")), "--data", str(killed), "--json")
    assert said.json["found"]["orders"] == ORDERS + 3
    new = open_shop(data.with_name("new"))
    try:
        assert set(orders_of(new)) >= set(numbers[:3])
        assert not set(orders_of(new)) & set(numbers[3:])
    finally:
        new.close()


def test_texts_are_held_numbers_jump_and_the_epoch_rises(data: Path) -> None:
    before = open_shop(data)
    before.close()
    salvaged(data)
    new = open_shop(data.with_name("new"))
    try:
        assert new.identity.store_id == before.identity.store_id
        assert new.identity.epoch == before.identity.epoch + 1
        ids = [order.id for order in orders_of(new).values()]
        with new.database.read() as connection:
            texts = [text for found in of_orders(connection, ids).values() for text in found]
        assert {text.state for text in texts} == {"held"}
        lease = Lease(new)
        assert lease.take()
        assert 0 < lease.last_heard_at < before.clock.now() - 600_000, "no catch-up would open"
        lease.release()
        assert new.desk.place(pickup(new)).order.number == f"A{ORDERS + JUMP + 1}"
    finally:
        new.close()


def test_an_order_found_in_part_is_put_right_and_listed(data: Path) -> None:
    change(
        data,
        "DELETE FROM lines WHERE order_id = 1 AND no = 2",
        "DELETE FROM payments WHERE order_id = 2",
        "DELETE FROM tickets WHERE order_id = 3",
        "DELETE FROM journal WHERE order_id = 4 AND kind = 'order_placed'",
        "DELETE FROM lines WHERE order_id = 5",
        "UPDATE orders SET kind = 'nonsense' WHERE id = 6",
        "DELETE FROM orders WHERE id = 7",
        "DELETE FROM number_counters",
    )
    said = salvaged(data)
    listed = {order["number"]: order for order in said.json["orders"]}
    assert {number: order["kept"] for number, order in listed.items()} == {
        "A1": True, "A2": True, "A3": True, "A4": True, "A5": False, "A6": False,
    }  # fmt: skip
    assert "as its lines make" in listed["A1"]["what"][0]
    assert said.json["lost_orders_named_by_other_rows"] == 1
    new = open_shop(data.with_name("new"))
    try:
        found = orders_of(new)
        assert set(found) == {f"A{n}" for n in range(1, ORDERS + 1)} - {"A5", "A6", "A7"}
        assert len(found["A1"].lines) == 1
        assert found["A1"].total == found["A1"].lines[0].unit_price
        assert found["A2"].paid == found["A2"].total > 0, "what was received stays received"
        assert [ticket.kind for ticket in found["A3"].tickets][:1] == [Kind.ACCEPTED]
        assert new.desk.bump(found["A4"].id).moved
        assert new.desk.check().problems == ()
    finally:
        new.close()


def test_what_is_not_put_right_is_noticed(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(data, "DELETE FROM payments WHERE order_id = 2")

    def nothing(*_: object) -> Outcome:
        return Outcome()

    monkeypatch.setattr(salvaging, "put_right", nothing)
    call("salvage", str(data.with_name("new")), "--data", str(data))
    assert Till(data.with_name("new"))("check").code == 1


def test_a_folder_that_is_in_use_and_one_without_a_shop_are_refused(
    data: Path, tmp_path: Path
) -> None:
    for target, source in ((data, data), (tmp_path / "new", tmp_path / "nowhere")):
        said = call("salvage", str(target), "--data", str(source))
        assert said.code == 1
        assert len(said.error.split(". ")) >= 2
    assert not (tmp_path / "new").exists()


def test_a_row_from_before_a_column_came_has_its_default(data: Path) -> None:
    shop = open_shop(data)
    try:
        with shop.database.read() as connection:
            shape = shapes(connection)["leases"]
    finally:
        shop.close()
    assert shape.read(Row(1, ("lanes", 3, "till", 17))) == {
        "name": "lanes", "fence": 3, "holder": "till", "heartbeat_at": Instant(17), "generation": 1,
    }  # fmt: skip
    assert shape.read(Row(1, ("lanes", "three", "till", 17))) is None
    assert shape.read(Row(1, ("lanes",))) is None
    assert shape.read(Row(1, ("lanes", 3, "till", 17, 1, 1))) is None
