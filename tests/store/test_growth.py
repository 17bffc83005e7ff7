"""Years of history cost a till nothing: SQLite takes as many steps for an act as on the first day.

Plans do not show everything (an index may lead to every *A1* there ever was), so the steps of
SQLite's own machine are counted, in a store of a few orders and in one with thirty times as many.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop, lanes_status, open_shop
from pos_app.clock import DAY_MS, Instant, VirtualClock
from pos_app.desk.printers import Prints
from pos_app.domain.order import Customer
from pos_app.insights import day as day_report
from pos_app.store import held, lanes, links, messages, printing, sending, words
from tests.bench import history
from tests.replay.files import REAL
from tests.support.shops import pickup
from tests.support.steps import Steps, counted

BASE = 48
# As many copies as share a day, and thirty times as many.
FEW, MANY = BASE * history.COPIES_A_DAY, BASE * history.COPIES_A_DAY * 30
# What a look at the next step of the journal, or at one more page of an index, may add.
SLACK = 600
# Every *A1…* is counted, to see which word is the rarer; the counting ends at 20,000.
SLACKS = {"search a number and day": 40_000}


def _day_of(shop: Shop) -> str:
    found = day_report.days(shop.database)
    assert found is not None
    return found[0]


def _take_paper(shop: Shop) -> None:
    with shop.database.write() as connection:
        now = shop.clock.now()
        printing.hold_older(connection, 1, now)
        printing.has_older(connection, 1, now)
        printing.has_due(connection, [1], now, now)
        printing.claim(connection, [1], now, now, by=1)
        printing.interrupted(connection, 1)
        printing.queues(connection)
        printing.waiting(connection)


def _send(shop: Shop) -> None:
    now = shop.clock.now()
    with shop.database.write() as connection:
        sending.due(connection, "sms", now, 5)
        sending.expire(connection, now)
        messages.waiting(connection)
        messages.under_way(connection, "nobody's")
        held.of_reason(connection, "catch_up")
        held.any_waits(connection)
        links.of_open_orders(connection, "http://127.0.0.1")
        lanes.states(connection)
        words.mend(connection)


def _place(shop: Shop, phone: str) -> int:
    draft = replace(pickup(shop), customer=Customer("Оксана", phone, "uk", order_texts=True))
    return shop.desk.place(draft).order.id


def _evening(shop: Shop, steps: Steps) -> dict[str, int]:
    """Steps of each thing that a shop does all evening."""
    desk, taken, made = shop.desk, {}, []
    guest = "+380671234567"
    acts: list[tuple[str, Callable[[], object]]] = [
        ("place for a new guest", lambda: made.append(_place(shop, guest))),
        ("place for a known guest", lambda: made.append(_place(shop, guest))),
        ("bump", lambda: desk.bump(made[0])),
        ("undo", lambda: desk.undo(made[0])),
        ("bump to ready", lambda: (desk.bump(made[0]), desk.bump(made[0]))),
        ("pay", lambda: desk.pay(made[0], "cash")),
        ("end", lambda: desk.bump(made[0])),
        ("bring back", lambda: desk.recall(made[0])),
        ("void", lambda: desk.cancel(made[1], "a trial")),
        ("board", desk.board),
        ("undoable", desk.undoable),
        ("recallable", desk.recallable),
        ("timeline", lambda: desk.timeline(made[0])),
        ("find", lambda: desk.find("A1")),
        ("acquaintance", lambda: desk.acquaintance(guest)),
        ("later", desk.evening.later),
        ("enter what is due", desk.kitchen.enter_due),
        ("asked", desk.handover.asked),
        ("dispatch", desk.dispatch.overview),
        ("paper", lambda: _take_paper(shop)),
        ("texts", lambda: _send(shop)),
        ("sentence", lambda: lanes_status(shop)),
        ("catch up", lambda: desk.evening.begin_catch_up(desk.now())),
        ("report of a day", lambda: day_report.yesterday(shop.database, _day_of(shop))),
        ("newest orders", lambda: desk.search("", 5)),
        ("search a number and day", lambda: desk.search("A1 1.7.2025", 5)),
        ("search a phone", lambda: desk.search("1234567", 5)),
        ("search a dish", lambda: desk.search("маргарита", 5)),
        ("end of the day", desk.evening.end_of_day),
    ]
    for name, act in acts:
        before = steps.count
        act()
        taken[name] = steps.count - before
    return taken


def _measured(data: Path, orders: int) -> dict[str, int]:
    history.make(data, REAL, orders, BASE)
    clock = VirtualClock(_after_history())
    with counted() as steps:
        shop = open_shop(data, clock=clock)
        try:
            taken = {"open": steps.count}
            shop.desk.add_printer(
                name="Kitchen", kind="network", address="127.0.0.1:9", prints=Prints()
            )
            return taken | _evening(shop, steps)
        finally:
            shop.close()


def _after_history() -> Instant:
    return Instant((history.LAST_DAY + 1) * DAY_MS + DAY_MS // 2)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, int], dict[str, int]]:
    few = _measured(tmp_path_factory.mktemp("few"), FEW)
    many = _measured(tmp_path_factory.mktemp("many"), MANY)
    return few, many


def test_nothing_that_a_shop_does_all_evening_grows_with_its_history(
    measured: tuple[dict[str, int], dict[str, int]],
) -> None:
    few, many = measured
    grown = {
        name: (few[name], many[name])
        for name in few
        if many[name] > few[name] + SLACKS.get(name, SLACK)
    }
    assert not grown


def test_a_walk_through_all_orders_would_be_counted(tmp_path: Path) -> None:
    history.make(tmp_path, REAL, MANY, BASE)
    with counted() as steps:
        shop = open_shop(tmp_path, clock=VirtualClock(_after_history()))
        before = steps.count
        with shop.database.read() as connection:
            connection.exec_driver_sql("SELECT id FROM orders WHERE is_open = 1").all()
        walked = steps.count - before
        shop.close()
    assert walked > MANY > SLACK


def test_the_check_finds_the_copied_history_sound(tmp_path: Path) -> None:
    history.make(tmp_path, REAL, BASE * 6, BASE)
    shop = open_shop(tmp_path)
    report = shop.desk.check()
    shop.close()
    assert (report.orders, report.problems) == (BASE * 6, ())
