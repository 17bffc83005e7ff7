"""A wall clock that leaps: shown and journalled, texts wait, a person or the site settles it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.bootstrap import Shop, lanes_status
from pos_app.clock import HOUR_MS, MINUTE_MS, Instant, VirtualClock
from pos_app.errors import Refused
from pos_app.lanes.lease import Lease
from pos_app.lanes.state import LaneStates
from pos_app.lanes.timers import TimersWorker
from tests.lanes.rounds import Evening
from tests.lanes.served import Served, served
from tests.support.shops import EVENING


class Leapt:
    """What the till's clock says after its wall clock has leapt by `ms`."""

    def __init__(self, clock: VirtualClock, ms: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ms, self._clock = ms, clock
        monkeypatch.setattr(clock, "leap_ms", lambda: self.ms)
        monkeypatch.setattr(clock, "accept", self._accept)

    def _accept(self) -> None:
        self._clock.advance(self.ms)
        self.ms = 0


def look(shop: Shop, lease: Lease) -> str:
    """One round of the timers; what the screens then say."""
    TimersWorker(shop, lease.fence, None, states=LaneStates(shop)).work()
    return lanes_status(shop, "en").sentence


def test_a_leap_is_said_journalled_and_over(
    tonight: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    leapt = Leapt(tonight.clock, 2 * HOUR_MS + 30 * MINUTE_MS, monkeypatch)
    said = look(tonight.shop, tonight.lease)
    assert said.startswith("The clock of this computer leapt by 2 h 30. Texts wait")
    leapt.ms = -5 * MINUTE_MS
    assert "set back by 5 min" in look(tonight.shop, tonight.lease)
    leapt.ms = 72 * HOUR_MS
    assert "leapt by 3 days" in look(tonight.shop, tonight.lease)
    leapt.ms = 0
    assert look(tonight.shop, tonight.lease) == ""
    with tonight.shop.database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT payload FROM journal WHERE kind = 'lane_changed' ORDER BY seq"
        )
        assert ['"150"' in row[0] for row in rows] == [True, False, False, False]


def test_texts_wait_until_a_person_says_that_the_clock_is_right(
    tonight: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(31)
    Leapt(tonight.clock, 5 * MINUTE_MS, monkeypatch)
    tonight.send()
    assert tonight.gateway.requests == 0
    assert tonight.shop.desk.evening.confirm_clock() == 5 * MINUTE_MS
    tonight.expire()
    tonight.send()
    assert tonight.states(order) == [("ready", "sent", "")]
    with pytest.raises(Refused):
        tonight.shop.desk.evening.confirm_clock()


def test_two_hours_forward_are_asked_about_like_a_power_cut(
    tonight: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(31)
    Leapt(tonight.clock, 2 * HOUR_MS, monkeypatch)
    tonight.shop.desk.evening.confirm_clock()
    tonight.expire()
    tonight.send()
    assert tonight.states(order) == [("ready", "held", "catch_up")]
    assert tonight.shop.desk.evening.finish_catch_up(send=True) == 1
    tonight.send()
    assert tonight.states(order) == [("ready", "sent", "")]


def make_hosted(here: Served) -> None:
    with here.shop.database.write() as connection:
        connection.exec_driver_sql("UPDATE sites SET mode = 'hosted'")


@pytest.mark.parametrize(
    ("site_ahead_ms", "is_settled"), [(2 * HOUR_MS, True), (0, False), (HOUR_MS, False)]
)
def test_a_hosted_site_settles_whether_the_wall_clock_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site_ahead_ms: int, is_settled: bool
) -> None:
    clock = VirtualClock(EVENING)
    site_clock = VirtualClock(Instant(EVENING + site_ahead_ms))
    with served(tmp_path / "shop", clock=clock, site_clock=site_clock) as here:
        make_hosted(here)
        leapt = Leapt(clock, 2 * HOUR_MS, monkeypatch)
        here.place()
        here.push.work()
        assert (leapt.ms == 0) == is_settled


def test_the_tills_own_site_proves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = VirtualClock(EVENING)
    site_clock = VirtualClock(Instant(EVENING + 2 * HOUR_MS))
    with served(tmp_path / "shop", clock=clock, site_clock=site_clock) as here:
        leapt = Leapt(clock, 2 * HOUR_MS, monkeypatch)
        here.place()
        here.push.work()
        assert leapt.ms == 2 * HOUR_MS
