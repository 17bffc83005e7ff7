"""What every way out holds, whatever the gateway does: one outcome, no exception, no secret."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace

import pytest
import requests

from pos_app.channels import guard
from pos_app.channels.guard import GuardedSession
from pos_app.channels.protocol import (
    Accepted,
    Declares,
    Findable,
    Outcome,
    RetryLater,
    Unknown,
    tells_delivery,
)
from tests.support.providers import running
from tests.support.ways_out import TEXT, WAYS, Way, channel_to, connected

ANOTHER = replace(TEXT, uid="018f3a5e-7c1d-7e2a-9b3c-4d5e6f708193", text="Trattoria: A44.")
every_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)


@every_way
def test_a_text_is_taken_once(way: Way) -> None:
    provider = way.made()
    with connected(way, provider) as channel:
        assert isinstance(channel.send(TEXT), Accepted)
    assert len(provider.requests) == 1


@every_way
@pytest.mark.parametrize(
    ("step", "outcome"),
    [
        ("refuse:401", RetryLater("credentials", down=True)),
        ("refuse:403", RetryLater("credentials", down=True)),
        ("refuse:404", RetryLater("no_gateway_there", down=True)),
        ("refuse:429:120", RetryLater("busy", 120.0, down=True)),
        ("refuse:429", RetryLater("busy", down=True)),
        ("redirect:301:https://example.com/", RetryLater("redirect", down=True)),
        ("redirect:302:http://[", Unknown("redirect", down=True)),
        ("redirect:303:/done", Unknown("redirect", down=True)),
        ("refuse:500", Unknown("gateway_error")),
        ("refuse:502", Unknown("gateway_error", down=True)),
        ("refuse:503:60", Unknown("gateway_error", down=True)),
        ("refuse:599", Unknown("gateway_error")),
        ("raw:SSH-2.0-OpenSSH\r\n", Unknown("reset", down=True)),
        ("raw:HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{", Unknown("reset", down=True)),
        ("reset", Unknown("reset", down=True)),
        ("take-reset", Unknown("reset", down=True)),
    ],
)
def test_what_an_answer_means_where_nobody_knows_our_id(
    way: Way, step: str, outcome: Outcome
) -> None:
    provider = way.made()
    provider.plan.append(step)
    with connected(way, provider) as channel:
        assert channel.send(TEXT) == outcome
        assert isinstance(channel.send(ANOTHER), Accepted), "and then it is well again"


# A template without a path into the answer takes any 200 for a yes, as it was told.
@pytest.mark.parametrize("way", WAYS[:-1], ids=lambda way: way.name)
def test_a_sign_in_page_is_no_yes(way: Way) -> None:
    provider = way.made()
    provider.plan.extend(["body:<html>sign in</html>", "body:", "body:\xff", "body:" + "[" * 9000])
    with connected(way, provider) as channel:
        for _ in range(4):
            assert channel.send(TEXT) == Unknown("garbage", down=True)


@every_way
def test_a_wrong_secret_is_no_reason_to_give_up(way: Way) -> None:
    with connected(way, way.made(), "wrong") as channel:
        assert channel.send(TEXT) == RetryLater("credentials", down=True)


def test_a_secret_that_no_header_carries_is_not_half_sent() -> None:
    """It is refused when it is entered; a store that holds it all the same ends no lane."""
    session = GuardedSession(lan=True, headers={"Authorization": "Bearer a\r\nX: y"})
    with pytest.raises(guard.CallFailed, match="bad_header") as failed:
        session.call("POST", "http://127.0.0.1:9/", json={})
    assert failed.value.not_sent
    session.close()


@every_way
def test_a_gateway_that_is_off_took_nothing(way: Way) -> None:
    with running(way.made()) as url:
        setup = way.setup(url)
    with channel_to(setup, way.secret) as channel:
        assert channel.send(TEXT) == RetryLater("unreachable", down=True)


@every_way
@pytest.mark.parametrize("step", ["silent", "take-silent"])
def test_a_silent_gateway_is_waited_for_so_long_and_no_longer(
    way: Way, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider = way.made()
    provider.plan.append(step)
    monkeypatch.setattr(guard, "TIMEOUT_S", 0.3)
    with connected(way, provider) as channel:
        assert channel.send(TEXT) == Unknown("timeout", down=True)


@every_way
def test_a_silent_gateway_does_not_hold_up_the_end(way: Way) -> None:
    provider = way.made()
    provider.plan.append("silent")
    outcomes: list[Outcome] = []
    with connected(way, provider) as channel:
        sender = threading.Thread(target=lambda: outcomes.append(channel.send(TEXT)))
        sender.start()
        provider.wait_for_requests(1)
        channel.cut()
        sender.join(2)
        assert outcomes == [Unknown("reset", down=True)]


@every_way
def test_a_text_that_is_about_to_leave_at_the_end_is_kept_for_the_next_time(way: Way) -> None:
    provider = way.made()
    with connected(way, provider) as channel:
        assert isinstance(channel.send(TEXT), Accepted)
        heard = len(provider.requests)
        channel.cut()
        assert channel.send(TEXT) == RetryLater("unreachable", down=True)
    assert len(provider.requests) == heard


@every_way
def test_nothing_secret_is_logged_or_said(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    provider = way.made()
    raw = "raw:HTTP/1.1 200 OK\r\nno header at all\r\nContent-Length: 2\r\n\r\n{}"
    steps = ["refuse:401", "refuse:500", "redirect:302:/x", "reset", raw, "body:{}", ""]
    provider.plan.extend(steps)
    said = []
    with connected(way, provider) as channel:
        said += [repr(channel.send(TEXT)) for _ in steps]
        said += [repr(channel.poll("1")), repr(channel), str(channel)]
    with connected(way, way.made(), f"{way.secret}x") as channel:
        said.append(repr(channel.send(TEXT)))
    everything = "\n".join(
        [*said, caplog.text, *(str(record.exc_info) for record in caplog.records)]
    )
    for secret in (way.secret, TEXT.to, "A43"):
        assert secret not in everything


@every_way
def test_a_way_out_says_what_can_be_done_after_an_unknown_end(way: Way) -> None:
    with connected(way, way.made()) as channel:
        is_findable = channel.declares is Declares.FINDABLE
        assert isinstance(channel, Findable) == is_findable == (way.name == "twilio")
        assert channel.declares is not Declares.KEYED
        asks = way.name in {"twilio", "turbosms", "smsclub"}
        assert tells_delivery(channel) == asks


@every_way
def test_no_gateway_is_followed_or_remembered(way: Way) -> None:
    provider = way.made()
    head = "HTTP/1.1 302 Found\r\nLocation: \xff\xfe\r\nSet-Cookie: a=b\r\n"
    provider.plan.append(f"raw:{head}Content-Length: 0\r\n\r\n")
    with connected(way, provider) as channel:
        assert channel.send(TEXT) == Unknown("redirect", down=True)
        channel.send(TEXT)
    assert len(provider.requests) == 2
    assert "cookie" not in provider.requests[-1].headers


def test_the_library_would_have_followed_a_bad_address_into_an_exception() -> None:
    """Why the guard looks at no `Location`: this is what it did before."""
    answer = requests.Response()
    answer.status_code = 302
    answer.headers["Location"] = "\xff\xfe"
    with pytest.raises(UnicodeDecodeError):
        requests.Session().get_redirect_target(answer)
