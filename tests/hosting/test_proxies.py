"""What both shipped proxies do: no word about a request, nobody's own address, streams at once."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.hosting.behind import Behind, site_behind
from tests.hosting.proxies import HERE, NAME, Proxy, nginx, trusting
from tests.support.ports import free_port
from tests.support.waiting import until

FORGED = {
    "x-forwarded-for": "198.51.100.{n}",
    "X-Forwarded-For": "198.51.100.{n}, 127.0.0.1",
    "forwarded": "for=198.51.100.{n};host=evil.example;proto=http",
    "x-real-ip": "198.51.100.{n}",
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "http",
    "x-forwarded-port": "{n}",
    "true-client-ip": "198.51.100.{n}",
    "cf-connecting-ip": "198.51.100.{n}",
    "x_forwarded_for": "198.51.100.{n}",
}


def assert_guarded(answer: httpx.Response) -> None:
    for name, value in {
        "content-security-policy": "default-src 'none'",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
        "strict-transport-security": "max-age=63072000; includeSubDomains",
    }.items():
        (found,) = answer.headers.get_list(name)
        assert found.startswith(value)


def test_a_guest_opens_the_page_over_tls(behind: Behind) -> None:
    with behind.client() as client:
        answer = client.get(f"/{behind.token}?lang=en", headers={"accept-encoding": "gzip, br"})
    assert answer.status_code == 200
    assert "A43" in answer.text
    assert_guarded(answer)
    assert answer.headers["referrer-policy"] == "same-origin"
    # Packed, its size would tell something of what it holds.
    assert "content-encoding" not in answer.headers
    (seen,) = behind.witness.requests
    assert seen.all("host") == [behind.proxy.authority]


def test_browsers_get_http_2_and_no_old_tls(shipped: Proxy) -> None:
    with shipped.connect("h2", "http/1.1") as connection:
        assert connection.selected_alpn_protocol() == "h2"
        assert connection.version() == "TLSv1.3"
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        old.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    with (
        socket.create_connection((HERE, shipped.https_port), timeout=10) as raw,
        pytest.raises((ssl.SSLError, ConnectionError)),
    ):
        old.wrap_socket(raw, server_hostname=NAME)


@pytest.mark.parametrize("name", FORGED)
def test_nobody_chooses_his_address(behind: Behind, name: str) -> None:
    wrong = "/" + "A" * 30
    with behind.client() as client:
        statuses = [
            client.get(wrong, headers={name: FORGED[name].format(n=n)}).status_code
            for n in range(21)
        ]
    assert statuses == [404] * 20 + [429]
    for seen in behind.witness.requests:
        assert seen.all("x-forwarded-for") == [HERE]
        assert seen.all("host") == [behind.proxy.authority]
        assert not {"x-real-ip", "forwarded", "x-forwarded-host"} & {n for n, _ in seen.headers}


def test_the_stream_passes_at_once_and_stays_open(behind: Behind) -> None:
    with behind.client() as client, client.stream("GET", f"/{behind.token}/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        told = stream.iter_text()
        assert "event: page" in next(told)
        behind.tell(revision=2, kind="ready", phase="ready")
        # Held back by a buffer, it would come with the next sign of life, 15 s later.
        later = next(told)
    assert "event: page" in later
    assert "come to the counter" in later


def test_a_guest_sends_little_and_a_till_much(behind: Behind) -> None:
    with behind.client() as client:
        # Caddy passes on what it reads, and breaks off where it is too much: by then the site may
        # have refused it as well. (It asks for no body but a rating's.)
        refused = (413,) if behind.proxy.kind == "nginx" else (413, 502)
        by_site = () if behind.proxy.kind == "nginx" else (400,)
        rated = client.post(f"/{behind.token}/rate", content=b"x" * 40_000)
        assert rated.status_code in (*refused, *by_site)
        assert_guarded(rated)
        # Refused by the site for its missing signature, so it has arrived.
        assert client.post("/v1/snapshots", content=b"x" * 3_000_000).status_code == 401
        assert client.post("/v1/snapshots", content=b"x" * 5_000_000).status_code in refused


def test_plain_http_leads_to_https(shipped: Proxy, behind: Behind) -> None:
    answer = httpx.get(
        f"http://{HERE}:{shipped.http_port}/{behind.token}?lang=uk", headers={"host": NAME}
    )
    assert answer.status_code == 308
    # Caddy's ports are those inside its container: outside they are the usual ones.
    origin = shipped.origin if shipped.kind == "nginx" else f"https://{NAME}"
    assert answer.headers["location"] == f"{origin}/{behind.token}?lang=uk"
    assert behind.witness.requests == []


def test_no_other_name_is_served(shipped: Proxy, behind: Behind) -> None:
    with pytest.raises(ssl.SSLError):
        shipped.connect(name="evil.example")
    with shipped.connect() as connection:
        request = f"GET /{behind.token} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        answered = b""
        while part := connection.recv(4096):
            answered += part
    assert b"A43" not in answered
    assert behind.witness.requests == []


def test_while_the_site_is_away_guests_are_told_so_in_two_languages(shipped: Proxy) -> None:
    answer = httpx.get(f"{shipped.origin}/{'A' * 30}", verify=trusting(), timeout=10)
    assert answer.status_code in (502, 503)
    assert "Please try again" in answer.text
    assert "Спробуйте ще раз" in answer.text
    assert answer.headers["retry-after"] == "30"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert_guarded(answer)


def test_no_log_holds_a_token_whatever_happens(shipped: Proxy, tmp_path: Path) -> None:
    with site_behind(shipped, tmp_path) as behind:
        token = behind.token
        with behind.client() as client:
            client.get(f"/{token}")
            client.get(f"/{token}?lang=uk", headers={"referer": f"{shipped.origin}/{token}"})
            client.get(f"/{token}/nonsense")
            client.post(f"/{token}/arrived", content=b"x" * 40_000)
            with client.stream("GET", f"/{token}/events") as stream:
                next(stream.iter_text())
        httpx.get(f"http://{HERE}:{shipped.http_port}/{token}", headers={"host": NAME})
        for broken in (
            f"GET /{token} HTTP/1.1\r\nHost: {NAME}\r\nHost: two\r\n\r\n",
            f"GET /{token} HTTP/9.9\r\n\r\n",
            f"GET /{token}\x01 HTTP/1.1\r\nHost: {NAME}\r\n\r\n",
            f"GET /{token} HTTP/1.1\r\nHost: {NAME}\r\nA: {'x' * 40_000}\r\n\r\n",
            f"POST /{token}/arrived HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 10\r\n\r\nabc",
        ):
            for connection in (
                shipped.connect(),
                socket.create_connection((HERE, shipped.http_port), timeout=10),
            ):
                with connection:
                    connection.sendall(broken.encode())
                    connection.settimeout(0.2)
                    with suppress(OSError):
                        connection.recv(1000)
    httpx.get(f"{shipped.origin}/{token}", verify=trusting(), timeout=10)  # the site is away
    said = shipped.said()
    assert token[:10] not in said.upper()
    # What is searched is really what the proxy writes.
    expected = "[notice]" if shipped.kind == "nginx" else "admin endpoint disabled"
    assert expected in said, said


def test_the_log_of_a_careless_proxy_would_be_found(tmp_path: Path) -> None:
    """Sabotage: nginx as it comes writes every path."""
    port = free_port()
    configured = tmp_path / "conf.d"
    configured.mkdir()
    server = f"server {{ listen {HERE}:{port}; return 204; }}"
    (configured / "careless.conf").write_text(server)
    with nginx(tmp_path / "nginx", configured, (port, 0, 0)) as careless:
        httpx.get(f"http://{HERE}:{port}/{'B' * 30}")
        until(lambda: "B" * 30 in careless.said(), "the path in the log")
