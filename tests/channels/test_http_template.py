"""A gateway written down by a manager: values go where they belong, and nothing else moves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.channels import templates
from pos_app.channels.protocol import (
    Accepted,
    Channel,
    GiveUp,
    Outcome,
    OutgoingText,
    Report,
    RetryLater,
    Unknown,
)
from pos_app.channels.setups import HttpTemplateSetup
from tests.support.any_gateway import SECRET, AnyGateway
from tests.support.providers import running
from tests.support.ways_out import NOW, TEXT, channel_to, http_address, http_template

SLY = replace(TEXT, text='{to} "}, {uid}&to=1#x%41\\\n{secret} ‘є’')


@contextmanager
def gateway(provider: AnyGateway, **changed: Any) -> Iterator[Channel]:
    with (
        running(provider) as url,
        channel_to(replace(http_template(url), **changed), SECRET) as channel,
    ):
        yield channel


@contextmanager
def by_address(provider: AnyGateway) -> Iterator[Channel]:
    with running(provider) as url, channel_to(http_address(url), SECRET) as channel:
        yield channel


def test_values_go_into_json_headers_and_nowhere_else() -> None:
    provider = AnyGateway()
    with gateway(provider) as channel:
        assert channel.send(TEXT) == Accepted("701")
    (request,) = provider.requests
    assert (request.method, request.target) == ("POST", "/send?key=1")
    assert request.headers["x-key"] == f"Key {SECRET}"
    assert request.headers["content-type"] == "application/json"
    assert request.json == {
        "to": "380671234567",
        "text": TEXT.text,
        "meta": [{"ref": TEXT.uid}, 1, None],
    }


@pytest.mark.parametrize("message", [TEXT, SLY], ids=["plain", "sly"])
def test_a_value_is_no_template_wherever_it_stands(message: OutgoingText) -> None:
    provider = AnyGateway()
    form = {"kind_of_body": "form", "body": "phone={to}&message={text}&x=%7Bto%7D"}
    with by_address(provider) as channel:
        assert channel.send(message) == Accepted("")
    with gateway(provider) as channel:
        assert isinstance(channel.send(message), Accepted)
    with gateway(provider, **form) as channel:
        assert isinstance(channel.send(message), Accepted)
    by_query, by_json, by_form = provider.requests
    assert by_query.path == "/send"
    assert by_query.query == {"key": SECRET, "to": "+380671234567", "text": message.text}
    assert by_json.json["text"] == message.text
    assert by_form.form["message"] == message.text
    assert by_form.form["phone"] == message.to
    assert by_form.headers["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("status", "said", "outcome"),
    [
        (200, {"state": "ok"}, Accepted("")),
        (200, {"state": "no"}, GiveUp("rejected")),
        (200, {"state": True}, GiveUp("rejected")),
        (200, {"status": "ok"}, Unknown("garbage")),
        (200, [], Unknown("garbage")),
        (201, {"state": "ok", "data": {"messages": [{"id": "a b"}]}}, Accepted("a b")),
        (201, {"state": "ok", "data": {"messages": [{"id": "a\x00"}]}}, Accepted("")),
        (201, {"state": "ok", "data": {"messages": [{"id": "x" * 999}]}}, Accepted("")),
        (201, {"state": "ok", "data": {"messages": [{"id": {}}]}}, Accepted("")),
        (400, {"state": "ok"}, GiveUp("rejected")),
        (401, {"state": "ok"}, RetryLater("credentials", down=True)),
    ],
)
def test_what_an_answer_means(status: int, said: object, outcome: Outcome) -> None:
    with gateway(AnyGateway(says=[(status, said)])) as channel:
        assert channel.send(TEXT) == outcome


def test_another_success_than_the_one_named_is_not_known() -> None:
    with gateway(AnyGateway(), success_statuses=(202,)) as channel:
        assert channel.send(TEXT) == Unknown("unexpected_status")


@pytest.mark.parametrize(("said", "value"), [(True, "true"), (0, "0"), ("OK", "OK"), (7, "")])
def test_a_value_of_success_is_written_as_a_person_writes_it(said: object, value: str) -> None:
    provider = AnyGateway(says=[(200, {"state": said})])
    with gateway(provider, success_value=value) as channel:
        assert isinstance(channel.send(TEXT), Accepted)


def test_nothing_can_be_asked_later() -> None:
    provider = AnyGateway()
    with gateway(provider) as channel:
        assert channel.poll("701") == Report("sent", "", "701")
    assert not provider.requests


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_comes_out_of_an_address_as_it_went_in(text: str) -> None:
    """Lone halves of a pair aside: no encoding can carry them."""
    message = OutgoingText("u", "+1", text, NOW)
    filled = templates.address("https://x.example/?t={text}&e=1", templates.values(message, ""))
    assert filled.isascii()
    assert filled.count("&") == filled.count("=") - 1 == 1
    assert "#" not in filled


@given(st.text(max_size=60))
def test_a_filled_value_is_never_filled_again(text: str) -> None:
    given_values = {**dict.fromkeys(templates.NAMES, "WRONG"), "text": text}
    assert templates.fill("<{text}>", given_values) == f"<{text}>"


def test_a_path_is_a_list_of_steps() -> None:
    assert templates.steps("data.messages[0].id") == ("data", "messages", 0, "id")
    assert templates.steps("a[1][2].b") == ("a", 1, 2, "b")
    assert templates.steps("") == ()


def test_json_with_a_name_in_braces_keeps_it() -> None:
    setup = HttpTemplateSetup("https://x.example/", body='{"{to}": "{to}", "t": "{text}"}')
    tree = templates.filled_json(templates.json_of(setup.body), templates.values(TEXT, ""))
    assert tree == {"{to}": TEXT.to, "t": TEXT.text}
