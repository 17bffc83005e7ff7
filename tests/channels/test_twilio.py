"""Twilio: what is asked of it, what its codes mean, and how a lost message is looked for."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from pos_app.channels.approved import ApprovedText
from pos_app.channels.protocol import Accepted, GiveUp, Outcome, Report, RetryLater, Unknown
from pos_app.channels.twilio import SETTLES_MS, Twilio
from pos_app.clock import HOUR_MS, MINUTE_MS, SECOND_MS, Instant, VirtualClock
from tests.support.providers import running
from tests.support.twilio_account import SENDER, TOKEN, TwilioAccount
from tests.support.ways_out import NOW, TEXT, twilio

SERVICE, CONTENT = f"MG{'1' * 32}", f"HX{'2' * 32}"
APPROVED = (ApprovedText(CONTENT, "ready", "uk", gaps=("text", "link")),)


class Desk:
    """A till with its own clock, and an account with Twilio's."""

    def __init__(self, url: str, account: TwilioAccount, **changed: object) -> None:
        self.clock = VirtualClock(NOW)
        self.account = account
        self.channel = Twilio(replace(twilio(url), **changed), TOKEN, self.clock)  # type: ignore[arg-type]

    def lose(self) -> Instant:
        """Send one whose answer is lost after it was taken; when that began."""
        self.account.plan.append("take-reset")
        assert self.channel.send(TEXT) == Unknown("reset", down=True)
        return NOW

    def wait(self, milliseconds: int = SETTLES_MS) -> None:
        self.clock.advance(milliseconds)


@contextmanager
def desk(account: TwilioAccount | None = None, **changed: object) -> Iterator[Desk]:
    account = account or TwilioAccount(clock=VirtualClock(NOW))
    with running(account) as url:
        made = Desk(url, account, **changed)
        try:
            yield made
        finally:
            made.channel.close()


def test_a_text_goes_with_its_sender_its_words_and_its_validity() -> None:
    with desk() as till:
        assert till.channel.send(TEXT) == Accepted(till.account.messages[0]["sid"])
        assert till.account.requests[0].form == {
            "To": "+380671234567",
            "From": SENDER,
            "Body": TEXT.text,
            "SmartEncoded": "false",
            "ValidityPeriod": "1200",
        }


def test_a_service_sends_instead_of_a_number() -> None:
    with desk(sender=SERVICE) as till:
        assert isinstance(till.channel.send(TEXT), Accepted)
        form = till.account.requests[0].form
        assert form["MessagingServiceSid"] == SERVICE
        assert "From" not in form


@pytest.mark.parametrize(("left_ms", "said"), [(HOUR_MS * 20, "36000"), (SECOND_MS, "1")])
def test_the_validity_is_what_twilio_can_hold(left_ms: int, said: str) -> None:
    with desk() as till:
        till.channel.send(replace(TEXT, not_after=Instant(NOW + left_ms)))
        assert till.account.requests[0].form["ValidityPeriod"] == said


def test_what_is_too_late_is_not_even_asked_for() -> None:
    with desk() as till:
        till.clock.set(TEXT.not_after)
        assert till.channel.send(TEXT) == GiveUp("too_late")
        assert not till.account.requests


def test_a_message_for_whatsapp_fills_an_approved_text() -> None:
    with desk(whatsapp=True, approved=APPROVED) as till:
        assert isinstance(till.channel.send(TEXT), Accepted)
        form = till.account.requests[0].form
        assert (form["To"], form["From"]) == ("whatsapp:+380671234567", f"whatsapp:{SENDER}")
        assert form["ContentSid"] == CONTENT
        assert json.loads(form["ContentVariables"]) == {"1": TEXT.text, "2": TEXT.link}
        assert "Body" not in form


def test_without_an_approved_text_whatsapp_gets_the_words_themselves() -> None:
    with desk(whatsapp=True, approved=APPROVED) as till:
        till.channel.send(replace(TEXT, about="on_its_way"))
        assert till.account.requests[0].form["Body"] == TEXT.text


@pytest.mark.parametrize(
    ("to", "outcome"),
    [
        ("+15005550001", GiveUp("number_refused")),
        ("+380000000000", GiveUp("unsubscribed")),
        ("+15005550003", GiveUp("country_refused")),
    ],
)
def test_a_refused_number_is_the_end_of_its_text(to: str, outcome: Outcome) -> None:
    with desk() as till:
        assert till.channel.send(replace(TEXT, to=to)) == outcome


def test_a_sender_that_may_not_send_is_nobodys_text_s_fault() -> None:
    with desk(sender="+15005550007") as till:
        assert till.channel.send(TEXT) == RetryLater("sender_refused", down=True)


@pytest.mark.parametrize(
    ("status", "error", "report"),
    [
        ("queued", None, ("sent", "queued")),
        ("accepted", None, ("sent", "accepted")),
        ("sending", None, ("sent", "sending")),
        ("sent", None, ("sent", "sent")),
        ("delivered", None, ("delivered", "delivered")),
        ("read", None, ("delivered", "read")),
        ("undelivered", 30003, ("failed", "e30003")),
        ("failed", 30007, ("failed", "e30007")),
        ("canceled", None, ("failed", "canceled")),
    ],
)
def test_a_state_is_a_state_and_a_code(
    status: str, error: int | None, report: tuple[str, str]
) -> None:
    with desk() as till:
        taken = till.channel.send(TEXT)
        assert isinstance(taken, Accepted)
        till.account.tell(status, error)
        assert till.channel.poll(taken.provider_id) == Report(*report, taken.provider_id)


def test_a_state_that_nobody_knows_changes_nothing() -> None:
    with desk() as till:
        taken = till.channel.send(TEXT)
        assert isinstance(taken, Accepted)
        till.account.tell("teleported")
        assert till.channel.poll(taken.provider_id) is None


def test_our_own_id_is_never_answered_with_never_had() -> None:
    """Twilio knows no message by it: “not found” would send the text a second time."""
    with desk() as till:
        assert till.channel.poll(TEXT.uid) is None
        assert till.channel.poll("") is None
        assert not till.account.requests


def test_a_message_that_was_deleted_there_had_been_taken() -> None:
    with desk() as till:
        taken = till.channel.send(TEXT)
        assert isinstance(taken, Accepted)
        till.account.messages.clear()
        assert till.channel.poll(taken.provider_id) == Report(
            "sent", "no_record", taken.provider_id
        )


def test_a_lost_text_is_found_while_it_still_waits_there() -> None:
    with desk() as till:
        since = till.lose()
        sid = till.account.messages[0]["sid"]
        assert till.account.messages[0]["date_sent"] is None
        assert till.channel.find(TEXT, since) == Report("sent", "queued", sid)
        till.account.tell("delivered")
        assert till.channel.find(TEXT, since) == Report("delivered", "delivered", sid)


def test_a_text_that_never_came_is_absent_but_only_after_a_while() -> None:
    with desk() as till:
        till.account.plan.append("reset")
        assert till.channel.send(TEXT) == Unknown("reset", down=True)
        assert till.channel.find(TEXT, NOW) is None
        till.wait(SETTLES_MS - 1)
        assert till.channel.find(TEXT, NOW) is None
        till.wait(1)
        assert till.channel.find(TEXT, NOW) == Report("absent")


def test_a_text_that_is_listed_late_is_not_sent_twice() -> None:
    with desk() as till:
        since = till.lose()
        till.account.hides = 1
        assert till.channel.find(TEXT, since) is None
        till.account.hides = 0
        found = till.channel.find(TEXT, since)
        assert found is not None
        assert found.state == "sent"


def test_two_equal_texts_leave_it_unknown() -> None:
    with desk() as till:
        till.account.add(TEXT.to, TEXT.text)
        since = till.lose()
        till.wait()
        assert till.channel.find(TEXT, since) is None


def test_other_texts_numbers_and_answers_of_the_guest_are_not_it() -> None:
    with desk() as till:
        till.account.add(TEXT.to, "Trattoria: A43 готується.")
        till.account.add("+380501112233", TEXT.text)
        till.account.add(TEXT.to, TEXT.text, direction="inbound")
        till.wait()
        assert till.channel.find(TEXT, NOW) == Report("absent")


def test_the_same_words_of_an_hour_ago_are_not_it() -> None:
    with desk() as till:
        till.account.add(TEXT.to, TEXT.text)
        since = Instant(NOW + HOUR_MS)
        till.clock.set(Instant(since + SETTLES_MS))
        assert till.channel.find(TEXT, since) == Report("absent")


@pytest.mark.parametrize("ahead_ms", [-9 * MINUTE_MS, 9 * MINUTE_MS])
def test_a_till_whose_clock_is_wrong_finds_its_text_all_the_same(ahead_ms: int) -> None:
    account = TwilioAccount(clock=VirtualClock(Instant(NOW + ahead_ms)))
    with desk(account) as till:
        assert till.channel.find(TEXT, till.lose()) is not None


def test_a_trial_account_s_own_words_do_not_hide_it() -> None:
    account = TwilioAccount(
        clock=VirtualClock(NOW), prefix="Sent from your Twilio trial account - "
    )
    with desk(account) as till:
        assert till.channel.find(TEXT, till.lose()) is not None


def test_it_is_found_on_a_later_page() -> None:
    with desk() as till:
        since = till.lose()
        for _ in range(30):
            till.account.add(TEXT.to, "Something else.")
        assert till.channel.find(TEXT, since) is not None
        assert len(till.account.requests) == 3


def test_an_old_guest_s_list_is_not_read_to_its_end() -> None:
    clock = VirtualClock(Instant(NOW - 300 * HOUR_MS))
    account = TwilioAccount(clock=clock)
    for _ in range(150):
        account.add(TEXT.to, "Trattoria: A1 готове.")
        clock.advance(HOUR_MS)
    with desk(account) as till:
        till.wait()
        assert till.channel.find(TEXT, NOW) == Report("absent")
        assert len(account.requests) == 1


def test_a_list_that_does_not_end_tells_nothing() -> None:
    with desk() as till:
        for _ in range(150):
            till.account.add(TEXT.to, "Something else.")
        till.wait()
        assert till.channel.find(TEXT, NOW) is None
        assert len(till.account.requests) == 5


@pytest.mark.parametrize(
    "step",
    [
        "refuse:500",
        "refuse:401",
        "refuse:429",
        "reset",
        "body:{}",
        "body:garbage",
        'body:{"messages": [], "next_page_uri": "https://example.com/"}',
        'body:{"messages": [{"direction": "outbound-api", "date_created": "soon"}]}',
        'body:{"messages": [{"direction": "outbound-api", "date_created": null}]}',
    ],
)
def test_a_list_that_cannot_be_read_tells_nothing(step: str) -> None:
    with desk() as till:
        till.wait()
        till.account.plan.append(step)
        assert till.channel.find(TEXT, NOW) is None
        assert till.channel.find(TEXT, NOW) == Report("absent")


def test_an_approved_text_is_known_by_what_filled_it() -> None:
    with desk(whatsapp=True, approved=APPROVED) as till:
        since = till.lose()
        found = till.channel.find(TEXT, since)
        assert found is not None
        assert found.state == "sent"


def test_an_approved_text_that_reads_otherwise_leaves_it_unknown() -> None:
    with desk(whatsapp=True, approved=APPROVED) as till:
        till.wait()
        assert till.channel.find(TEXT, NOW) == Report("absent")
        till.account.add(f"whatsapp:{TEXT.to}", "Ваше замовлення готове!")
        assert till.channel.find(TEXT, NOW) is None


def test_an_api_key_stands_for_the_account() -> None:
    key = f"SK{'1' * 32}"
    with desk(key_sid=key) as till:
        till.channel.send(TEXT)
        _, _, sent = till.account.requests[0].headers["authorization"].partition(" ")
        assert base64.b64decode(sent).decode() == f"{key}:{TOKEN}"
