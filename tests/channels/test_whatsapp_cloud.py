"""WhatsApp's Cloud API: only approved texts leave, and each refusal has its meaning."""

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
from tests.support.providers import running
from tests.support.ways_out import TEXT, channel_to, whatsapp
from tests.support.whatsapp_business import TOKEN, WhatsAppBusiness


@contextmanager
def business(provider: WhatsAppBusiness) -> Iterator[Channel]:
    with running(provider) as url, channel_to(whatsapp(url), TOKEN) as channel:
        yield channel


def test_a_text_leaves_as_the_approved_one_of_its_occasion_and_language() -> None:
    provider = WhatsAppBusiness()
    with business(provider) as channel:
        assert channel.send(TEXT) == Accepted("wamid.1")
    assert provider.taken == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "380671234567",
            "type": "template",
            "template": {
                "name": "order_ready",
                "language": {"code": "uk"},
                "components": [
                    {"type": "body", "parameters": [{"type": "text", "text": TEXT.text}]}
                ],
            },
            "biz_opaque_callback_data": TEXT.uid,
        }
    ]


def test_gaps_are_filled_in_their_order_on_one_line() -> None:
    provider = WhatsAppBusiness()
    on_its_way = replace(TEXT, about="on_its_way", language="en", text="Your order\nis    near.")
    with business(provider) as channel:
        assert isinstance(channel.send(on_its_way), Accepted)
        assert isinstance(channel.send(replace(on_its_way, link="")), Accepted)
    gaps = [
        [gap["text"] for gap in taken["template"]["components"][0]["parameters"]]
        for taken in provider.taken
    ]
    assert gaps == [["Your order is near.", TEXT.link], ["Your order is near.", "–"]]


@pytest.mark.parametrize("message", [replace(TEXT, about="late"), replace(TEXT, language="en")])
def test_what_nobody_approved_is_not_sent(message: object) -> None:
    provider = WhatsAppBusiness()
    with business(provider) as channel:
        assert channel.send(message) == GiveUp("no_template")  # type: ignore[arg-type]
    assert not provider.requests


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (400, 131026, GiveUp("number_refused")),
        (400, 131030, GiveUp("number_refused")),
        (400, 131049, GiveUp("withheld")),
        (400, 131050, GiveUp("unsubscribed")),
        (400, 131047, GiveUp("window_closed")),
        (404, 132001, GiveUp("template_refused")),
        (400, 132015, GiveUp("template_refused")),
        (400, 131008, GiveUp("rejected")),
        (400, 131056, RetryLater("pair_rate", 60.0, for_number=True)),
        (400, 130429, RetryLater("busy", down=True)),
        (400, 80007, RetryLater("busy", down=True)),
        (400, 131048, RetryLater("spam_limit", down=True)),
        (403, 131031, RetryLater("account_blocked", down=True)),
        (400, 131042, RetryLater("no_credit", down=True)),
        (400, 133010, RetryLater("sender_refused", down=True)),
        (401, 190, RetryLater("credentials", down=True)),
        (403, 200, RetryLater("credentials", down=True)),
        (503, 2, RetryLater("gateway_error", down=True)),
        (500, 131000, Unknown("gateway_error")),
        (500, 1, Unknown("gateway_error")),
        (500, 99, Unknown("gateway_error")),
    ],
)
def test_what_a_code_means(status: int, code: int, outcome: Outcome) -> None:
    provider = WhatsAppBusiness(faults=[(status, code)])
    with business(provider) as channel:
        assert channel.send(TEXT) == outcome
        assert isinstance(channel.send(TEXT), Accepted)


def test_what_became_of_it_is_never_learnt_and_never_asked() -> None:
    provider = WhatsAppBusiness()
    with business(provider) as channel:
        taken = channel.send(TEXT)
        assert isinstance(taken, Accepted)
        assert channel.poll(taken.provider_id) == Report("sent", "", taken.provider_id)
    assert len(provider.requests) == 1
