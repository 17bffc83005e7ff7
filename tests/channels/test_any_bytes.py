"""Whatever bytes a gateway answers, a way out says one outcome and never raises."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pos_app.channels.protocol import (
    Accepted,
    Channel,
    Findable,
    GiveUp,
    Outcome,
    Report,
    RetryLater,
    Unknown,
)
from pos_app.channels.setups import SmsGateSetup
from tests.support.raw_gateway import RawGateway, raw_gateway
from tests.support.ways_out import NOW, TEXT, WAYS, Way, channel_to

ALL = (
    *WAYS,
    Way("smsgate", WAYS[0].made, lambda url: SmsGateSetup(url, "till", lan=True), "secret"),
)
_SHORT = re.compile(r"[a-z0-9_]{0,64}")
_NAMES = st.sampled_from(
    (
        "id",
        "sid",
        "status",
        "state",
        "code",
        "error",
        "messages",
        "message_id",
        "response_code",
        "response_result",
        "success_request",
        "info",
        "add_info",
        "data",
        "direction",
        "to",
        "body",
        "date_created",
        "next_page_uri",
        "recipients",
    )
)
_VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(["sent", "outbound-api", "ok", f"SM{'0' * 32}", TEXT.to, TEXT.text, "Failed"])
    | st.sampled_from([0, 507, 800, 131056, 21610, "Mon, 23 Nov 2026 20:00:00 +0000"])
)
_TREES = st.recursive(
    _VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES, inner, max_size=6),
    max_leaves=20,
)
_STATUSES = st.integers(100, 599) | st.sampled_from([200, 201, 400, 429, 453])
_ODD = (
    b"Location: \xff\xfe",
    b"Location: http://[",
    b"Retry-After: -1",
    b"Retry-After: \xb2",
    b"Content-Length: 9",
    b"Content-Length: x",
    b"Content-Length: 1,2",
    b"Set-Cookie: \xff",
    b"Transfer-Encoding: chunked",
    b"Content-Encoding: gzip",
    b"no header",
    b": x",
)
_HEADERS = st.lists(st.sampled_from(_ODD), max_size=3)


@st.composite
def answers(draw: st.DrawFn) -> bytes:
    """Something like HTTP, with a body that is JSON or is not."""
    body = draw(st.binary(max_size=60) | _TREES.map(lambda tree: json.dumps(tree).encode()))
    lines = [f"HTTP/1.1 {draw(_STATUSES)} X".encode(), *draw(_HEADERS)]
    return b"\r\n".join([*lines, b"", body])


def _is_sound(outcome: Outcome) -> bool:
    if isinstance(outcome, Accepted):
        return len(outcome.provider_id) <= 128 and outcome.provider_id.isprintable()
    return isinstance(outcome, RetryLater | GiveUp | Unknown) and bool(
        outcome.code and _SHORT.fullmatch(outcome.code)
    )


def _hears(channel: Channel) -> None:
    assert _is_sound(channel.send(TEXT))
    reports = [channel.poll(f"SM{'0' * 32}"), channel.poll(TEXT.uid)]
    if isinstance(channel, Findable):
        reports.append(channel.find(TEXT, NOW))
    for report in reports:
        if report is not None:
            assert isinstance(report, Report)
            assert report.state in {"sent", "delivered", "failed", "absent"}
            assert _SHORT.fullmatch(report.code)


@pytest.mark.parametrize("way", ALL, ids=lambda way: way.name)
def test_any_bytes_are_one_outcome(way: Way) -> None:
    with raw_gateway() as gateway, channel_to(way.setup(gateway.url), way.secret) as channel:
        _feed(gateway, channel)


def _feed(gateway: RawGateway, channel: Channel) -> None:
    head = b"HTTP/1.1 200 X\r\n\r\n"

    @settings(max_examples=15, deadline=None)
    @given(answer=answers() | st.binary(max_size=80))
    @example(answer=b"")
    @example(answer=head + b'"\xff"')
    @example(answer=head + b"[" * 60_000)
    @example(answer=head + b'{"id":' * 9_000)
    @example(answer=head + b'{"id": "1", "state": "Failed", "recipients": [{"error": "\xff"}]}')
    @example(answer=head + b'{"id": "a\\u0007", "state": "Sent"}')
    @example(answer=head + b'{"id": "' + b"a" * 999 + b'", "state": "Sent"}')
    @example(answer=head + b'{"messages": [{"id": ' + b"9" * 5_000 + b"}]}")
    @example(answer=head + b'{"messages": [{"id": 1e400}]}')
    @example(answer=b"HTTP/1.1 302 X\r\nLocation: \xff\r\n\r\n")
    @example(answer=b"HTTP/1.1 200 X\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b")
    @example(answer=b"HTTP/1.1 99999 X\r\n\r\n")
    @example(answer=head + b"x" * 70_000)
    def any_answer(answer: bytes) -> None:
        gateway.answer = answer
        _hears(channel)

    any_answer()


def test_this_test_can_fail() -> None:
    """An outcome with an exception's own words is not sound."""
    bad: Any = GiveUp("HTTPSConnectionPool(host='x', port=443): secret")
    assert not _is_sound(bad)
