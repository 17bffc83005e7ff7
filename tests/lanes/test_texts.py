"""Texts leave once, in time, and say what became of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.domain.workflow import Source
from pos_app.errors import AlreadyLeft
from pos_app.lanes.state import status
from pos_app.store import messages
from tests.lanes.rounds import Evening, evening


def test_ready_leaves_when_its_grace_is_over_and_not_before(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(29.9)
    assert tonight.send() == ""
    assert tonight.gateway.taken == []
    tonight.pass_time(0.2)
    tonight.send()
    tonight.send()
    [text] = tonight.gateway.taken
    assert text["phoneNumbers"] == ["+380671234567"]
    assert order.number in text["textMessage"]["text"]
    assert text["withDeliveryReport"] is True
    assert text["validUntil"] == "2026-11-23T20:00:00Z"
    assert tonight.states(order) == [("ready", "sent", "")]
    assert tonight.events(order) == ["message_sent"]


def test_undo_inside_the_grace_and_the_gateway_got_nothing(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(20)
    tonight.send()
    tonight.shop.desk.undo(order.id)
    tonight.pass_time(3600)
    tonight.send()
    assert tonight.gateway.requests == 0
    assert tonight.states(order) == [("ready", "cancelled", "undone")]


def test_a_phone_order_is_told_that_it_is_accepted_and_one_at_the_counter_is_not(
    tonight: Evening,
) -> None:
    by_phone = tonight.place(source=Source.PHONE)
    tonight.place()
    tonight.pass_time(11)
    tonight.send()
    [said] = tonight.gateway.texts()
    assert by_phone.number in said
    assert tonight.states(by_phone) == [("accepted", "sent", "")]


def test_ready_goes_before_accepted(tonight: Evening) -> None:
    later = tonight.place(source=Source.PHONE)
    sooner = tonight.make_ready(tonight.place())
    tonight.pass_time(31)
    tonight.send()
    assert later.number in tonight.gateway.texts()[1]
    assert sooner.number in tonight.gateway.texts()[0]


def test_delivery_is_asked_for_and_shown(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(31)
    tonight.send()
    [uid] = tonight.gateway.ids()
    tonight.pass_time(5)
    tonight.send()
    assert tonight.states(order) == [("ready", "sent", "")]
    tonight.gateway.report(uid, "Delivered")
    tonight.pass_time(15)
    tonight.send()
    assert tonight.states(order) == [("ready", "delivered", "")]
    assert tonight.events(order) == ["message_sent", "message_delivered"]
    asked = tonight.gateway.requests
    tonight.gateway.report(uid, "Failed")
    tonight.pass_time(3600)
    tonight.send()
    assert tonight.gateway.requests == asked, "nobody asks after a delivered text"
    assert tonight.states(order) == [("ready", "delivered", "")]


def test_a_text_that_the_phone_could_not_send_says_why(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(31)
    tonight.send()
    error = "Failed for +380671234567: RESULT_ERROR_NO_SERVICE"
    tonight.gateway.report(tonight.gateway.ids()[0], "Failed", error)
    tonight.pass_time(5)
    tonight.send()
    assert tonight.states(order) == [("ready", "failed", "result_error_no_service")]
    assert tonight.events(order) == ["message_sent", "message_failed"]


def test_after_a_day_nobody_asks_any_more(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(31)
    tonight.send()
    tonight.pass_time(25 * 3600)
    tonight.send()
    asked = tonight.gateway.requests
    tonight.pass_time(3600)
    tonight.send()
    assert tonight.gateway.requests == asked
    assert tonight.states(order) == [("ready", "sent", "")]


def test_what_is_too_late_is_not_sent_and_says_so(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(3600)
    tonight.send()
    tonight.expire()
    assert tonight.gateway.requests == 0
    assert tonight.states(order) == [("ready", "expired", "too_late")]
    assert tonight.events(order) == ["message_expired"]


def test_a_gateway_that_wakes_up_after_three_hours_sends_nothing_stale(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.gateway.always = "refuse:503"
    for _ in range(36):
        tonight.pass_time(300)
        tonight.expire()
        tonight.send()
    tonight.gateway.always = ""
    tonight.pass_time(60)
    tonight.expire()
    tonight.send()
    assert tonight.gateway.taken == []
    assert [state for _, state, _ in tonight.states(order)] == ["expired"]


@pytest.mark.parametrize("step", ["take-reset", "reset", "refuse:500", "garbage"])
def test_an_unknown_outcome_is_repeated_under_the_same_id(tonight: Evening, step: str) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.gateway.plan.append(step)
    tonight.pass_time(30)
    tonight.send()
    assert tonight.states(order) == [("ready", "sending", "")]
    with pytest.raises(AlreadyLeft):
        tonight.shop.desk.undo(order.id)
    tonight.pass_time(2)
    assert tonight.send() == ""
    assert tonight.states(order) == [("ready", "sent", "")]
    assert len(tonight.gateway.taken) == 1
    assert tonight.gateway.duplicates.total() == (1 if step == "take-reset" else 0)


@pytest.mark.parametrize(
    ("taken", "state"), [("take-reset", "delivered"), ("reset", "expired")], ids=["had", "had not"]
)
def test_an_outcome_still_unknown_when_it_is_too_late_is_asked_for(
    tonight: Evening, taken: str, state: str
) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.gateway.plan.append(taken)
    tonight.pass_time(31)
    tonight.send()
    for uid in tonight.gateway.ids():
        tonight.gateway.report(uid, "Delivered")
    tonight.pass_time(3600)
    tonight.send()
    assert tonight.states(order)[0][1] == state
    assert len(tonight.gateway.taken) == (1 if taken == "take-reset" else 0)


def test_an_outcome_that_nobody_can_tell_is_left_to_a_person(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.gateway.always = "take-reset"
    tonight.pass_time(31)
    tonight.send()
    tonight.pass_time(3600)
    tonight.send()
    assert tonight.states(order) == [("ready", "sending", "")]
    tonight.pass_time(3600)
    tonight.send()
    assert tonight.states(order) == [("ready", "uncertain", "unknown_outcome")]


def test_a_text_that_is_refused_fails_and_the_next_one_leaves(tonight: Evening) -> None:
    first = tonight.make_ready(tonight.place())
    second = tonight.make_ready(tonight.place())
    tonight.gateway.plan.append("refuse:400")
    tonight.pass_time(31)
    tonight.send()
    assert tonight.states(first) == [("ready", "failed", "rejected")]
    assert tonight.states(second) == [("ready", "sent", "")]


def test_a_busy_gateway_is_left_alone_as_long_as_it_says(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.gateway.plan.append("refuse:429:120")
    tonight.pass_time(31)
    assert tonight.send() == "busy"
    tonight.pass_time(119)
    tonight.send()
    assert tonight.gateway.taken == []
    tonight.pass_time(2)
    tonight.send()
    assert tonight.states(order) == [("ready", "sent", "")]


def test_a_silent_phone_is_said_in_one_sentence(tonight: Evening) -> None:
    for _ in range(4):
        tonight.make_ready(tonight.place())
    tonight.gateway.always = "reset"
    tonight.pass_time(31)
    tonight.send()
    said = status(tonight.shop, "en").sentence
    assert said == "The SMS phone does not answer since 21:00; 4 texts wait."
    tonight.gateway.always = ""
    tonight.pass_time(60)
    tonight.send()
    assert status(tonight.shop, "en").sentence == ""
    assert len(tonight.gateway.taken) == 4


def test_a_wrong_password_waits_for_the_owner(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    sms = tonight.shop.desk.setup().settings.sms
    tonight.shop.desk.set_sms(sms, "wrong")
    tonight.pass_time(31)
    assert tonight.send() == "credentials"
    assert "refuses our password since 21:00" in status(tonight.shop, "en").sentence
    tonight.shop.desk.set_sms(sms, "correct horse")
    assert tonight.send() == ""
    assert tonight.states(order) == [("ready", "sent", "")]


def test_practice_records_what_would_be_sent_and_nothing_leaves(tmp_path: Path) -> None:
    with evening(tmp_path / "practice", practice=True) as tonight:
        order = tonight.make_ready(tonight.place())
        tonight.pass_time(31)
        tonight.send()
        tonight.take_over()
        tonight.send()
        assert tonight.gateway.requests == 0
        assert tonight.states(order) == [("ready", "sent", "practice")]
        with tonight.shop.database.read() as connection:
            recorded = messages.recorded(connection, 10)
        assert [number for number, _, _ in recorded] == [order.number]
