"""The slip's page: false tokens, headers, one cookie, forms of others, and what the site holds."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from pos_app.clock import VirtualClock
from pos_app.wire import tokens
from tests.tracking.conftest import EVENING
from tests.tracking.live import TRATTORIA, LiveSite, Till, live_site, order
from tests.tracking.slips import IRYNA, Phone, Slip, forms, hosted_site, new_slip
from tests.tracking.test_false_tokens import false_tokens, visible
from tests.tracking.test_outer import POLICY

MARKERS = (
    "Zzyzx Nybbledy",
    "Kvitka-Osnovianenko",
    "380671119977",
    "31337-door-31337",
    "hundedecken",
)


@pytest.fixture
def site(tmp_path: Path, clock: VirtualClock) -> Iterator[LiveSite]:
    with hosted_site(tmp_path / "site" / "site.sqlite", clock) as running:
        yield running


def test_a_guest_s_link_opens_no_slip_and_a_slip_no_guest_s_page(
    site: LiveSite, till: Till
) -> None:
    slip, guest = new_slip(site, till), till.token(EVENING)
    slip.told()
    till.push(site, order(EVENING, guest), profile=TRATTORIA)
    with site.client() as client:
        assert client.get(f"/{guest}").status_code == 200
        assert client.get(f"/D/{slip.token}").status_code == 200
        answers = [
            visible(client.get(path))
            for path in (
                f"/D/{guest}", f"/{slip.token}", f"/{slip.token}/events", f"/D/{guest}/state",
                f"/D/{'0' * 30}",
            )
        ]  # fmt: skip
        answers.append(visible(client.post(f"/D/{guest}/acts", json={})))
        answers.append(visible(client.post(f"/{slip.token}/arrived")))
    assert {answer[0] for answer in answers} == {404}
    assert len({repr(answer) for answer in answers}) == 1


def test_every_false_slip_gets_the_bytes_of_a_false_link(site: LiveSite, till: Till) -> None:
    false = {**false_tokens(till), "guest's": till.token(EVENING)}
    del false["courier slip"]
    with site.client() as client:
        wanted = visible(client.get("/nothing"))
        for name, text in false.items():
            assert visible(client.get(f"/D/{text}")) == wanted, name


def test_false_slips_are_answered_without_the_database(
    site: LiveSite, till: Till, slip: Slip
) -> None:
    repository = site.repository
    with repository._read_lock, repository._write_lock, site.client() as client:
        for text in (till.token(EVENING), "Z" * 30, "short"):
            assert client.get(f"/D/{text}").status_code == 404


def test_an_address_that_guesses_slips_is_held_back(site: LiveSite, slip: Slip) -> None:
    with site.client() as client:
        statuses = [client.get(f"/D/{'A' * 30}").status_code for _ in range(21)]
        assert statuses[-2:] == [404, 429]
        assert client.get(f"/D/{slip.token}").status_code == 200


def test_lower_case_opens_the_same_slip(site: LiveSite, slip: Slip) -> None:
    with site.client() as client:
        assert client.get(f"/d/{slip.token.lower()}/state").json()["number"] == "A38"


@pytest.mark.parametrize(
    ("origin", "https"), [("http://127.0.0.1:0", False), ("https://t.example.ua", True)]
)
def test_every_answer_of_a_slip_carries_every_header(
    tmp_path: Path, clock: VirtualClock, origin: str, https: bool
) -> None:
    till = Till()
    with live_site(tmp_path / "s" / "site.sqlite", clock, mode="hosted", origin=origin) as site:
        till.enrolled(site)
        slip = new_slip(site, till)
        slip.told()
        phone = Phone(slip)
        ended = new_slip(site, till)
        ended.told(state="ended")
        answers = {
            200: [phone.open(), phone.get("/state"), phone.tap("took")],
            403: [*(phone.tap("took", headers={name: "null"}) for name in ("origin", "cookie"))],
            404: [phone.get("/other")],
            405: [phone.get("/acts"), post(slip, "", phone), post(slip, "/state", phone)],
            409: [phone.tap("took_back")],
            410: [Phone(ended).open()],
            415: [post(slip, "/acts", phone, b"{}", "text/plain")],
            413: [post(slip, "/acts", phone, b" " * 2000)],
            400: [post(slip, "/acts", phone, b"{}"), post(slip, "/acts", phone, b"[")],
        }  # fmt: skip
        for status, found in answers.items():
            for answer in found:
                assert answer.status_code == status, answer.text
                assert_private(answer, https=https)


def post(
    slip: Slip, rest: str, phone: Phone, body: bytes = b"{}", kind: str = "application/json"
) -> httpx.Response:
    headers = {"cookie": phone.cookie, "origin": slip.site.origin, "content-type": kind}
    with slip.site.client() as client:
        return client.post(f"/D/{slip.token}{rest}", content=body, headers=headers)


def assert_private(answer: httpx.Response, *, https: bool) -> None:
    headers = answer.headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-robots-tag"] == "noindex"
    assert headers["cache-control"] == "no-store"
    assert ("strict-transport-security" in headers) is https
    assert "server" not in headers


def test_the_phone_s_cookie_is_the_host_s_alone(slip: Slip) -> None:
    phone = Phone(slip)
    name, *parts = phone.open().headers["set-cookie"].split("; ")
    assert name.startswith("__Host-obd=")
    assert len(name.partition("=")[2]) == 22
    assert sorted(parts) == ["HttpOnly", "Max-Age=108000", "Path=/", "SameSite=Lax", "Secure"]
    assert phone.open().headers["set-cookie"].startswith(phone.cookie + ";")
    for answer in (phone.get("/state"), phone.tap("took"), phone.get("/none")):
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("cookie", ["", "__Host-obd=short", "__Host-obd=" + "é" * 22, "=;;=", "x"])
def test_a_cookie_that_is_none_is_replaced(slip: Slip, cookie: str) -> None:
    with slip.site.client() as client:
        headers = [(b"cookie", cookie.encode("latin-1"))]
        answer = client.get(f"/D/{slip.token}", headers=headers)
    assert answer.status_code == 200
    assert len(answer.headers["set-cookie"].partition(";")[0]) == len("__Host-obd=") + 22


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_tap_counts_on_the_slip_s_own_page_only(slip: Slip, headers: dict[str, str]) -> None:
    phone = Phone(slip)
    phone.open()
    assert phone.tap("took", headers=headers).status_code == 403
    assert slip.acts() == []


def test_reading_a_slip_changes_nothing(slip: Slip) -> None:
    phone = Phone(slip)
    phone.open()
    phone.tap("took")
    before = dump(slip.site)
    for rest in ("", "/state", "/acts"):
        for method in ("GET", "HEAD"):
            with slip.site.client() as client:
                client.request(method, f"/D/{slip.token}{rest}", headers={"cookie": phone.cookie})
    assert dump(slip.site) == before


def dump(site: LiveSite) -> list[str]:
    with site.repository.read() as session:
        return list(session._connection.iterdump())


def test_the_page_speaks_the_phone_s_language(slip: Slip) -> None:
    phone = Phone(slip)
    assert '<html lang="uk">' in phone.open("uk-UA,uk;q=0.9").text
    english = phone.open("de,en;q=0.5").text
    assert '<html lang="en">' in english
    assert "I deliver this" in english


def test_the_site_holds_nothing_of_the_guest_and_no_key(
    site: LiveSite, till: Till, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    marked = msgspec.structs.replace(
        IRYNA,
        name=MARKERS[0],
        street=MARKERS[1],
        phone=f"+{MARKERS[2]}",
        door_code=MARKERS[3],
        address_note=MARKERS[4],
    )
    slip = Slip(site, till, new_slip(site, till).token, marked)
    slip.told()
    phone = Phone(slip)
    phone.open()
    for kind in ("took", "picked_up", "delivered", "took_back"):
        phone.tap(kind)
    slip.released()
    phone.tap("failed", reason="other")
    slip.told(state="ended")
    key = slip.url.partition("#")[2]
    raw_key = base64.urlsafe_b64decode(key + "=")
    written = b"".join(
        file.read_bytes() for file in site.settings.database.parent.rglob("*") if file.is_file()
    )
    shown = capfd.readouterr()
    told = (shown.out + shown.err + caplog.text).encode()
    secrets = [slip.token.encode(), key.encode(), raw_key, phone.cookie.partition("=")[2].encode()]
    wanted = [form for marker in MARKERS for form in forms(marker)]
    assert tokens.token_hash(slip.token).encode() in written
    for secret in (*secrets, *wanted):
        assert secret not in written
        assert secret not in told


def test_an_older_database_gets_the_slips_tables(tmp_path: Path, clock: VirtualClock) -> None:
    import sqlite3

    from pos_app.tracking.repository import Repository
    from pos_app.tracking.schema import STEPS

    file = tmp_path / "site.sqlite"
    old = sqlite3.connect(file)
    for statement in (*STEPS[0], *STEPS[1]):
        old.execute(statement)
    old.execute("INSERT INTO site VALUES (1, 'known', 7)")
    old.execute("PRAGMA user_version = 2")
    old.commit()
    old.close()
    repository = Repository(file)
    try:
        with repository.read() as session:
            assert (session.site().site_id, session.site().epoch) == ("known", 7)
            assert session.drop("shop", "0" * 64) is None
    finally:
        repository.close()
