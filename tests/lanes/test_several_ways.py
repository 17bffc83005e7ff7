"""Two ways for one channel: the second steps in, and never says again what the first may have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.automation.wording.choice import OwnText
from pos_app.bootstrap import add_channel
from pos_app.channels.protocol import Outcome, OutgoingText
from pos_app.config import WayOut
from pos_app.errors import BadInput
from pos_app.lanes.state import ways_to_run
from pos_app.store import sent
from tests.lanes.two_ways import SECOND, TwoWays, two_ways
from tests.lanes.ways import PHONE
from tests.support.providers import running
from tests.support.ukrainian_gateways import CLUB_TOKEN, SmsClubSite


@pytest.fixture
def ways(tmp_path: Path) -> Iterator[TwoWays]:
    with two_ways(tmp_path / "shop") as found:
        yield found


def test_as_long_as_the_first_works_the_second_says_nothing(ways: TwoWays) -> None:
    order = ways.roads.ready()
    assert ways.turn(1, 0, 1) == []
    assert (len(ways.phone.taken), ways.other.taken) == (1, 0)
    assert ways.roads.states(order) == [("sms", "sent", "")]


def test_the_second_takes_what_the_first_refuses_for_good(ways: TwoWays) -> None:
    order = ways.roads.ready()
    ways.phone.plan.append("refuse:400")
    ways.turn()
    assert (len(ways.phone.taken), ways.other.taken) == (0, 1)
    assert [state for _, state, _ in ways.roads.states(order)] == ["sent"]
    kinds = [entry.kind for entry in ways.roads.shop.desk.timeline(order.id)]
    assert kinds[-2:] == ["message_passed_on", "message_sent"]


def test_a_gateway_that_has_had_it_before_is_no_reason_to_ask_another(tmp_path: Path) -> None:
    club = SmsClubSite()
    with running(club) as url, two_ways(tmp_path / "shop") as ways:
        setup = {"sender": "Trattoria", "url": url, "lan": True}
        add_channel(ways.roads.shop, WayOut("club", "", "smsclub", setup), CLUB_TOKEN)
        ways.roads.shop.desk.channels.set_order(("club",))
        order = ways.roads.ready()
        club.plan.append("refuse:453")
        ways.turn(0, 1)
        assert ways.roads.states(order) == [("sms", "failed", "duplicate")]
        assert (len(ways.phone.taken), ways.other.taken) == (0, 0)


def test_what_both_refuse_has_failed(ways: TwoWays) -> None:
    order = ways.roads.ready()
    ways.phone.plan.append("refuse:400")
    ways.other.plan.append("refuse:400")
    ways.turn(0, 1, 0, 1)
    [(_, state, _)] = ways.roads.states(order)
    assert (state, len(ways.phone.taken), ways.other.taken) == ("failed", 0, 0)


def test_the_second_steps_in_while_the_first_is_down(ways: TwoWays) -> None:
    order = ways.roads.ready()
    ways.phone.plan.append("refuse:503:600")
    assert ways.turn(1, 0) == ["queue_full"]
    assert ways.other.taken == 0
    ways.turn(1)
    assert (len(ways.phone.taken), ways.other.ids) == (0, [ways.roads.texts(order)[0].uid])


def test_the_first_is_first_again_when_its_wait_is_over(ways: TwoWays) -> None:
    ways.roads.ready()
    ways.phone.plan.append("refuse:503:60")
    ways.turn(0, 1)
    ways.roads.pass_time(61)
    later = ways.roads.ready()
    assert ways.turn(0, 1) == []
    assert ways.phone.ids() == [ways.roads.texts(later)[0].uid]
    assert ways.other.taken == 1


@pytest.mark.parametrize("step", ["take-reset", "reset"])
def test_what_the_first_may_have_is_never_said_by_the_second(ways: TwoWays, step: str) -> None:
    order = ways.roads.ready()
    # Nobody knows whether it has it; then it is down for a long time.
    ways.phone.plan.extend([step, *["refuse:503"] * 4])
    for _ in range(6):
        ways.turn(0, 1)
        ways.roads.pass_time(20)
    assert ways.other.taken == 0
    ways.roads.pass_time(60)
    ways.turn(0, 1)
    assert len(ways.phone.taken) == 1
    assert ways.roads.states(order) == [("sms", "sent", "")]


def test_who_takes_over_knows_which_way_was_trying(ways: TwoWays) -> None:
    ways.roads.shop.desk.channels.set_order((SECOND, PHONE))
    order = ways.roads.ready()
    ways.other.plan.append("take-reset")
    ways.turn(0)
    assert ways.roads.states(order) == [("sms", "uncertain", "unknown_outcome")]
    later = ways.roads.ready(phone="+380671112233")
    ways.phone.plan.append("take-reset")
    ways.other.plan.append("refuse:400")
    ways.turn(0, 1)
    ways.roads.lease.release()
    assert ways.roads.lease.take()
    ways.open_lanes()
    for _ in range(3):
        ways.turn(0, 1)
        ways.roads.pass_time(30)
    assert ways.roads.states(later) == [("sms", "sent", "")]
    assert (len(ways.phone.taken), ways.other.taken) == (1, 1)


def test_a_way_that_is_set_up_no_more_leaves_what_it_may_have_to_a_person(ways: TwoWays) -> None:
    order = ways.roads.ready()
    ways.phone.plan.append("take-reset")
    ways.turn(0)
    ways.roads.shop.desk.channels.remove(PHONE)
    ways.roads.pass_time(60)
    ways.turn(0, 1)
    assert ways.roads.states(order) == [("sms", "uncertain", "unknown_outcome")]
    assert ways.other.taken == 0


def test_each_way_has_its_own_price_and_its_own_reports(tmp_path: Path) -> None:
    with two_ways(tmp_path / "shop", price=100, other_price=900) as ways:
        first, second = ways.roads.ready(), ways.roads.ready(phone="+380671112233")
        ways.turn(0)
        [text] = ways.roads.texts(first)
        ways.phone.report(text.uid, "Delivered")
        assert text.cost == 100 * text.parts
        third = ways.roads.ready(phone="+380671112244")
        ways.phone.plan.append("refuse:400")
        ways.turn(0, 1)
        [text] = ways.roads.texts(third)
        assert text.cost == 900 * text.parts
        ways.roads.pass_time(10)
        ways.turn()
        assert [state for _, state, _ in ways.roads.states(first)] == ["delivered"]
        assert [state for _, state, _ in ways.roads.states(second)] == ["sent"]


def test_what_the_first_has_no_room_for_in_time_goes_by_the_second(ways: TwoWays) -> None:
    """An Android phone lets thirty parts leave in half an hour; here each text takes ten."""
    ways.roads.shop.desk.texts.save(OwnText("ready", "", "uk", "{{ number }} " + "ж" * 640))
    for no in range(5):
        ways.roads.ready(phone=f"+38067123456{no}")
    # An hour they may wait; there is less than the half of it left when the first can begin.
    ways.roads.pass_time(2400)
    ways.turn(0)
    assert (len(ways.phone.taken), ways.other.taken) == (3, 0)
    for _ in range(2):
        ways.turn(1)
        ways.roads.pass_time(2)
    assert (len(ways.phone.taken), ways.other.taken) == (3, 2)
    assert not set(ways.phone.ids()) & set(ways.other.ids)


def test_what_is_too_dear_by_the_first_goes_by_the_second(tmp_path: Path) -> None:
    with two_ways(tmp_path / "shop", price=5_000, other_price=1) as ways:
        ways.roads.limit(month_budget=4_000)
        order = ways.roads.ready()
        ways.turn()
        assert (len(ways.phone.taken), ways.other.taken) == (0, 1)
        assert ways.roads.states(order)[0][1] == "sent"


def test_the_owner_says_which_is_first(ways: TwoWays) -> None:
    desk = ways.roads.shop.desk.channels
    assert [way.name for way in desk.ways()] == [PHONE, SECOND]
    desk.set_order((SECOND,))
    assert [way.name for way in desk.ways()] == [SECOND, PHONE]
    ways.roads.ready()
    ways.turn()
    assert (len(ways.phone.taken), ways.other.taken) == (0, 1)
    for wrong in (("pigeon",), (PHONE, PHONE)):
        with pytest.raises(BadInput, match="no way out"):
            desk.set_order(wrong)


def test_each_way_runs_in_a_lane_of_its_own(ways: TwoWays) -> None:
    assert ways_to_run(ways.roads.shop) == {"sms": ("sms", 0), "channel:sms:2": ("sms", 1)}
    with ways.roads.shop.database.read() as connection:
        assert sent.history(connection, "sms", ways.roads.clock.now()) == []


def test_what_one_lane_has_in_its_hands_no_other_takes_for_a_try_without_an_end(
    ways: TwoWays, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The owner swaps the ways while the first sends: for a moment two lanes are that way."""
    order = ways.roads.ready()
    channel = ways.outlets[0].current()
    assert channel is not None
    sends = channel.send
    met = []

    def swap_and_send(text: OutgoingText) -> Outcome:
        ways.roads.shop.desk.channels.set_order((SECOND, PHONE))
        ways.turn(1)
        met.append(ways.roads.states(order))
        return sends(text)

    monkeypatch.setattr(channel, "send", swap_and_send)
    ways.turn(0)
    assert met == [[("sms", "sending", "")]]
    assert ways.roads.states(order) == [("sms", "sent", "")]
    assert (len(ways.phone.taken), ways.other.taken) == (1, 0)
    assert not ways.phone.duplicates
