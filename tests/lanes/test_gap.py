"""After a gap nothing is sent before a person has decided; without one nobody is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pos_app.bootstrap import Shop, lanes_of
from pos_app.clock import MINUTE_MS, Instant, VirtualClock
from pos_app.desk.evening_desk import CatchingUp
from pos_app.domain.order import Order
from pos_app.lanes.lease import Lease
from pos_app.lanes.sync import sync_once
from pos_app.lanes.timers import TimersWorker
from pos_app.store import lanes as lane_rows
from tests.support.shift import ready, texts
from tests.support.shops import EVENING, open_test_shop, pickup
from tests.support.waiting import until


@contextmanager
def till(data: Path, clock: VirtualClock) -> Iterator[Shop]:
    """A till that runs its lanes until it is cut off."""
    with open_test_shop(data, clock=clock) as shop:
        lanes = lanes_of(shop)
        lanes.start()
        try:
            until(lambda: lanes.sends, "the lanes to start")
            until(lambda: heartbeat(shop) == clock.now(), "the first heartbeat")
            yield shop
        finally:
            lanes.stop()


def heartbeat(shop: Shop) -> Instant:
    with shop.database.read() as connection:
        row = connection.exec_driver_sql(
            "SELECT heartbeat_at FROM leases WHERE name = 'lanes'"
        ).one_or_none()
    return Instant(0 if row is None else row[0])


def left_ready(data: Path, clock: VirtualClock) -> Order:
    """An evening in which the power goes with a text on its way out."""
    with till(data, clock) as shop:
        return ready(shop, pickup(shop))


def asked(shop: Shop) -> CatchingUp:
    found = shop.desk.evening.catching_up()
    assert found is not None
    return found


def test_a_text_that_was_due_in_a_power_cut_waits_for_a_person(tmp_path: Path) -> None:
    clock = VirtualClock(EVENING)
    order = left_ready(tmp_path / "shop", clock)
    clock.advance(11 * MINUTE_MS)
    with till(tmp_path / "shop", clock) as shop:
        found = asked(shop)
        assert (found.since, found.until, found.held) == (EVENING, clock.now(), 1)
        assert texts(shop, order) == [("ready", "held")]
        assert shop.desk.evening.finish_catch_up(send=True) == 1
        until(lambda: texts(shop, order) == [("ready", "sent")], "the released text")


def test_a_short_absence_holds_nothing(tmp_path: Path) -> None:
    clock = VirtualClock(EVENING)
    order = left_ready(tmp_path / "shop", clock)
    clock.advance(10 * MINUTE_MS)
    with till(tmp_path / "shop", clock) as shop:
        until(lambda: texts(shop, order) == [("ready", "sent")], "the text")
        assert shop.desk.evening.catching_up() is None


def test_the_first_start_of_a_shop_asks_nothing(tmp_path: Path) -> None:
    clock = VirtualClock(EVENING)
    with open_test_shop(tmp_path / "shop", clock=clock) as shop:
        shop.desk.place(pickup(shop))
    clock.advance(60 * MINUTE_MS)
    with till(tmp_path / "shop", clock) as shop:
        assert shop.desk.evening.catching_up() is None


def test_a_holder_that_dies_before_it_could_ask_leaves_the_gap_to_the_next(tmp_path: Path) -> None:
    clock = VirtualClock(EVENING)
    left_ready(tmp_path / "shop", clock)
    clock.advance(30 * MINUTE_MS)
    with open_test_shop(tmp_path / "shop", clock=clock) as shop:
        lease = Lease(shop)
        assert lease.take()
        assert lease.last_heard_at == EVENING
        lease.release()
    clock.advance(MINUTE_MS)
    with till(tmp_path / "shop", clock) as shop:
        assert asked(shop).since == EVENING


def test_a_round_by_hand_neither_holds_nor_counts_as_life(tmp_path: Path) -> None:
    clock = VirtualClock(EVENING)
    left_ready(tmp_path / "shop", clock)
    clock.advance(30 * MINUTE_MS)
    with open_test_shop(tmp_path / "shop", clock=clock) as shop:
        assert sync_once(shop).sent == 1
        assert shop.desk.evening.catching_up() is None
        assert heartbeat(shop) == EVENING
    with till(tmp_path / "shop", clock) as shop:
        assert asked(shop).since == EVENING


def test_the_holder_says_once_a_minute_that_it_lives(tmp_path: Path) -> None:
    clock = VirtualClock(EVENING)
    with open_test_shop(tmp_path / "shop", clock=clock) as shop:
        lease = Lease(shop)
        assert lease.take()
        lost: list[bool] = []
        timers = TimersWorker(shop, lease.fence, lambda: lost.append(True))
        timers.work()
        assert heartbeat(shop) == EVENING
        clock.advance(MINUTE_MS - 1)
        timers.work()
        assert heartbeat(shop) == EVENING
        clock.advance(1)
        timers.work()
        assert heartbeat(shop) == EVENING + MINUTE_MS
        with shop.database.write() as connection:
            lane_rows.take_fence(connection, "another till", generation=1)
        clock.advance(MINUTE_MS)
        timers.work()
        assert lost == [True]
        lease.release()
