"""The timers lane wakes in time for an order that is due in the kitchen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.automation.model import On
from pos_app.clock import MINUTE_MS, Instant, VirtualClock
from pos_app.domain.board import has_entered
from pos_app.lanes.lease import Lease
from pos_app.lanes.timers import LOOK_S, TimersWorker
from tests.desk.rule_shop import only, told
from tests.support.shops import EVENING, open_test_shop, pickup


def test_it_sleeps_until_the_next_order_enters(tmp_path: Path) -> None:
    clock = VirtualClock(EVENING)
    with open_test_shop(tmp_path / "data", clock=clock) as shop:
        lease = Lease(shop)
        assert lease.take()
        try:
            timers = TimersWorker(shop, lease.fence, lost=lambda: pytest.fail("nobody else"))
            promised = Instant(EVENING + 60 * MINUTE_MS)
            order = shop.desk.place(replace(pickup(shop), promised_at=promised)).order
            assert timers.work() == LOOK_S
            clock.set(Instant(order.enters_at - 1_500))
            assert timers.work() == 1.5
            clock.set(order.enters_at)
            assert timers.work() == LOOK_S
        finally:
            lease.release()
        card = shop.desk.order(order.id)
        assert card is not None
        assert has_entered(card.order)


def test_what_rules_wait_for_waits_on_until_a_person_has_caught_up(tmp_path: Path) -> None:
    clock = VirtualClock(EVENING)
    with open_test_shop(tmp_path / "data", clock=clock) as shop:
        lease = Lease(shop)
        assert lease.take()
        try:
            timers = TimersWorker(shop, lease.fence, lost=lambda: pytest.fail("nobody else"))
            only(shop, On.PLACED)
            shop.desk.place(pickup(shop))
            assert shop.desk.evening.begin_catch_up(Instant(EVENING - 20 * MINUTE_MS))
            clock.advance(MINUTE_MS)
            timers.work()
            assert told(shop) == []
            shop.desk.evening.finish_catch_up(send=False)
            timers.work()
            assert told(shop) == ["look"]
        finally:
            lease.release()
