"""SMS Club: what is asked of it, and what its refusals mean."""

from __future__ import annotations

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
from pos_app.channels.setups import SmsClubSetup
from tests.support.providers import running
from tests.support.ukrainian_gateways import CLUB_TOKEN, SENDER, SmsClubSite
from tests.support.ways_out import TEXT, channel_to


@contextmanager
def smsclub(provider: SmsClubSite, sender: str = SENDER) -> Iterator[Channel]:
    with (
        running(provider) as url,
        channel_to(SmsClubSetup(sender, url=url, lan=True), CLUB_TOKEN) as channel,
    ):
        yield channel


def test_a_text_goes_to_the_bare_number_under_the_shop_s_name() -> None:
    provider = SmsClubSite()
    with smsclub(provider) as channel:
        assert channel.send(TEXT) == Accepted("803253430")
    assert provider.requests[0].json == {
        "src_addr": SENDER,
        "phone": ["380671234567"],
        "message": TEXT.text,
    }


def test_a_refused_number_is_the_end_of_its_text() -> None:
    with smsclub(SmsClubSite()) as channel:
        assert channel.send(replace(TEXT, to="+15005550001")) == GiveUp("number_refused")


def test_a_name_that_is_not_registered_stops_all_texts() -> None:
    with smsclub(SmsClubSite(), sender="Nobody") as channel:
        assert channel.send(TEXT) == RetryLater("sender_refused", down=True)


def test_the_same_words_again_at_once_are_refused() -> None:
    with smsclub(SmsClubSite()) as channel:
        assert isinstance(channel.send(TEXT), Accepted)
        assert channel.send(TEXT) == GiveUp("duplicate")


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ('{"success_request": {"info": []}}', Unknown("garbage", down=True)),
        ('{"success_request": {"info": {}}}', Unknown("garbage", down=True)),
        ('{"success_request": {"info": {"": "380"}}}', Unknown("garbage", down=True)),
        ('{"success_request": {"add_info": {"message": "x"}}}', GiveUp("text_refused")),
        ('{"success_request": {"add_info": {"phone": "x"}}}', GiveUp("number_refused")),
        ('{"success_request": {"add_info": "Bad"}}', GiveUp("number_refused")),
        ('{"success_request": 7}', Unknown("garbage", down=True)),
    ],
)
def test_what_an_answer_means(body: str, outcome: Outcome) -> None:
    provider = SmsClubSite()
    provider.plan.append(f"body:{body}")
    with smsclub(provider) as channel:
        assert channel.send(TEXT) == outcome


@pytest.mark.parametrize(
    ("word", "report"),
    [
        ("ENROUTE", Report("sent", "enroute")),
        ("DELIVRD", Report("delivered", "delivrd")),
        ("EXPIRED", Report("failed", "expired")),
        ("UNDELIV", Report("failed", "undeliv")),
        ("REJECTD", Report("failed", "rejectd")),
        ("NEWWORD", Report("sent", "no_record")),
    ],
)
def test_a_state_is_a_state_and_a_code(word: str, report: Report) -> None:
    provider = SmsClubSite()
    with smsclub(provider) as channel:
        taken = channel.send(TEXT)
        assert isinstance(taken, Accepted)
        provider.states[taken.provider_id] = word
        assert channel.poll(taken.provider_id) == report


def test_a_record_that_is_gone_there_is_no_reason_to_send_again() -> None:
    with smsclub(SmsClubSite()) as channel:
        assert channel.poll("1") == Report("sent", "no_record")


@pytest.mark.parametrize("step", ["refuse:500", "reset", "body:{}", "body:[]", "body:<html>"])
def test_a_question_without_an_answer_changes_nothing(step: str) -> None:
    provider = SmsClubSite()
    provider.plan.append(step)
    with smsclub(provider) as channel:
        assert channel.poll("803253430") is None
