"""Headers on every answer, the rules of the shop's own network, and what one address may hold."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import httpx
import pytest

from pos_app.clock import DAY_MS, VirtualClock
from pos_app.crashes import kept, watching
from pos_app.errors import Unavailable
from pos_app.paths import crashes_folder
from pos_app.tracking.asgi import Message, Receive, Scope, Send, answer
from pos_app.tracking.limits import Rate, address_block
from pos_app.tracking.outer import Outer
from pos_app.tracking.repository import Session
from pos_app.tracking.server import listen
from pos_app.tracking.settings import Limits, SiteSettings
from pos_app.tracking.upkeep import purge
from pos_app.wire.snapshots import StageTimes
from tests.support.leaks import LogWatch
from tests.tracking.conftest import EVENING
from tests.tracking.live import TRATTORIA, LiveSite, Till, live_site, order

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; worker-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


def assert_guarded(answer: httpx.Response, *, https: bool, kept: bool = False) -> None:
    headers = answer.headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-robots-tag"] == "noindex"
    assert ("strict-transport-security" in headers) is https
    assert ("no-store" in headers["cache-control"]) is not kept
    assert "server" not in headers
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    ("mode", "origin"), [("loopback", "http://127.0.0.1:0"), ("hosted", "https://t.example.ua")]
)
def test_every_answer_carries_every_header(
    tmp_path: Path, clock: VirtualClock, mode: str, origin: str
) -> None:
    till = Till()
    with live_site(tmp_path / "s" / "site.sqlite", clock, mode=mode, origin=origin) as site:
        till.enrolled(site)
        token, gone = till.token(EVENING), till.token(EVENING)
        ended = StageTimes(ended_at=EVENING - 20 * DAY_MS)
        old = order(EVENING, gone, uid="018f3a5e-7c1d-7e2a-9b3c-4d5e6f708193", stages=ended)
        till.push(site, order(EVENING, token), old, profile=TRATTORIA)
        with site.client() as client:
            asset = client.get(f"/{token}").text.partition('src="')[2].partition('"')[0]
            wanted = {
                f"/{token}": 200, f"/{gone}": 410, "/": 404, f"/{'0' * 30}": 404, "/healthz": 200,
                "/v1/actions": 401, "/v1/none": 404, "/v1/snapshots": 405, "/v1/pair": 405,
                f"/{token}/arrived": 405, f"/{token}/cancel": 405, f"/{token}/rate": 405,
                f"/{token}/stop": 405, "/%00": 404, "/schema": 404,
            }  # fmt: skip
            for path, status in wanted.items():
                answer = client.get(path)
                assert (path, answer.status_code) == (path, status)
                assert_guarded(answer, https=mode == "hosted")
            for kept in (asset, "/favicon.ico"):
                assert_guarded(client.get(kept), https=mode == "hosted", kept=True)
            assert_guarded(client.request("TRACE", f"/{token}"), https=mode == "hosted")
            with client.stream("GET", f"/{token}/events") as stream:
                assert_guarded(stream, https=mode == "hosted")


def test_an_error_of_ours_shows_no_trace(
    site: LiveSite, till: Till, expected_log: LogWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_log.expect("request_failed")
    token = till.token(EVENING)

    def broken(*_: object) -> None:
        raise RuntimeError(token)

    monkeypatch.setattr(Session, "order_of_link", broken)
    with site.client() as client:
        answer = client.get(f"/{token}")
    assert (answer.status_code, answer.text[:20]) == (500, "Something went wrong")
    assert "Traceback" not in answer.text
    assert_guarded(answer, https=False)


def test_an_error_of_ours_is_kept_without_the_link(
    site: LiveSite,
    till: Till,
    expected_log: LogWatch,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    expected_log.expect("request_failed")
    token = till.token(EVENING)

    def broken(*_: object) -> None:
        raise RuntimeError(token)

    monkeypatch.setattr(Session, "order_of_link", broken)
    watching.begin(tmp_path)
    try:
        with site.client() as client:
            client.get(f"/{token}")
            client.get(f"/{token}")
    finally:
        watching.end()
    (report,) = kept.read(crashes_folder(tmp_path))
    assert (report["where"], report["errors"][0]["kind"]) == ("site", "RuntimeError")
    assert token not in str(report)


def test_a_local_site_answers_only_to_its_own_name(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    port = site.settings.port
    with site.client() as client:
        for host in ("evil.example", f"localhost:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}"):
            answer = client.get(f"/{token}", headers={"host": host})
            assert answer.status_code == 421
            assert_guarded(answer, https=False)
        assert client.get(f"/{token}").status_code == 200


def test_on_the_shops_network_the_till_pushes_on_loopback(
    tmp_path: Path, clock: VirtualClock
) -> None:
    till, address = Till(), "127.0.0.2"
    with live_site(
        tmp_path / "site.sqlite",
        clock,
        mode="shop_network",
        host=address,
        origin=f"http://{address}:0",
    ) as site:
        till.enrolled(site)
        token = till.token(EVENING)
        till.push(site, order(EVENING, token), profile=TRATTORIA)
        with httpx.Client(base_url=site.origin) as guest:
            assert "A43" in guest.get(f"/{token}").text
        with site.client() as client:
            assert client.get(f"/{token}").status_code == 421
            assert client.get("/healthz").text == "ok"


@pytest.mark.parametrize(("path", "status"), [("/v1/snapshots", 404), ("/healthz", 200)])
def test_on_the_shops_network_a_guest_cannot_reach_the_tills_routes(
    tmp_path: Path, path: str, status: int
) -> None:
    asked: list[str] = []

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(scope["path"])
        await answer(send, 200, b"text/plain", b"ok")

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    settings = SiteSettings("http://192.168.1.5:8123", tmp_path / "s", mode="shop_network")
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "headers": [(b"host", b"192.168.1.5:8123")],
        "client": ("192.168.1.20", 50000),
        "server": ("192.168.1.5", 8123),
    }
    asyncio.run(Outer(inner, settings, VirtualClock(EVENING))(scope, receive, send))
    assert sent[0]["status"] == status
    assert bool(asked) is (status == 200)


def test_an_address_may_hold_eight_connections(tmp_path: Path, clock: VirtualClock) -> None:
    limits = Limits(connections_per_address=8, connections=200)
    with live_site(tmp_path / "site.sqlite", clock, limits=limits) as site:
        held = [socket.create_connection(("127.0.0.1", site.settings.port)) for _ in range(8)]
        try:
            for connection in held:
                assert is_served(connection, site)
            assert not is_served_anew(site)
        finally:
            for connection in held:
                connection.close()


def is_served_anew(site: LiveSite) -> bool:
    with socket.create_connection(("127.0.0.1", site.settings.port)) as connection:
        return is_served(connection, site)


def is_served(connection: socket.socket, site: LiveSite) -> bool:
    connection.settimeout(5)
    request = f"GET /healthz HTTP/1.1\r\nHost: {site.settings.authority}\r\n\r\n"
    try:
        connection.sendall(request.encode())
        return connection.recv(4096).startswith(b"HTTP/1.1 200")
    except ConnectionError:
        return False


def test_only_the_trusted_proxys_last_word_counts(tmp_path: Path, clock: VirtualClock) -> None:
    database = tmp_path / "site.sqlite"
    with (
        live_site(database, clock, mode="hosted", trusted_proxy="127.0.0.1") as site,
        site.client() as client,
    ):

        def fail(*forwarded: str) -> int:
            headers = [("x-forwarded-for", value) for value in forwarded]
            return client.get("/" + "A" * 30, headers=headers).status_code

        assert [fail("198.51.100.7") for _ in range(21)][-1] == 429
        assert fail("203.0.113.9, 198.51.100.7") == 429
        assert fail("198.51.100.7, 203.0.113.9") == 404


def test_a_stranger_cannot_choose_his_address(site: LiveSite) -> None:
    with site.client() as client:
        statuses = [
            client.get("/" + "A" * 30, headers={"x-forwarded-for": f"198.51.100.{n}"}).status_code
            for n in range(21)
        ]
    assert statuses[-1] == 429


def test_an_ipv6_subscriber_is_one_address() -> None:
    assert address_block("2001:db8:1:2:3:4:5:6") == address_block("2001:db8:1:2::1")
    assert address_block("2001:db8:1:2::1") != address_block("2001:db8:1:3::1")
    assert address_block("::ffff:192.0.2.1") == "192.0.2.1"


def test_a_rate_forgets_old_windows_before_it_grows(clock: VirtualClock) -> None:
    rate = Rate(1)
    for key in range(60_000):
        rate.take(key, clock.now())
    assert len(rate._windows) <= 50_000


def test_a_taken_port_is_said_in_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = SiteSettings(f"http://127.0.0.1:{port}", tmp_path / "s.sqlite", port=port)
        with pytest.raises(Unavailable, match="cannot listen"):
            listen(settings)


def test_the_purge_leaves_a_stub_and_nothing_of_the_order(
    site: LiveSite, till: Till, clock: VirtualClock
) -> None:
    token = till.token(EVENING)
    ended = order(
        EVENING, token, phase="done", kind="picked_up", stages=StageTimes(ended_at=EVENING)
    )
    till.push(site, ended, profile=TRATTORIA)
    clock.advance(14 * DAY_MS + 1)
    assert len(purge(site.repository, clock.now())) == 1
    with site.client() as client:
        assert client.get(f"/{token}").status_code == 410
    with site.repository.read() as session:
        counts = [
            session._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("orders", "links", "actions", "stubs")
        ]
    assert counts == [0, 0, 0, 1]
    clock.advance(27 * 7 * DAY_MS)
    assert purge(site.repository, clock.now()) == []
    with site.client() as client:
        assert client.get(f"/{token}").status_code == 410


def test_answers_leave_at_once(tmp_path: Path) -> None:
    _, sockets = listen(SiteSettings("http://127.0.0.1:0", tmp_path / "s.sqlite", port=0))
    # asyncio turns Nagle's algorithm off only where the socket names its protocol.
    assert [bound.proto for bound in sockets] == [socket.IPPROTO_TCP]
    for bound in sockets:
        bound.close()
