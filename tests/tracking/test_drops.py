"""Who has a delivery, what counts of his taps, and what the till hears of them."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.clock import HOUR_MS, MINUTE_MS, SECOND_MS, VirtualClock
from tests.tracking.conftest import EVENING
from tests.tracking.live import UID, LiveSite
from tests.tracking.slips import Phone, Slip, hosted_site, scanned


@pytest.fixture
def site(tmp_path: Path, clock: VirtualClock) -> Iterator[LiveSite]:
    with hosted_site(tmp_path / "site" / "site.sqlite", clock) as running:
        yield running


def test_before_the_claim_a_slip_shows_its_number_and_nothing_else(slip: Slip) -> None:
    state = scanned(slip).state()
    assert (state["phase"], state["number"]) == ("free", "A38")
    assert state["sealed"] == ""
    assert slip.acts() == []


def test_of_two_phones_that_tap_at_once_one_has_it(slip: Slip) -> None:
    phones = [scanned(slip) for _ in range(6)]
    outcomes: list[str] = []
    gate = threading.Barrier(len(phones))

    def tap(phone: Phone) -> None:
        gate.wait(10)
        outcomes.append(phone.outcome("took"))

    threads = [threading.Thread(target=tap, args=(phone,)) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(outcomes) == ["stored"] + ["taken"] * 5
    assert slip.heard() == [("courier_took", False)]
    assert sorted(str(phone.state()["phase"]) for phone in phones) == ["mine"] + ["taken"] * 5


def test_a_taken_slip_says_since_when_and_opens_for_nobody_else(
    slip: Slip, phone: Phone, clock: VirtualClock
) -> None:
    clock.advance(MINUTE_MS)
    other = scanned(slip)
    state = other.state()
    assert (state["phase"], state["taken_at"], state["sealed"]) == ("taken", EVENING, "")
    assert phone.state()["sealed"] != ""
    assert other.tap("delivered").status_code == 403
    assert slip.heard() == [("courier_took", False)]


def test_after_a_release_the_next_phone_has_it_and_the_first_is_told(
    slip: Slip, phone: Phone
) -> None:
    slip.released()
    assert phone.state()["phase"] == "free"
    other = scanned(slip)
    assert other.outcome("took") == "stored"
    assert phone.state()["phase"] == "taken"
    assert phone.outcome("took") == "taken"
    assert phone.outcome("delivered") == "late"
    assert slip.heard()[-1] == ("courier_delivered", True)
    assert [act.courier.generation for act in slip.acts() if act.courier] == [0, 1, 0]
    assert other.state()["taps"] == []


def test_a_release_alone_makes_a_waiting_tap_evidence(slip: Slip, phone: Phone) -> None:
    slip.released()
    assert phone.outcome("delivered") == "late"
    assert scanned(slip).outcome("took") == "stored"


def test_the_till_hears_what_was_tapped_with_time_phone_and_reason(
    slip: Slip, phone: Phone, clock: VirtualClock
) -> None:
    clock.advance(20 * MINUTE_MS)
    phone.tap("picked_up", age_ms=15 * MINUTE_MS)
    phone.tap("failed", reason="nobody_home")
    acts = slip.acts()
    assert [act.seq for act in acts] == sorted({act.seq for act in acts})
    assert [act.kind for act in acts] == ["courier_took", "courier_picked_up", "courier_failed"]
    told = [act.courier for act in acts if act.courier]
    assert [one.occurred_at - EVENING for one in told] == [0, 5 * MINUTE_MS, 20 * MINUTE_MS]
    assert told[2].reason == "nobody_home"
    assert len({one.device for one in told}) == 1
    assert len(told[0].device) == 12
    assert {act.order_uid for act in acts} == {UID}


def test_a_true_time_lies_between_the_claim_and_now(
    slip: Slip, phone: Phone, clock: VirtualClock
) -> None:
    clock.advance(MINUTE_MS)
    phone.tap("picked_up", age_ms=9 * HOUR_MS)
    phone.tap("delivered", age_ms=0)
    times = [act.courier.occurred_at for act in slip.acts() if act.courier]
    assert times == [EVENING, EVENING, EVENING + MINUTE_MS]


def test_the_same_tap_again_gets_the_same_answer_and_does_nothing(slip: Slip, phone: Phone) -> None:
    action_id = secrets.token_hex(16)
    answers = [phone.tap("delivered", action_id=action_id) for _ in range(3)]
    assert [answer.json()["outcome"] for answer in answers] == ["stored"] * 3
    assert len(slip.acts()) == 2
    slip.released()
    assert phone.outcome("delivered", action_id=action_id) == "stored"
    assert len(slip.acts()) == 2


def test_a_claim_whose_answer_was_lost_is_the_same_phone_s(slip: Slip, phone: Phone) -> None:
    assert phone.outcome("took") == "stored"
    assert slip.heard() == [("courier_took", False)]


def test_another_tab_that_says_the_same_is_answered_and_not_told_twice(
    slip: Slip, phone: Phone, clock: VirtualClock
) -> None:
    phone.tap("delivered")
    clock.advance(9 * MINUTE_MS)
    assert phone.outcome("delivered") == "stored"
    assert phone.outcome("failed", reason="other") == "not_now"
    clock.advance(2 * MINUTE_MS)
    assert phone.state()["phase"] == "ended"
    assert len(slip.acts()) == 2


def test_where_he_is_comes_in_the_order_of_the_way(slip: Slip, phone: Phone) -> None:
    assert phone.outcome("at_shop") == "stored"
    assert phone.outcome("picked_up") == "stored"
    assert phone.outcome("at_shop") == "not_now", "he has left with it"
    assert phone.outcome("arrived") == "stored"
    assert phone.outcome("arrived") == "stored", "another tab"
    assert phone.outcome("picked_up") == "not_now"
    assert phone.outcome("took_back") == "stored"
    assert phone.outcome("delivered") == "stored"
    assert phone.outcome("arrived") == "not_now"
    acts = [act.courier for act in slip.acts() if act.courier]
    assert [kind.removeprefix("courier_") for kind, _late in slip.heard()] == [
        "took", "at_shop", "picked_up", "arrived", "took_back", "delivered",
    ]  # fmt: skip
    assert acts[4].of == "arrived"


def test_an_act_that_this_site_does_not_know_is_refused_by_its_field(
    slip: Slip, phone: Phone
) -> None:
    answer = phone.tap("danced")
    assert (answer.status_code, answer.text) == (400, "Not understood: kind\n")
    assert slip.heard() == [("courier_took", False)]


def test_a_wrong_tap_is_taken_back_within_ten_minutes(
    slip: Slip, phone: Phone, clock: VirtualClock
) -> None:
    phone.tap("picked_up")
    phone.tap("delivered")
    assert slip.told(state="ended").results[0].outcome == "stored"
    clock.advance(9 * MINUTE_MS)
    assert phone.outcome("took_back") == "stored"
    slip.told()
    state = phone.state()
    assert state["phase"] == "mine"
    assert [tap["kind"] for tap in state["taps"]] == ["picked_up"]  # type: ignore[attr-defined]
    last = slip.acts()[-1].courier
    assert last is not None
    assert (last.of, last.late) == ("delivered", False)


def test_after_ten_minutes_it_is_too_late_to_take_it_back(
    slip: Slip, phone: Phone, clock: VirtualClock
) -> None:
    phone.tap("failed", reason="refused")
    clock.advance(10 * MINUTE_MS + SECOND_MS)
    assert phone.outcome("took_back") == "too_late"
    assert phone.outcome("delivered") == "stored"
    clock.advance(10 * MINUTE_MS + SECOND_MS)
    assert phone.tap("took_back").json()["outcome"] == "too_late"
    assert [kind for kind, _ in slip.heard()] == [
        "courier_took", "courier_failed", "courier_delivered",
    ]  # fmt: skip


def test_what_waited_in_the_phone_can_still_be_taken_back_when_it_arrives(
    slip: Slip, phone: Phone, clock: VirtualClock
) -> None:
    clock.advance(40 * MINUTE_MS)
    assert phone.outcome("delivered", age_ms=30 * MINUTE_MS) == "stored"
    assert phone.outcome("took_back", age_ms=25 * MINUTE_MS) == "stored"
    assert phone.outcome("delivered", age_ms=20 * MINUTE_MS) == "stored"
    assert phone.outcome("took_back", age_ms=0) == "too_late"


def test_a_take_back_that_waited_until_after_the_end_is_evidence(
    slip: Slip, phone: Phone, clock: VirtualClock
) -> None:
    phone.tap("delivered")
    clock.advance(30 * MINUTE_MS)
    assert phone.outcome("took_back", age_ms=25 * MINUTE_MS) == "late"
    assert slip.heard()[-1] == ("courier_took_back", True)
