"""Outgoing webhooks: what a receiver gets, whether it can trust it, and when it is tried again."""

from __future__ import annotations

import base64
import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from pos_app.channels.protocol import Accepted, GiveUp, Outcome, RetryLater
from pos_app.channels.retrying import LONGEST_MS, SCHEDULE_MS, asked_s, wait_ms
from pos_app.channels.setups_direct import EVENT_TYPES, WebhookSetup
from pos_app.channels.webhook_events import (
    CHANGED,
    OrderEvent,
    is_wanted,
    payload,
    type_of,
)
from pos_app.channels.webhook_signing import new_secret, secret_bytes, signed
from pos_app.channels.webhooks import Webhook
from pos_app.clock import DAY_MS, Instant, SystemClock, VirtualClock
from pos_app.domain.order import Address, Customer, Draft, Order
from pos_app.domain.workflow import Fulfilment
from pos_app.errors import BadInput
from tests.support.certificates import authority
from tests.support.receiver import HTTP_ANSWERS, Receiver, Reply, answering_bytes, receiving
from tests.support.shops import EVENING, line, open_test_shop

NOW = Instant(1_795_455_120_000)
UID = "018f3a5e-7c1d-7e2a-9b3c-4d5e6f708192"
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
BODY = b'{"type":"order.ready"}'


def hook(url: str, *secrets: str) -> Webhook:
    return Webhook(WebhookSetup(url, lan=True), secrets or (SECRET,), SystemClock())


@pytest.fixture
def delivery(tmp_path: Path) -> Order:
    """A delivery with everything about a guest that an order can hold."""
    draft_of = {
        "customer": Customer("Olena Zhuk", "+380671234567", "uk", order_texts=True),
        "address": Address("Lisova 5", "2", "7", "45B", "the dog bites"),
        "allergy": "peanuts",
        "note": "ring twice",
    }
    with open_test_shop(tmp_path, clock=VirtualClock(EVENING)) as shop:
        dish = line(shop, "Margherita", 2, note="for Olena")
        return shop.desk.place(Draft(Fulfilment.DELIVERY, (dish,), **draft_of)).order  # type: ignore[arg-type]


PERSONAL = ("Olena", "Zhuk", "380671234567", "Lisova", "45B", "dog", "peanuts", "twice")


def test_a_receiver_learns_nothing_of_the_guest_unless_a_manager_ticked_it(delivery: Order) -> None:
    event = OrderEvent(UID, type_of(delivery.kind.value), EVENING)
    plain, personal = (payload(event, delivery, personal=ticked) for ticked in (False, True))
    assert not [word for word in PERSONAL if word in plain.decode()]
    told = json.loads(plain)
    assert told["type"] == f"order.{delivery.kind.value}"
    assert told["timestamp"] == "2026-11-23T19:00:00+00:00"
    data = told["data"]
    assert (data["number"], data["total"], data["due"]) == (
        delivery.number,
        delivery.total,
        delivery.due,
    )
    assert data["lines"][0]["names"]["en"] == "Margherita"
    assert "guest" not in data
    guest = json.loads(personal)["data"]["guest"]
    assert (guest["name"], guest["phone"]) == ("Olena Zhuk", "+380671234567")
    assert (guest["street"], guest["door_code"]) == ("Lisova 5", "45B")
    assert payload(event, delivery, personal=True) == personal


def test_an_event_is_named_by_the_status_that_was_entered() -> None:
    assert type_of("ready") == "order.ready"
    assert type_of("anything else") == CHANGED
    some = WebhookSetup("https://a.example", events=("order.ready",))
    ready, late = OrderEvent(UID, "order.ready", NOW), OrderEvent(UID, CHANGED, NOW)
    assert (is_wanted(some, ready), is_wanted(some, late)) == (True, False)
    everything = WebhookSetup("https://a.example")
    assert all(is_wanted(everything, OrderEvent(UID, name, NOW)) for name in EVENT_TYPES)


def test_an_independent_verifier_believes_what_arrives_and_nothing_that_was_changed() -> None:
    receiver, old = Receiver(), new_secret()
    with receiving(receiver) as url:
        channel = hook(f"{url}/orders", SECRET, old)
        assert channel.deliver(UID, BODY) == Accepted(UID)
        channel.close()
    (request,) = receiver.requests
    assert request.path == "/orders"
    assert request.headers["webhook-id"] == UID
    assert request.headers["content-type"] == "application/json"
    headers = dict(request.headers)
    for secret in (SECRET, old):
        assert Verifier(secret).verify(request.body, headers) == json.loads(BODY)
    with pytest.raises(WebhookVerificationError):
        Verifier(new_secret()).verify(request.body, headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(SECRET).verify(request.body + b" ", headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(SECRET).verify(request.body, {**headers, "webhook-id": UID[:-1] + "0"})


def test_the_specifications_own_example() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    key, at = secret_bytes(secret), Instant(1_614_265_330_000)
    headers = signed("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', [key], at)
    assert headers["webhook-timestamp"] == "1614265330"
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    moment = datetime.fromtimestamp(at / 1000, UTC)
    own = Verifier(secret).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", moment, '{"test": 2432232314}')
    assert headers["webhook-signature"] == own


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_c2hvcnQ=", SECRET[6:], f"{SECRET}!", "whsec_" + "A" * 200]
)
def test_a_secret_in_a_wrong_shape_is_refused_and_not_repeated(secret: str) -> None:
    with pytest.raises(BadInput) as refused:
        hook("https://a.example", secret)
    assert refused.value.field == "secret"
    assert not secret or secret not in str(refused.value).replace("whsec_ and", "")


@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        (Reply(204), Accepted(UID)),
        (Reply(410), GiveUp("disabled")),
        (Reply(429, headers={"Retry-After": "120"}), RetryLater("busy", 120.0, down=True)),
        (Reply(503), RetryLater("gateway_error", down=True)),
        (Reply(500), RetryLater("gateway_error")),
        (Reply(400), RetryLater("rejected")),
        (Reply(302, headers={"Location": "https://elsewhere.example"}), RetryLater("redirect")),
        (Reply(200, b"x" * 70_000), RetryLater("garbage")),
        ("reset", RetryLater("reset", down=True)),
        ("take-reset", RetryLater("reset", down=True)),
    ],
)
def test_what_an_answer_means(step: Reply | str, outcome: Outcome) -> None:
    receiver = Receiver()
    receiver.plan.append(step)
    with receiving(receiver) as url:
        channel = hook(url)
        assert channel.deliver(UID, BODY) == outcome
        assert channel.deliver(UID, BODY) == Accepted(UID), "and then it is well again"
        channel.close()
    assert {request.headers["webhook-id"] for request in receiver.requests} == {UID}


def test_a_receiver_must_prove_who_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roots = tmp_path / "roots.pem"
    roots.write_text(authority().pem)
    receiver = Receiver()
    for name, days, outcome in (
        ("127.0.0.1", 2, Accepted(UID)),
        ("other.example", 2, RetryLater("tls", down=True)),
        ("127.0.0.1", -1, RetryLater("tls", down=True)),
    ):
        with receiving(receiver, authority().context(tmp_path, name, days=days)) as url:
            channel = hook(url)
            monkeypatch.setattr(channel._session._session, "verify", str(roots))
            assert channel.deliver(UID, BODY) == outcome
            channel.close()
    assert len(receiver.requests) == 1


def test_an_unticked_network_is_not_told() -> None:
    receiver = Receiver()
    with receiving(receiver) as url:
        channel = Webhook(WebhookSetup(url), (SECRET,), SystemClock())
        assert channel.deliver(UID, BODY) == RetryLater("address_not_allowed", down=True)
        channel.close()
    assert receiver.requests == []


def test_a_silent_receiver_does_not_hold_up_the_end() -> None:
    receiver, outcomes = Receiver(), list[Outcome]()
    receiver.plan.append("silent")
    with receiving(receiver) as url:
        channel = hook(url)
        sender = threading.Thread(target=lambda: outcomes.append(channel.deliver(UID, BODY)))
        sender.start()
        receiver.wait_for(1)
        channel.cut()
        sender.join(5)
        channel.close()
    assert outcomes == [RetryLater("reset", down=True)]


@settings(max_examples=20, deadline=None)
@given(HTTP_ANSWERS)
def test_whatever_a_receiver_answers_there_is_an_outcome(answer: bytes) -> None:
    with answering_bytes() as (url, said):
        said[0] = answer
        channel = hook(url)
        outcome = channel.deliver(UID, BODY)
        channel.close()
    assert isinstance(outcome, Accepted | RetryLater | GiveUp)


def test_tries_go_on_for_three_days_and_then_it_is_a_dead_letter() -> None:
    waits = [wait_ms(tries) for tries in range(1, len(SCHEDULE_MS) + 2)]
    assert waits[:3] == [5_000, 300_000, 1_800_000]
    assert waits[-1] is None
    assert sum(wait or 0 for wait in waits) > 3 * DAY_MS
    assert wait_ms(1, 600.0) == 600_000, "a receiver that asks for more gets it"
    assert wait_ms(3, 1.0) == 1_800_000


@given(st.integers(0, 20), st.none() | st.floats(0, 1e9), st.floats(0, 1))
def test_no_wait_is_longer_than_a_day_and_a_bit(
    tries: int, asked: float | None, spread: float
) -> None:
    wait = wait_ms(tries, asked, spread=spread)
    assert (wait is None) == (tries > len(SCHEDULE_MS))
    assert wait is None or 5_000 <= wait <= 1.25 * LONGEST_MS


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("999999", 86_400.0),
        ("Mon, 23 Nov 2026 17:33:00 GMT", 60.0),
        ("Mon, 23 Nov 2020 17:33:00 GMT", 0.0),
        ("-5", None),
        ("٣", None),
        ("soon", None),
        ("Mon, 99 Nov 2026 17:33:00 GMT", None),
    ],
)
def test_a_wish_to_wait_is_a_number_or_a_date(text: str, seconds: float | None) -> None:
    assert asked_s({"retry-after": text}, NOW) == seconds
    assert asked_s({}, NOW) is None


@given(st.text(max_size=60))
def test_any_wish_is_read_or_left(text: str) -> None:
    found = asked_s({"retry-after": text}, NOW)
    assert found is None or 0 <= found <= LONGEST_MS / 1000
