"""When a slip ends, what is still taken afterwards, and what the site keeps of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.clock import HOUR_MS, MINUTE_MS, SECOND_MS, Instant, VirtualClock
from pos_app.tracking.upkeep import purge
from pos_app.wire import tokens
from pos_app.wire.drops import DROP_TYPE, Drop
from pos_app.wire.envelopes import Envelope, decode, seal
from pos_app.wire.snapshots import PushAnswer
from tests.support.waiting import until
from tests.tracking.live import UID, LiveSite, Till, live_site
from tests.tracking.slips import Phone, Slip, hosted_site, new_slip, scanned


@pytest.fixture
def site(tmp_path: Path, clock: VirtualClock) -> Iterator[LiveSite]:
    with hosted_site(tmp_path / "site" / "site.sqlite", clock) as running:
        yield running


def test_a_slip_ends_ten_minutes_after_the_delivery_and_shows_nothing_more(
    slip: Slip, phone: Phone, clock: VirtualClock
) -> None:
    phone.tap("delivered")
    slip.told(state="ended")
    clock.advance(10 * MINUTE_MS - SECOND_MS)
    assert phone.open().status_code == 200
    clock.advance(SECOND_MS)
    gone = phone.open()
    assert gone.status_code == 410
    assert "This slip has ended" in gone.text
    assert phone.state() == {
        "phase": "ended", "now": clock.now(), "number": "", "taken_at": None, "generation": 0,
        "sealed": "", "ends_at": None, "cancelled": False, "taps": [],
    }  # fmt: skip


def test_a_slip_ends_six_hours_after_its_claim(
    slip: Slip, phone: Phone, clock: VirtualClock
) -> None:
    clock.advance(6 * HOUR_MS - 1)
    assert phone.state()["phase"] == "mine"
    clock.advance(1)
    assert phone.state()["phase"] == "ended"
    assert phone.outcome("delivered") == "late"


def test_a_slip_that_nobody_took_closes_by_itself(slip: Slip, clock: VirtualClock) -> None:
    phone = scanned(slip)
    clock.advance(6 * HOUR_MS)
    assert phone.state()["phase"] == "ended"
    assert phone.tap("took").status_code == 410


def test_for_a_day_taps_that_waited_are_kept_as_evidence(
    slip: Slip, phone: Phone, clock: VirtualClock
) -> None:
    stranger = scanned(slip)
    phone.tap("delivered")
    clock.advance(10 * MINUTE_MS + 24 * HOUR_MS - 1)
    purge(slip.site.repository, clock.now())
    assert stranger.outcome("failed", reason="other") == "not_yours"
    assert phone.outcome("failed", reason="other") == "late"
    assert slip.heard()[-1] == ("courier_failed", True)
    clock.advance(1)
    assert phone.outcome("failed", reason="other") == "ended"


def test_a_phone_cannot_fill_the_shop_with_evidence(slip: Slip, phone: Phone) -> None:
    slip.released()
    outcomes = [phone.outcome("delivered") for _ in range(55)]
    assert outcomes == ["late"] * 49 + ["not_now"] * 6


def test_an_ended_order_ends_an_unclaimed_slip_at_once(slip: Slip) -> None:
    phone = scanned(slip)
    slip.told(state="ended")
    assert phone.tap("took").json()["outcome"] == "ended"


def test_the_phone_that_has_it_hears_of_a_cancellation(slip: Slip, phone: Phone) -> None:
    slip.told(state="cancelled")
    state = phone.state()
    assert (state["phase"], state["cancelled"], state["sealed"]) == ("mine", True, "")
    assert phone.outcome("delivered") == "stored"


def test_a_revoked_slip_is_over_for_everybody(slip: Slip, phone: Phone) -> None:
    slip.told(state="revoked")
    assert phone.state()["phase"] == "ended"
    assert phone.outcome("delivered") == "late"


def test_a_newer_report_of_an_ended_order_gives_no_more_time(
    slip: Slip, phone: Phone, clock: VirtualClock
) -> None:
    slip.told(state="ended")
    clock.advance(6 * MINUTE_MS)
    slip.told(state="ended")
    clock.advance(4 * MINUTE_MS)
    assert phone.state()["phase"] == "ended"


def test_an_older_report_never_wins(slip: Slip, phone: Phone) -> None:
    slip.released()
    answer = slip.told(revision=1, generation=0)
    assert answer.results[0].outcome == "older"
    assert phone.state()["phase"] == "free"


def test_a_slip_that_the_shop_has_not_reported_yet_says_so(site: LiveSite, till: Till) -> None:
    slip = new_slip(site, till)
    phone = scanned(slip)
    assert phone.state()["phase"] == "unreported"
    assert "has not reported this delivery yet" in phone.open().text
    assert phone.outcome("took") == "unknown"
    slip.told()
    assert phone.outcome("took") == "stored"


def test_a_slip_past_the_horizon_is_gone(slip: Slip, phone: Phone, clock: VirtualClock) -> None:
    clock.advance(27 * tokens.WEEK_MS)
    assert phone.open().status_code == 410
    assert phone.outcome("delivered") == "ended"


def test_the_purge_leaves_nothing_sealed_and_then_nothing_but_a_stub(
    slip: Slip, phone: Phone, clock: VirtualClock
) -> None:
    def sealed() -> str:
        with slip.site.repository.read() as session:
            shop_id = session.shops()[0].shop_id
            found = session.drop(shop_id, tokens.token_hash(slip.token))
            return found.sealed if found is not None else "gone"

    purge(slip.site.repository, clock.now())
    assert sealed() not in ("", "gone")
    clock.advance(6 * HOUR_MS + 1)
    purge(slip.site.repository, clock.now())
    assert sealed() == ""
    clock.advance(24 * HOUR_MS + 10 * MINUTE_MS)
    purge(slip.site.repository, clock.now())
    assert sealed() == "gone"
    assert phone.open().status_code == 410
    assert phone.outcome("delivered") == "ended"


def test_shops_on_one_site_cannot_tell_that_it_is_the_same_phone(
    slip: Slip, phone: Phone, site: LiveSite
) -> None:
    neighbour = Till(terminal_id="other", store_id="store-2", kid=1)
    neighbour.enrolled(site, "Pasta Nova")
    until(lambda: neighbour.actions(site).status_code == 200, "the site to know the neighbour")
    theirs = new_slip(site, neighbour)
    theirs.told()
    there = Phone(theirs)
    there.cookie = phone.cookie
    assert there.outcome("took") == "stored"
    ours, other = slip.acts()[0].courier, theirs.acts()[0].courier
    assert ours is not None
    assert other is not None
    assert ours.device != other.device


def test_a_waiting_till_hears_of_a_tap_at_once(slip: Slip, phone: Phone) -> None:
    heard: list[Instant] = []

    def wait() -> None:
        slip.till.actions(slip.site, after=1, wait=20)
        heard.append(slip.site.clock.now())

    waiting = threading.Thread(target=wait, name="till")
    waiting.start()
    until(lambda: slip.site.app.hub.waiting_tills, "the till to wait")
    phone.tap("delivered")
    waiting.join(5)
    assert not waiting.is_alive()
    assert heard


@pytest.mark.parametrize("mode", ["loopback", "shop_network"])
def test_a_site_that_is_not_hosted_keeps_no_slip(
    tmp_path: Path, clock: VirtualClock, mode: str
) -> None:
    till = Till()
    with live_site(tmp_path / "own" / "site.sqlite", clock, mode=mode) as site:
        till.enrolled(site)
        slip = new_slip(site, till)
        assert slip.told().results[-1].outcome == "unsupported"
        with site.client() as client:
            assert client.get(f"/D/{slip.token}").status_code == 404


def test_a_damaged_slip_is_refused_alone(site: LiveSite, till: Till) -> None:
    broken = Envelope("x", DROP_TYPE, 1, seal("x", DROP_TYPE, Drop(
        UID, 1, 1, "0" * 64, "A1", 0, "open", 0, "not sealed!",
    )).raw)  # fmt: skip
    newer = Envelope("y", DROP_TYPE, 9, broken.raw)
    answer = till.post(site, "/v1/snapshots", till.body(site, [broken, newer], None))
    outcomes = [result.outcome for result in decode(answer.content, PushAnswer).results]
    assert outcomes == ["invalid", "unsupported"]
