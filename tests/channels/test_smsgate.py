"""The gateway phone: what is asked of it, and what its answers mean."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pos_app.channels.protocol import (
    Accepted,
    Declares,
    GiveUp,
    Outcome,
    OutgoingText,
    Report,
    RetryLater,
    Unknown,
)
from pos_app.channels.smsgate import SmsGate
from pos_app.clock import Instant
from tests.support.gateway import PASSWORD, USERNAME, Gateway, running

UID = "018f3a5e-7c1d-7e2a-9b3c-4d5e6f708192"
UNTIL = Instant(1_795_464_000_000)
TEXT = OutgoingText(UID, "+380671234567", "Trattoria: замовлення A43 готове.", UNTIL)


@contextmanager
def phone(gateway: Gateway, password: str = PASSWORD) -> Iterator[SmsGate]:
    with running(gateway) as url:
        channel = SmsGate(f"{url}/", USERNAME, password, lan=True)
        try:
            yield channel
        finally:
            channel.close()


def test_a_text_goes_with_our_id_its_validity_and_a_wish_for_a_report() -> None:
    gateway = Gateway()
    with phone(gateway) as channel:
        assert channel.declares is Declares.KEYED
        assert channel.send(TEXT) == Accepted(UID)
    assert gateway.taken == [
        {
            "id": UID,
            "textMessage": {"text": TEXT.text},
            "phoneNumbers": ["+380671234567"],
            "validUntil": "2026-11-23T20:00:00Z",
            "withDeliveryReport": True,
        }
    ]


def test_the_same_id_again_is_as_good_as_taken_and_the_guest_gets_one() -> None:
    gateway = Gateway()
    with phone(gateway) as channel:
        assert channel.send(TEXT) == channel.send(TEXT) == Accepted(UID)
    assert len(gateway.taken) == 1
    assert gateway.duplicates[UID] == 1


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        ("refuse:400", GiveUp("rejected")),
        ("refuse:403", RetryLater("credentials", down=True)),
        ("refuse:404", RetryLater("no_gateway_there", down=True)),
        ("refuse:429:120", RetryLater("busy", 120.0, down=True)),
        ("refuse:503", RetryLater("queue_full", down=True)),
        ("refuse:302", RetryLater("redirect", down=True)),
        ("refuse:500", Unknown("gateway_error")),
        ("garbage", Unknown("garbage", down=True)),
        ("reset", Unknown("reset", down=True)),
        ("take-reset", Unknown("reset", down=True)),
    ],
)
def test_what_an_answer_means(step: str, outcome: Outcome) -> None:
    gateway = Gateway()
    gateway.plan.append(step)
    with phone(gateway) as channel:
        assert channel.send(TEXT) == outcome
        assert channel.send(TEXT) == Accepted(UID), "and then it is well again"


def test_a_wrong_password_is_no_reason_to_give_up() -> None:
    with phone(Gateway(), password="wrong") as channel:
        assert channel.send(TEXT) == RetryLater("credentials", down=True)


def test_a_phone_that_is_off_took_nothing() -> None:
    with phone(Gateway()) as channel:
        pass
    assert channel.send(TEXT) == RetryLater("unreachable", down=True)
    assert channel.poll(UID) is None
    channel.close()


def test_a_silent_phone_does_not_hold_up_the_end() -> None:
    gateway = Gateway()
    gateway.plan.append("silent")
    outcomes: list[Outcome] = []
    with phone(gateway) as channel:
        sender = threading.Thread(target=lambda: outcomes.append(channel.send(TEXT)))
        sender.start()
        gateway.wait_for_requests(1)
        channel.cut()
        sender.join(2)
        assert outcomes == [Unknown("reset", down=True)]


@pytest.mark.parametrize(
    ("state", "error", "report"),
    [
        ("Pending", "", Report("sent", "pending")),
        ("Processed", "", Report("sent", "processed")),
        ("Sent", "", Report("sent", "sent")),
        ("Delivered", "", Report("delivered", "delivered")),
        ("Failed", "RESULT_ERROR_RADIO_OFF", Report("failed", "result_error_radio_off")),
        ("Failed", "no money on +380671234567", Report("failed", "not_sent_by_phone")),
    ],
)
def test_a_report_is_a_state_and_a_code(state: str, error: str, report: Report) -> None:
    gateway = Gateway()
    with phone(gateway) as channel:
        channel.send(TEXT)
        gateway.report(UID, state, error)
        assert channel.poll(UID) == report


def test_a_phone_that_never_had_it_says_so() -> None:
    with phone(Gateway()) as channel:
        assert channel.poll(UID) == Report("absent")
