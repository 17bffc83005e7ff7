"""The lease between two windows, moment by moment: beats, lapses, generations, fences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pos_app import clock, paths
from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.lanes import pulse
from pos_app.lanes.lane import Down
from pos_app.lanes.lease import LANES, Lease
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.pulse import LAPSE_MS, STILL_S, Stillness
from pos_app.lanes.push import PushWorker
from pos_app.lanes.runner import Lanes
from pos_app.lanes.state import PUSH, LaneStates
from pos_app.lanes.texts import TextsWorker
from pos_app.store import lanes as lane_rows
from tests.lanes.rounds import Evening
from tests.lanes.served import Served
from tests.support.shift import ready, texts
from tests.support.shops import EVENING, open_test_shop, pickup
from tests.support.waiting import until


@contextmanager
def frozen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Holders of this process do not beat, as if it had been stopped."""
    with monkeypatch.context() as patched:
        patched.setattr(pulse.Pulse, "_write", lambda _pulse: None)
        yield


def taken_over(shop: Shop) -> Lease:
    """Another window's lease, taken because the present holder's beat stands still."""
    other = Lease(shop)
    until(other.take, "the sleeper to be passed over", 5)
    return other


def test_a_sleeper_is_passed_over_and_learns_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        sleeper = Lease(shop)
        assert sleeper.take()
        with frozen(monkeypatch):
            other = taken_over(shop)
        assert other.fence == sleeper.fence + 1
        assert not sleeper.confirm()
        sleeper.release()
        assert not Lease(shop).take(), "the sleeper's lock is free, but it is worth nothing"
        assert other.confirm()
        locks = sorted(file.name for file in shop.data.glob(f"{LANES}*.lock"))
        assert locks == [paths.lock_file(shop.data, LANES, 2).name]
        other.release()


def test_a_holder_that_beats_is_left_alone(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        holder, other = Lease(shop), Lease(shop)
        assert holder.take()
        with pytest.raises(AssertionError):
            until(other.take, "a takeover that must not come", 3 * STILL_S)
        holder.release()
        assert other.take()
        other.release()


def test_two_that_notice_at_once_make_one_holder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        sleeper, first, second = Lease(shop), Lease(shop), Lease(shop)
        assert sleeper.take()
        with shop.database.read() as connection:
            seen = lane_rows.standing(connection)
        with frozen(monkeypatch):
            until(lambda: (first.take(), second.take()) != (False, False), "one of them", 5)
        assert [bool(first.fence), bool(second.fence)].count(True) == 1
        with shop.database.write() as connection:
            late = lane_rows.take_fence(
                connection, "too late", generation=seen.generation + 1, over=seen.fence
            )
        assert late is None
        for lease in (sleeper, first, second):
            lease.release()


def test_a_holder_of_an_older_version_has_no_beat_and_is_believed(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        holder, other = Lease(shop), Lease(shop)
        assert holder.take()
        hold = holder._hold
        assert hold is not None
        hold.pulse.stop()
        with pytest.raises(AssertionError):
            until(other.take, "a takeover that must not come", 2 * STILL_S)
        holder.release()


def test_who_is_late_itself_takes_no_other_for_dead() -> None:
    seen = Stillness()
    assert seen.look("a", 100.0) == 0
    assert seen.look("a", 160.0) < STILL_S
    assert seen.look("b", 160.3) == 0
    assert seen.look("b", 160.6) == pytest.approx(0.3)


def test_after_its_own_sleep_a_holder_asks_before_it_acts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        lease = Lease(shop)
        assert lease.take()
        assert lease.holds()
        slept_ms = LAPSE_MS + 1
        monkeypatch.setattr(pulse, "boot_ms", lambda: clock.boot_ms() + slept_ms)
        assert not lease.holds()
        until(lambda: lease.lapses, "the lapse to be noticed")
        assert not lease.holds(), "fresh beats do not make it forget its sleep"
        lease.trust(lease.lapses)
        assert lease.holds()
        lease.release()


def test_a_woken_sleeper_sends_no_text_that_it_had_claimed(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(31)
    asked = iter([True, False])
    worker = TextsWorker(
        tonight.shop, tonight.lease.fence, Outlet(tonight.shop), lambda: next(asked, False)
    )
    worker.work()
    worker.close()
    assert tonight.gateway.requests == 0
    assert tonight.states(order) == [("ready", "waiting", "")], "the next holder may send it"
    tonight.take_over()
    tonight.send()
    assert tonight.states(order) == [("ready", "sent", "")]


def test_a_woken_sleepers_old_number_makes_no_false_copy(
    here: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = Lease(here.shop)
    assert lease.take()
    states = LaneStates(here.shop, lease)
    awake = True
    sleeper = PushWorker(here.shop, states, lambda: awake)
    here.place()
    sleeper.work()
    with frozen(monkeypatch):
        other = taken_over(here.shop)
    here.place()
    here.push.work()
    here.place()
    awake = False
    sleeper.work()
    assert sleeper.pushed == 1, "it does not push with the number it had kept"
    awake = True
    with pytest.raises(Down) as down:
        sleeper.work()
    assert down.value.code == "fork", "without the question the site would refuse it as a copy"
    states.note(PUSH, down.value.code)
    with here.shop.database.read() as connection:
        assert not [s for s in lane_rows.states(connection) if s.lane == PUSH and s.code]
    here.push.work()
    assert here.waiting() == 0
    sleeper.close()
    for held in (lease, other):
        held.release()


def test_a_till_whose_lid_was_closed_asks_what_is_true_before_it_sends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = VirtualClock(EVENING)
    with open_test_shop(tmp_path / "shop", clock=evening) as shop:
        lanes = Lanes(shop)
        lanes.start()
        try:
            until(lambda: lanes.sends, "the lanes to start")
            until(lambda: _heard_at(shop) == EVENING, "the first heartbeat")
            order = ready(shop, pickup(shop))
            # The lid closes: both clocks go on, no thread does.
            slept_ms = 11 * MINUTE_MS
            monkeypatch.setattr(pulse, "boot_ms", lambda: clock.boot_ms() + slept_ms)
            evening.advance(slept_ms)
            until(lambda: shop.desk.evening.catching_up() is not None, "the catch-up")
            assert texts(shop, order) == [("ready", "held")]
            found = shop.desk.evening.catching_up()
            assert found is not None
            assert found.since == EVENING
            until(lambda: _heard_at(shop) == evening.now(), "the heartbeat to go on")
        finally:
            lanes.stop()


def _heard_at(shop: Shop) -> int:
    with shop.database.read() as connection:
        return lane_rows.standing(connection).heartbeat_at
