"""Making a backup: while the shop works, whole or not at all, and proven before it counts."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest

from pos_app import config
from pos_app.bootstrap import Shop, open_shop
from pos_app.clock import DAY_MS, HOUR_MS, MINUTE_MS, VirtualClock
from pos_app.config import Backups
from pos_app.errors import BadInput, StoreDamaged, StoreError
from pos_app.lanes.nightly import NightlyWorker
from pos_app.lanes.state import status
from pos_app.store import copies, online_copy
from pos_app.store.database import Database
from tests.support.shops import copied_shop, pickup


def test_a_backup_holds_what_was_acknowledged_and_opens_as_a_shop(
    shop: Shop, tmp_path: Path, clock: VirtualClock
) -> None:
    made = shop.desk.backups.make()
    assert made.report.orders == 3
    assert made.copy.path.stat().st_mode & 0o077 == 0
    assert [f.name for f in made.copy.path.parent.iterdir()] == [made.copy.path.name]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(made.copy.path, elsewhere / "store.sqlite")
    opened = open_shop(elsewhere, clock=clock)
    try:
        assert [c.order.number for c in opened.desk.board()] == ["A1", "A2"]
        assert opened.desk.check().problems == ()
    finally:
        opened.close()


def test_the_shop_works_while_it_is_copied(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Orders placed during the copy are no part of it and cost it nothing: it never begins anew."""
    for _ in range(60):
        shop.desk.place(pickup(shop))
    monkeypatch.setattr(online_copy, "PAGES_AT_ONCE", 5)
    orders_before = len(shop.desk.board())
    placed = 0

    def place_one(_step: object, _done: int, _all: int) -> None:
        nonlocal placed
        if placed < 10:
            placed += 1
            shop.desk.place(pickup(shop))

    made = shop.desk.backups.make(progress=place_one)
    assert placed == 10
    assert made.report.orders == orders_before + 1
    assert made.report.problems == ()
    assert shop.desk.check().problems == ()


def test_a_damaged_store_gives_no_backup_and_says_so(shop: Shop) -> None:
    with closing(sqlite3.connect(shop.database.file)) as connection:
        connection.execute("UPDATE orders SET total = total + 1 WHERE number = 'A1'")
        connection.commit()
    with pytest.raises(StoreDamaged, match="orderbell check"):
        shop.desk.backups.make()
    assert list(copies.folder_of(shop.database.file).iterdir()) == []


def test_no_room_is_said_before_anything_is_written(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage(10**9, 10**9, 4096))
    with pytest.raises(StoreError, match="no room for the backup"):
        shop.desk.backups.make()
    assert list(copies.folder_of(shop.database.file).iterdir()) == []


def test_a_stick_that_was_pulled_out_is_named(shop: Shop, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    shop.desk.backups.keep(Backups(folder=str(stick)))
    assert shop.desk.backups.make().copy.path.parent == stick
    shutil.rmtree(stick)
    with pytest.raises(BadInput, match="There is no folder") as refused:
        shop.desk.backups.make()
    assert refused.value.field == "target"
    assert not stick.exists()


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Backups(folder="backups"), "folder"),
        (Backups(folder="/nowhere/at/all"), "folder"),
        (Backups(hour=24), "hour"),
        (Backups(days=0), "days"),
        (Backups(weeks=1000), "weeks"),
    ],
)
def test_settings_that_cannot_be_name_their_field(shop: Shop, wanted: Backups, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        shop.desk.backups.keep(wanted)
    assert refused.value.field == field


def test_each_night_has_its_backup_and_old_ones_lose_their_guests(
    shop: Shop, clock: VirtualClock
) -> None:
    night = NightlyWorker(shop, at_once=True)
    for _ in range(12):
        night.work()
        clock.advance(DAY_MS)
    assert night.made == 12
    found = shop.desk.backups.found()
    assert [copy.kind for copy in found.copies if copy.has_guests] == [copies.NIGHT] * 8
    bare = [copy for copy in found.copies if not copy.has_guests]
    assert 1 <= len(bare) <= 2
    for copy in bare:
        assert b"Iryna" not in copy.path.read_bytes()
        assert b"380671234567" not in copy.path.read_bytes()
    assert b"Iryna" in found.copies[0].path.read_bytes(), "the control must find her"


def test_a_bare_copy_is_still_a_sound_store(shop: Shop, clock: VirtualClock) -> None:
    shop.desk.backups.make()
    clock.advance(9 * DAY_MS)
    shop.desk.backups.make(kind=copies.NIGHT)
    thinned = shop.desk.backups.thin()
    (bare,) = thinned.bared
    opened = Database(bare.path)
    try:
        with opened.read() as connection:
            total = connection.exec_driver_sql("SELECT sum(total) FROM orders").scalar_one()
    finally:
        opened.close()
    assert total == sum(card.order.total for card in shop.desk.search("", 10))


def test_a_till_that_was_off_at_night_makes_it_when_the_day_is_closed(
    shop: Shop, clock: VirtualClock
) -> None:
    night = NightlyWorker(shop, at_once=True)
    night.work()
    clock.advance(HOUR_MS)
    night.work()
    assert night.made == 1
    for card in shop.desk.board():
        shop.desk.evening.close_order(card.order.id, "collected")
    shop.desk.evening.close_day(shop.desk.evening.end_of_day().business_date)
    clock.advance(HOUR_MS)
    night.work()
    assert night.made == 2


def test_the_first_minutes_of_a_morning_belong_to_the_guests(
    shop: Shop, clock: VirtualClock
) -> None:
    night = NightlyWorker(shop)
    assert night.work() == pytest.approx(180)
    assert night.made == 0
    clock.advance(3 * MINUTE_MS)
    night.work()
    assert night.made == 1


def test_everybody_is_told_when_the_last_good_backup_is_too_old(
    shop: Shop, clock: VirtualClock
) -> None:
    shop.desk.backups.make()
    assert status(shop).sentence == ""
    clock.advance(37 * HOUR_MS)
    assert status(shop).sentence == "No good backup since 23.11. 21:01. Make one in Settings."
    assert status(shop, "uk").sentence.startswith("Немає справної резервної копії з 23.11. 21:01")
    shop.desk.backups.make()
    assert status(shop).sentence == ""


def test_a_new_shop_is_not_scolded_on_its_first_day(shop: Shop, clock: VirtualClock) -> None:
    clock.advance(20 * HOUR_MS)
    assert status(shop).sentence == ""
    clock.advance(20 * HOUR_MS)
    assert "No good backup" in status(shop).sentence


def test_two_backups_at_once_do_not_meet(shop: Shop) -> None:
    made: list[Path] = []

    def make() -> None:
        made.append(shop.desk.backups.make().copy.path)

    threads = [threading.Thread(target=make) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(set(made)) == 3


def test_the_practice_shop_keeps_nothing(tmp_path: Path, shop: Shop, clock: VirtualClock) -> None:
    copied_shop(shop.data, tmp_path / "practice")
    with closing(sqlite3.connect(tmp_path / "practice" / "store.sqlite")) as connection:
        connection.execute("UPDATE store SET practice = 1")
        connection.commit()
    practice = open_shop(tmp_path / "practice", clock=clock)
    try:
        clock.advance(5 * DAY_MS)
        NightlyWorker(practice, at_once=True).work()
        assert practice.desk.backups.found().copies == ()
        assert status(practice).sentence == ""
    finally:
        practice.close()


def test_the_folder_can_be_chosen_and_everything_follows(shop: Shop, tmp_path: Path) -> None:
    disk = tmp_path / "second disk"
    disk.mkdir()
    shop.desk.backups.keep(Backups(folder=str(disk), hour=5))
    assert shop.desk.setup().settings.backups == config.Backups(folder=str(disk), hour=5)
    shop.desk.backups.make()
    assert len(list(disk.iterdir())) == 1
    assert shop.desk.backups.found().newest is not None


def test_a_lane_that_ends_gives_its_copy_up_and_leaves_nothing(shop: Shop) -> None:
    night = NightlyWorker(shop, at_once=True)
    night.stop()
    night.work()
    assert night.made == 0
    assert list(copies.folder_of(shop.database.file).iterdir()) == []
