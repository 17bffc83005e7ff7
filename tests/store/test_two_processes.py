"""Two processes on one store: one bump each entry, and each hears of the other."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from pos_app.changes import Change, OrdersChanged
from pos_app.domain.workflow import Kind
from tests.support.shops import open_test_shop, pickup

BUMPER = """
import sys
from pathlib import Path
from pos_app.bootstrap import open_shop
shop = open_shop(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
moved = sum(shop.desk.bump(int(i), from_entry=1).moved for i in sys.argv[2].split(","))
shop.close()
print(moved, flush=True)
"""


def test_two_processes_never_bump_the_same_entry_twice(tmp_path: Path) -> None:
    with open_test_shop(tmp_path) as shop:
        placed = [shop.desk.place(pickup(shop)).order.id for _ in range(40)]
        ids = ",".join(str(order_id) for order_id in placed)
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", BUMPER, str(tmp_path), ids],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(3)
        ]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        moved = [int(process.communicate("go\n", timeout=60)[0]) for process in processes]
        assert sum(moved) == 40
        assert {card.order.kind for card in shop.desk.board()} == {Kind.PREPARING}
        assert shop.desk.check().problems == ()


def test_a_window_hears_what_another_process_did(tmp_path: Path) -> None:
    with open_test_shop(tmp_path) as watching, open_test_shop(tmp_path) as acting:
        heard: list[Change] = []
        arrived = threading.Event()

        def hear(change: Change) -> None:
            heard.append(change)
            arrived.set()

        watching.feed.subscribe(hear)
        watching.watch.start()
        order = acting.desk.place(pickup(acting)).order
        assert arrived.wait(5)
        assert heard == [OrdersChanged((order.id,), acting.terminal_id)]


def test_a_window_does_not_hear_its_own_acts_twice(tmp_path: Path) -> None:
    with open_test_shop(tmp_path) as shop, open_test_shop(tmp_path) as other:
        heard: list[Change] = []
        second = threading.Event()

        def hear(change: Change) -> None:
            heard.append(change)
            if isinstance(change, OrdersChanged) and change.ids == (theirs,):
                second.set()

        shop.feed.subscribe(hear)
        shop.watch.start()
        theirs = -1
        mine = shop.desk.place(pickup(shop)).order.id
        theirs = mine + 1
        other.desk.place(pickup(other))
        assert second.wait(5)
        assert [change.ids for change in heard if isinstance(change, OrdersChanged)] == [
            (mine,),
            (theirs,),
        ]
