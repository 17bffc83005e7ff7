"""TurboSMS: what is asked of it, and what its own codes mean."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from pos_app.channels.protocol import (
    Accepted,
    Channel,
    GiveUp,
    Outcome,
    Report,
    RetryLater,
    Unknown,
)
from pos_app.channels.setups import TurboSmsSetup
from tests.support.providers import running
from tests.support.ukrainian_gateways import SENDER, TURBO_TOKEN, TurboSmsSite
from tests.support.ways_out import TEXT, channel_to


@contextmanager
def turbosms(provider: TurboSmsSite, sender: str = SENDER) -> Iterator[Channel]:
    with (
        running(provider) as url,
        channel_to(TurboSmsSetup(sender, url=url, lan=True), TURBO_TOKEN) as channel,
    ):
        yield channel


def test_a_text_goes_to_the_bare_number_under_the_shop_s_name() -> None:
    provider = TurboSmsSite()
    with turbosms(provider) as channel:
        taken = channel.send(TEXT)
    assert taken == Accepted(next(iter(provider.taken)))
    assert provider.requests[0].json == {
        "recipients": ["380671234567"],
        "sms": {"sender": SENDER, "text": TEXT.text},
    }


@pytest.mark.parametrize(
    ("to", "outcome"),
    [
        ("+0", GiveUp("number_refused")),
        ("+15005550001", GiveUp("country_refused")),
        ("+380000000000", GiveUp("unsubscribed")),
    ],
)
def test_a_refused_number_is_the_end_of_its_text(to: str, outcome: Outcome) -> None:
    with turbosms(TurboSmsSite()) as channel:
        assert channel.send(replace(TEXT, to=to)) == outcome


def test_a_name_that_is_not_registered_stops_all_texts() -> None:
    with turbosms(TurboSmsSite(), sender="Nobody") as channel:
        assert channel.send(TEXT) == RetryLater("sender_refused", down=True)


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (400, 103, RetryLater("credentials", down=True)),
        (200, 301, RetryLater("credentials", down=True)),
        (200, 203, RetryLater("no_credit", down=True)),
        (200, 401, RetryLater("sender_refused", down=True)),
        (200, 413, GiveUp("text_refused")),
        (200, 300, GiveUp("rejected")),
        (200, 500, Unknown("gateway_error")),
        (200, 503, Unknown("gateway_error")),
        (500, 999, Unknown("gateway_error")),
        (200, 507, Unknown("gateway_error")),
        (200, 0, Unknown("garbage")),
        (200, 800, Accepted("")),
    ],
)
def test_what_a_code_means(status: int, code: int, outcome: Outcome) -> None:
    with turbosms(TurboSmsSite(faults=[(status, code)])) as channel:
        assert channel.send(TEXT) == outcome


def test_a_duplicate_with_an_id_was_taken_before() -> None:
    provider = TurboSmsSite()
    one = {"response_code": 0, "response_status": "OK", "message_id": "previous-123"}
    provider.plan.append("body:" + json.dumps({"response_code": 507, "response_result": [one]}))
    with turbosms(provider) as channel:
        assert channel.send(TEXT) == Accepted("previous-123")


@pytest.mark.parametrize(
    ("word", "report"),
    [
        ("Queued", Report("sent", "queued")),
        ("Sent", Report("sent", "sent")),
        ("Delivered", Report("delivered", "delivered")),
        ("Read", Report("delivered", "read")),
        ("Undelivered", Report("failed", "undelivered")),
        ("Expired", Report("failed", "expired")),
        ("Rejected", Report("failed", "rejected")),
        ("Something new 380671234567", Report("sent", "no_record")),
    ],
)
def test_a_state_is_a_state_and_a_code(word: str, report: Report) -> None:
    provider = TurboSmsSite()
    with turbosms(provider) as channel:
        taken = channel.send(TEXT)
        assert isinstance(taken, Accepted)
        provider.states[taken.provider_id] = word
        assert channel.poll(taken.provider_id) == report


def test_a_record_that_is_gone_there_is_no_reason_to_send_again() -> None:
    with turbosms(TurboSmsSite()) as channel:
        assert channel.poll("f83f8868-5e46-c6cf-e4fb-615e5a293754") == Report("sent", "no_record")


def test_a_text_that_was_taken_without_an_id_is_not_asked_for() -> None:
    provider = TurboSmsSite()
    with turbosms(provider) as channel:
        assert channel.poll("") == Report("sent")
    assert not provider.requests


@pytest.mark.parametrize("step", ["refuse:500", "reset", "body:{}", "body:[]", "body:<html>"])
def test_a_question_without_an_answer_changes_nothing(step: str) -> None:
    provider = TurboSmsSite()
    provider.plan.append(step)
    with turbosms(provider) as channel:
        assert channel.poll("f83f8868") is None
