"""What the guard calls and what it never calls."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.channels import guard
from pos_app.channels.addresses import is_nearby, is_public, unmapped
from pos_app.channels.guard import CallFailed, GuardedSession, allowed, check_url
from tests.support.receiver import Receiver, receiving

INSIDE = [
    "127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "0.0.0.0",
    "100.64.0.1", "169.254.169.254", "192.0.0.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
    "fe80::1", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "64:ff9b::127.0.0.1",
    "64:ff9b::8.8.8.8", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::", "2001:0:1::1",
    "2001:db8::1", "100::1",
]  # fmt: skip
OUTSIDE = ["8.8.8.8", "1.1.1.1", "193.0.14.129", "2606:4700::1111", "::ffff:8.8.8.8"]
NEARBY = ["127.0.0.1", "10.0.0.1", "192.168.1.20", "172.16.4.4", "::1", "fd12::7"]
NEVER = ["169.254.169.254", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::", "fe80::1", "ff02::1"]


@pytest.mark.parametrize("text", INSIDE)
def test_addresses_that_lead_inside_are_no_public_ones(text: str) -> None:
    assert not is_public(unmapped(text))
    with pytest.raises(CallFailed):
        allowed("https", [unmapped(text)], lan=False)


@pytest.mark.parametrize("text", OUTSIDE)
def test_public_addresses_are_called_by_https_only(text: str) -> None:
    assert allowed("https", [unmapped(text)], lan=False) == unmapped(text)
    for lan in (False, True):
        with pytest.raises(CallFailed, match="not_https"):
            allowed("http", [unmapped(text)], lan=lan)


@pytest.mark.parametrize("text", NEARBY)
def test_the_shops_network_only_when_a_manager_ticked_it(text: str) -> None:
    assert is_nearby(unmapped(text))
    assert allowed("http", [unmapped(text)], lan=True) == unmapped(text)
    with pytest.raises(CallFailed, match="address_not_allowed"):
        allowed("http", [unmapped(text)], lan=False)


@pytest.mark.parametrize("text", NEVER)
def test_some_addresses_are_never_called(text: str) -> None:
    for lan in (False, True):
        with pytest.raises(CallFailed, match="address_not_allowed"):
            allowed("http", [unmapped(text)], lan=lan)


def test_a_name_that_also_leads_inside_is_a_trap() -> None:
    both = [ip_address("8.8.8.8"), ip_address("127.0.0.1")]
    for found in (both, both[::-1]):
        with pytest.raises(CallFailed, match="address_not_allowed"):
            allowed("https", found, lan=False)


@given(st.ip_addresses())
def test_what_is_public_is_never_nearby(address: IPv4Address | IPv6Address) -> None:
    plain = unmapped(str(address))
    assert not (is_public(plain) and is_nearby(plain))
    if is_public(plain):
        assert plain.is_global
        assert not plain.is_loopback


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/", "file:///etc/passwd", "//example.com", "example.com", "", "https://",
        "https://user@example.com/", "https://user:pass@example.com/", "https://a@b@example.com/",
        "https://example.com:99999/", "https://example.com:0/", "https://exa mple.com/",
        "https://example.com\\@127.0.0.1/", "https://example.com/\r\nX: y", "https://приклад.укр/",
        "http://[::1", "javascript:alert(1)", "gopher://127.0.0.1:25/",
    ],
)  # fmt: skip
def test_addresses_in_a_wrong_shape_are_refused(url: str) -> None:
    with pytest.raises(CallFailed):
        check_url(url)


@given(st.text(max_size=60))
def test_any_text_is_either_refused_or_a_plain_web_address(text: str) -> None:
    with suppress(CallFailed):
        check_url(text)
        assert text.startswith(("http://", "https://"))
        assert "@" not in text.split("/")[2]


class _Odd(BaseHTTPRequestHandler):
    """Answers as badly as it is asked to."""

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/secret")
            self.end_headers()
        elif self.path == "/drip":
            with suppress(OSError):
                while not self.server.is_ending.wait(0.05):  # type: ignore[attr-defined]
                    self.connection.sendall(b"H")
        elif self.path == "/long":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"x" * (guard.LONGEST_ANSWER + 1))
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.headers["Host"].encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/later":
            self.server.is_ending.wait(0.6)  # type: ignore[attr-defined]
        answer = f"{self.headers['X-Mark']} {self.headers['Host']} ".encode() + body
        with suppress(OSError):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Quiet."""


@pytest.fixture
def odd() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Odd)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    server.is_ending = Event()  # type: ignore[attr-defined]
    yield server.server_address[1]
    server.is_ending.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def session() -> Iterator[GuardedSession]:
    made = GuardedSession(lan=True)
    yield made
    made.close()


def test_a_redirect_is_an_answer_and_is_not_followed(odd: int, session: GuardedSession) -> None:
    answer = session.call("GET", f"http://127.0.0.1:{odd}/moved")
    assert (answer.status, answer.headers["location"]) == (302, "/secret")


def test_an_answer_that_is_too_long_is_left(odd: int, session: GuardedSession) -> None:
    with pytest.raises(CallFailed, match="answer_too_long"):
        session.call("GET", f"http://127.0.0.1:{odd}/long")


def test_an_answer_that_drips_in_is_not_waited_for(
    odd: int, session: GuardedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "TIMEOUT_S", 0.4)
    with pytest.raises(CallFailed, match="timeout") as failed:
        session.call("GET", f"http://127.0.0.1:{odd}/drip")
    assert not failed.value.not_sent


def test_the_name_is_resolved_once_and_that_address_is_called(
    odd: int, session: GuardedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    resolve = socket.getaddrinfo

    def rebinding(host: Any, port: Any, *more: Any, **named: Any) -> Any:
        if host == "phone.example":
            asked.append(host)
            # Sound at the first question, a trap at the second.
            host = "127.0.0.1" if len(asked) == 1 else "169.254.169.254"
        return resolve(host, port, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    answer = session.call("GET", f"http://phone.example:{odd}/")
    assert answer.body == f"phone.example:{odd}".encode()
    assert asked == ["phone.example"]
    with pytest.raises(CallFailed, match="address_not_allowed"):
        session.call("GET", f"http://phone.example:{odd}/")


def test_an_unticked_network_is_not_called(odd: int) -> None:
    session = GuardedSession(lan=False)
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"):
        with pytest.raises(CallFailed, match=r"address_not_allowed|no_name"):
            session.call("GET", f"http://{host}:{odd}/")
    session.close()


def test_a_proxy_from_the_surroundings_is_not_used(
    odd: int, session: GuardedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert session.call("GET", f"http://127.0.0.1:{odd}/").status == 200


def test_nobody_listens_and_nothing_was_sent(session: GuardedSession) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(CallFailed, match="unreachable") as failed:
        session.call("GET", f"http://127.0.0.1:{port}/")
    assert failed.value.not_sent
    assert str(port) not in str(failed.value)


def test_a_name_that_nobody_knows(session: GuardedSession, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(CallFailed, match="no_name") as failed:
        session.call("GET", "https://phone.example/")
    assert failed.value.not_sent


def test_a_body_goes_as_it_is_with_headers_but_the_host_stays_the_judged_one(
    odd: int, session: GuardedSession
) -> None:
    headers = {"X-Mark": "yes", "Host": "elsewhere.example"}
    url = f"http://127.0.0.1:{odd}/echo"
    answer = session.call("POST", url, body=b"\x00\xff", headers=headers)
    assert answer.body == f"yes 127.0.0.1:{odd} ".encode() + b"\x00\xff"


def test_who_asks_for_more_patience_or_a_longer_answer_gets_it(
    odd: int, session: GuardedSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = session.call("GET", f"http://127.0.0.1:{odd}/long", longest=1_000_000)
    assert len(long.body) > guard.LONGEST_ANSWER
    monkeypatch.setattr(guard, "TIMEOUT_S", 0.2)
    later = f"http://127.0.0.1:{odd}/later"
    with pytest.raises(CallFailed, match="timeout"):
        session.call("POST", later, body=b"x")
    assert session.call("POST", later, body=b"x", patience_s=10).body.endswith(b"x")


@pytest.mark.parametrize(("kept", "connections"), [(True, 1), (False, 3)])
def test_a_connection_that_is_not_kept_is_a_new_one_for_each_call(
    kept: bool, connections: int
) -> None:
    receiver = Receiver()
    with receiving(receiver) as url:
        session = GuardedSession(lan=True, kept=kept)
        for _ in range(3):
            session.call("POST", url, body=b"x")
        session.close()
    assert len({request.port for request in receiver.requests}) == connections
