"""What one window announces, the other windows' processes announce as well, and soon."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from pos_app.bootstrap import Shop
from pos_app.changes import Change, OrdersChanged, SettingsChanged
from pos_app.clock import HOUR_MS, Instant
from pos_app.config import ShopSettings, SmsSettings, Stop
from pos_app.desk.printers import Prints
from pos_app.domain.board import StageLimits
from pos_app.domain.screens import Profile, Screen
from pos_app.domain.staff import Role
from pos_app.store import printing, watch
from tests.support.processes import Process
from tests.support.shift import courier
from tests.support.shops import open_test_shop, pickup
from tests.support.waiting import until

SOON_S = 0.2
ROUNDS = 120
WRITES, BYTES_WRITTEN, LARGEST_WAL = 2_500, 4_000, 8_000_000
ACTOR = """
import sys, time
from pathlib import Path
from pos_app.bootstrap import open_shop
shop = open_shop(Path(sys.argv[1]))
print("ready", flush=True)
for line in sys.stdin:
    shop.desk.kitchen.rush(int(line), True)
    print(f"committed {time.monotonic()}", flush=True)
    shop.desk.kitchen.rush(int(line), False)
shop.close()
"""


def acts(shop: Shop) -> Iterator[tuple[str, Callable[[], object]]]:
    """Everything a desk does that tells screens of more than one order, in the shop's words."""
    desk, evening = shop.desk, shop.desk.evening
    order = desk.place(pickup(shop)).order
    dish_id = desk.setup().menu.dishes[0].id
    yield "an order comes", lambda: desk.place(pickup(shop, "Cola"))
    yield "an order moves", lambda: desk.bump(order.id)
    yield "the shop's name", lambda: desk.change_shop(ShopSettings(name="Osteria"))
    yield "what guests are told", lambda: desk.move_tell_guests(1)
    yield "the limits", lambda: desk.set_limits(StageLimits())
    yield "the gateway", lambda: desk.set_sms(SmsSettings())
    yield "a stop", lambda: evening.stop(Stop(kitchen_closes_minute=1350))
    yield "sold out", lambda: desk.mark_sold_out(dish_id, True)
    yield "on sale again", lambda: desk.mark_sold_out(dish_id, False)
    dish = desk.setup().menu.dishes[0]
    yield "another price", lambda: desk.menu.change_dish(dish, replace(dish, price=10_000))
    yield "a dish off the menu", lambda: desk.menu.take_off(dish_id)
    yield "a dish on it again", lambda: desk.menu.put_back(dish_id)
    yield "a category", lambda: desk.menu.add_category({"en": "Pies"})
    yield "a station", lambda: desk.menu.add_station({"en": "Oven"})
    yield (
        "a menu from a file",
        lambda: desk.menu.bring_in(desk.menu.plan(b"name;price\nPie;10\n")),
    )
    yield "a screen", lambda: desk.screens.keep("pass", Screen(Profile.PASS))
    yield "no screen", lambda: desk.screens.forget("pass")
    member = desk.staff.add("Olha", Role.CASHIER)
    yield (
        "a name",
        lambda: desk.staff.change(member.id, name="Olia", role=Role.CASHIER, phone=""),
    )
    yield "a PIN", lambda: desk.staff.set_pin(member.id, "4711")
    yield "somebody new", lambda: desk.staff.add("Taras", Role.KITCHEN)
    yield "nobody", lambda: desk.staff.remove(member.id)
    address = "127.0.0.1:9"
    printer_id = desk.add_printer(name="Counter", kind="network", address=address)
    yield "a printer", lambda: desk.add_printer(name="Bar", kind="network", address=address)
    yield "what it prints", lambda: desk.change_printer(printer_id, Prints())
    kitchen = Prints(kitchen=True)
    yield "what it prints too", lambda: desk.change_printer(printer_id, kitchen)
    yield "everything on paper", evening.print_open
    _hold_slips(shop, printer_id)
    yield "old slips are let go", lambda: desk.paper_queue.print_held(printer_id)
    _hold_slips(shop, printer_id)
    yield "old slips are dropped", lambda: desk.paper_queue.drop_held(printer_id)
    yield "no printer", lambda: desk.remove_printer(printer_id)
    courier_id = courier(shop, "Oleh")
    assert courier_id
    yield "a power cut", lambda: evening.begin_catch_up(Instant(shop.clock.now() - HOUR_MS))
    yield "caught up", lambda: evening.finish_catch_up(send=False)
    yield "the day is over", lambda: _end_the_day(shop)


def _end_the_day(shop: Shop) -> None:
    day = shop.desk.evening.end_of_day()
    for card in day.cards:
        shop.desk.evening.close_order(card.order.id, "collected")
    shop.desk.evening.close_day(day.business_date)


def _hold_slips(shop: Shop, printer_id: int) -> None:
    with shop.database.write() as connection:
        assert printing.hold_older(connection, printer_id, Instant(shop.clock.now() + 1_000))


def told(change: Change) -> str:
    keys = ",".join(change.keys) if isinstance(change, SettingsChanged) else ""
    return f"{type(change).__name__} {keys}".strip()


@contextmanager
def two_windows(data: Path) -> Iterator[tuple[Shop, list[Change], list[Change]]]:
    with open_test_shop(data) as acting, open_test_shop(data) as watching:
        here: list[Change] = []
        there: list[Change] = []
        acting.feed.subscribe(here.append)
        watching.feed.subscribe(there.append)
        watching.watch.start()
        yield acting, here, there


def missed(data: Path, deadline_s: float) -> list[str]:
    """Acts of which the other window hears less than this one, or too late."""
    found = []
    with two_windows(data) as (shop, here, there):
        for name, act in acts(shop):
            # What prepared this act is heard before it begins.
            marker = shop.desk.place(pickup(shop, "Cola")).order.id
            until(partial(_has, there, marker), "the news before", 5)
            here.clear()
            there.clear()
            act()
            wanted = {type(change) for change in here}
            keys = {
                k for change in here if isinstance(change, SettingsChanged) for k in change.keys
            }
            try:
                until(partial(_has_all, there, wanted), name, deadline_s)
            except AssertionError:
                found.append(f"{name}: {[told(c) for c in here]} became {[told(c) for c in there]}")
                continue
            if not wanted:
                found.append(f"{name}: nobody was told, not even here")
            heard = {k for c in there if isinstance(c, SettingsChanged) for k in c.keys}
            if not keys - {"printers", "staff", "site"} <= heard:
                found.append(f"{name}: the keys {keys} became {heard}")
    return found


def _has(changes: list[Change], order_id: int) -> bool:
    return any(isinstance(c, OrdersChanged) and order_id in c.ids for c in list(changes))


def _has_all(changes: list[Change], kinds: set[type[Change]]) -> bool:
    return kinds <= {type(change) for change in list(changes)}


def test_every_act_that_screens_hear_of_is_heard_in_the_other_process(tmp_path: Path) -> None:
    assert missed(tmp_path / "shop", 5) == []


def test_it_notices_a_set_up_that_nobody_tells_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "revision", SimpleNamespace(read=lambda _connection: 0))
    found = missed(tmp_path / "shop", 0.5)
    assert any(sentence.startswith("a PIN") for sentence in found)


def test_another_process_hears_within_a_fifth_of_a_second(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "shop"
    took_s: list[float] = []
    with open_test_shop(data) as shop:
        order = shop.desk.place(pickup(shop)).order
        heard_at: list[float] = []
        shop.feed.subscribe(lambda _change: heard_at.append(time.monotonic()))
        shop.watch.start()
        with Process([sys.executable, "-c", ACTOR, str(data)], name="counter") as actor:
            actor.line("ready")
            for _ in range(ROUNDS):
                heard_at.clear()
                actor.tell(str(order.id))
                committed_s = float(actor.line("committed ").split()[1])
                until(lambda: heard_at, "the news")
                took_s.append(max(0.0, heard_at[0] - committed_s))
            actor.stop_by_input()
    took_s.sort()
    median, p99 = took_s[len(took_s) // 2], took_s[int(len(took_s) * 0.99)]
    with capsys.disabled():
        print(
            f"\nheard elsewhere: {len(took_s)} changes, median {median * 1000:.0f} ms,"
            f" p99 {p99 * 1000:.0f} ms, longest {took_s[-1] * 1000:.0f} ms"
        )
    # The median bears a machine that has other things to do; p99 is told, not asserted.
    assert median < SOON_S


def largest_log(shop: Shop, writes: int) -> int:
    """Bytes of the write-ahead log at its largest during so many commits."""
    log = shop.database.file.with_name(f"{shop.database.file.name}-wal")
    with shop.database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE scratch (n INTEGER, more BLOB)")
        connection.exec_driver_sql(f"INSERT INTO scratch VALUES (0, zeroblob({BYTES_WRITTEN}))")
    largest = 0
    for _ in range(writes):
        with shop.database.write() as connection:
            connection.exec_driver_sql(
                f"UPDATE scratch SET n = n + 1, more = randomblob({BYTES_WRITTEN})"
            )
        largest = max(largest, log.stat().st_size)
    return largest


@pytest.mark.timeout(120)
def test_the_log_of_writes_stays_small_with_two_windows_open(tmp_path: Path) -> None:
    with two_windows(tmp_path / "shop") as (shop, _here, _there):
        shop.watch.start()
        assert largest_log(shop, WRITES) < LARGEST_WAL


@pytest.mark.timeout(120)
def test_a_reader_that_never_ends_would_be_noticed(tmp_path: Path) -> None:
    with two_windows(tmp_path / "shop") as (shop, _here, _there), shop.database.read() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM journal")
        assert largest_log(shop, WRITES) > LARGEST_WAL
