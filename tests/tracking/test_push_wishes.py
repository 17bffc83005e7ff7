"""What the site takes from browsers that want to be told, and how little of it the site keeps."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import httpx
import msgspec
import pytest

from pos_app.clock import DAY_MS, Instant
from pos_app.tracking.push_wishes import MOST_OF_ORDER
from pos_app.tracking.settings import Limits
from pos_app.tracking.upkeep import purge
from pos_app.wire import box, browsers
from pos_app.wire.envelopes import ACTION, decode, open_envelope
from pos_app.wire.snapshots import Action, ActionsAnswer, Item, StageTimes
from tests.support.push_service import Browser, base64url
from tests.tracking.conftest import EVENING
from tests.tracking.live import TRATTORIA, UID, LiveSite, Till, live_site, order

BOX = bytes(range(32))
PUSHING = msgspec.structs.replace(
    TRATTORIA, push_key=base64url(Browser().point), box_key=box.public_text(BOX)
)
# A name that nobody could write by chance.
ENDPOINT = "https://push.example/wpush/v2/Mrkr-c2Vuc2l0aXZl"


@pytest.fixture
def token(till: Till) -> str:
    return till.token(EVENING)


def wish(kind: str = "push_on", endpoint: str = ENDPOINT, browser: Browser | None = None) -> bytes:
    subscribed = json.loads((browser or Browser()).subscription(endpoint))
    return json.dumps({"kind": kind, "subscription": subscribed, "language": "uk"}).encode()


def ask(site: LiveSite, token: str, body: bytes | None = None, **headers: str) -> httpx.Response:
    told = {"content-type": "application/json", "origin": site.origin, **headers}
    with site.client() as client:
        return client.post(f"/{token}/push", content=wish() if body is None else body, headers=told)


def acts(site: LiveSite, till: Till, after: int = 0) -> list[Action]:
    answer = decode(till.actions(site, after).content, ActionsAnswer)
    return [open_envelope(envelope, ACTION, Action) for envelope in answer.actions]


def written(site: LiveSite) -> bytes:
    """Every byte of the site's folder."""
    files = [path for path in site.settings.database.parent.rglob("*") if path.is_file()]
    return b"".join(path.read_bytes() for path in files)


def test_a_wish_reaches_the_till_sealed_and_nobody_else_reads_it(
    site: LiveSite, till: Till, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    till.push(site, order(EVENING, token), profile=PUSHING)
    browser = Browser()
    assert ask(site, token, wish(browser=browser)).status_code == 202
    (act,) = acts(site, till)
    assert (act.kind, act.order_uid) == ("push_on", UID)
    asked = browsers.wish(box.opened(act.sealed, BOX, UID))
    assert (asked.subscription.endpoint, asked.language) == (ENDPOINT, "uk")
    bare = base64url(browser.secret), base64url(browser.point), "push.example", "Mrkr"
    assert act.sealed.encode() in written(site), "the sealed words are there"
    for word in bare:
        assert word.encode() not in written(site)
        assert word not in caplog.text


def test_what_the_till_has_read_is_kept_no_longer(site: LiveSite, till: Till, token: str) -> None:
    till.push(site, order(EVENING, token), profile=PUSHING)
    ask(site, token)
    ask(site, token)
    first, second = acts(site, till)
    assert acts(site, till, first.seq)[0].sealed == second.sealed
    assert [act.sealed for act in acts(site, till)] == ["", second.sealed]
    acts(site, till, second.seq)
    assert [act.sealed for act in acts(site, till)] == ["", ""]
    with site.repository.read() as session:
        kept = session._connection.execute("SELECT count(*) FROM actions WHERE sealed != ''")
        assert kept.fetchone() == (0,)


def test_a_number_from_before_a_restore_drops_nothing(
    site: LiveSite, till: Till, token: str
) -> None:
    till.push(site, order(EVENING, token), profile=PUSHING)
    ask(site, token)
    acts(site, till, 5_000)
    assert all(act.sealed for act in acts(site, till))


def test_it_goes_with_the_page(site: LiveSite, till: Till, token: str) -> None:
    till.push(site, order(EVENING, token), profile=PUSHING)
    ask(site, token)
    ended = StageTimes(EVENING, EVENING, EVENING, None, EVENING)
    over = order(EVENING, token, kind="picked_up", phase="done", stages=ended, revision=2)
    till.push(site, over)
    purge(site.repository, Instant(EVENING + 15 * DAY_MS))
    with site.repository.read() as session:
        assert session._connection.execute("SELECT count(*) FROM actions").fetchone() == (0,)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"phase": "done", "kind": "picked_up"}, 409),
        ({"phase": "cancelled", "kind": "cancelled"}, 409),
        ({"texts_stopped": True}, 409),
        ({}, 202),
    ],
)
def test_only_who_still_waits_may_ask(
    site: LiveSite, till: Till, token: str, changed: dict[str, object], status: int
) -> None:
    till.push(site, order(EVENING, token, **changed), profile=PUSHING)
    assert ask(site, token).status_code == status
    assert ask(site, token, wish("push_off")).status_code == 202, "stopping is never refused"
    with site.client() as client:
        shown = 'id="notify"' in client.get(f"/{token}").text
    assert shown is not bool(changed.get("texts_stopped")), "who is not told is promised nothing"


def test_a_shop_without_push_takes_no_wishes(site: LiveSite, till: Till, token: str) -> None:
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    assert ask(site, token).status_code == 409
    with site.client() as client:
        text = client.get(f"/{token}").text
    assert "notify" not in text


def test_a_link_that_the_shop_has_not_reported_takes_none(
    site: LiveSite, till: Till, token: str
) -> None:
    till.push(site, profile=PUSHING)
    assert ask(site, token).status_code == 409


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"origin": "https://evil.example"}, wish(), 403),
        ({"sec-fetch-site": "cross-site"}, wish(), 403),
        ({"content-type": "text/plain"}, wish(), 415),
        ({"content-type": "application/x-www-form-urlencoded"}, wish(), 415),
        ({}, b"", 400),
        ({}, b"[]", 400),
        ({}, b"\xff" * 100, 400),
        ({}, b'{"kind":"push_on"}', 400),
        ({}, wish(endpoint="http://push.example/1"), 400),
        ({}, wish(endpoint="https://guest:word@push.example/1"), 400),
        ({}, wish() + b" " * 10_240, 413),
    ],
)
def test_what_is_no_wish_of_its_own_page_is_refused(
    site: LiveSite, till: Till, token: str, headers: dict[str, str], body: bytes, status: int
) -> None:
    till.push(site, order(EVENING, token), profile=PUSHING)
    answer = ask(site, token, body, **headers)
    assert answer.status_code == status
    assert "push.example" not in answer.text
    assert acts(site, till) == []


def test_reading_the_address_does_nothing(site: LiveSite, till: Till, token: str) -> None:
    till.push(site, order(EVENING, token), profile=PUSHING)
    with site.client() as client:
        for method in ("GET", "HEAD", "PUT", "DELETE"):
            assert client.request(method, f"/{token}/push").status_code == 405
    assert acts(site, till) == []


def test_a_hosted_site_refuses_addresses_inside(tmp_path: Path) -> None:
    with live_site(tmp_path / "site.sqlite", origin="https://t.example.ua", mode="hosted") as site:
        till = Till(kid=17)
        till.enrolled(site)
        now = site.clock.now()
        token = till.token(now)
        till.push(site, order(now, token), profile=PUSHING)
        for endpoint in ("https://127.0.0.1/1", "https://10.0.0.7/1", "https://till.local/1"):
            assert ask(site, token, wish(endpoint=endpoint)).status_code == 400
        assert ask(site, token).status_code == 202


def test_a_thousand_wishes_are_taken_as_twenty(tmp_path: Path) -> None:
    generous = Limits(token_per_minute=2_000, failures_per_minute=2_000)
    with live_site(tmp_path / "site.sqlite", limits=generous) as site:
        till = Till()
        till.enrolled(site)
        now = site.clock.now()
        token = till.token(now)
        till.push(site, order(now, token), profile=PUSHING)
        headers = {"content-type": "application/json", "origin": site.origin}
        body = wish()
        with site.client() as client:
            found = [
                client.post(f"/{token}/push", content=body, headers=headers).status_code
                for _ in range(1_000)
            ]
        assert found.count(202) == MOST_OF_ORDER
        assert set(found[MOST_OF_ORDER:]) == {429}
        assert len(acts(site, till)) == MOST_OF_ORDER


def test_one_link_is_asked_no_faster_than_any_other(site: LiveSite, till: Till, token: str) -> None:
    till.push(site, order(EVENING, token), profile=PUSHING)
    statuses = [ask(site, token).status_code for _ in range(61)]
    assert statuses[-1] == 429


def test_the_worker_is_served_for_the_whole_site_and_asked_for_anew(site: LiveSite) -> None:
    with site.client() as client:
        worker, icon = client.get("/push-worker.js"), client.get("/assets/push-icon.png")
    assert worker.headers["content-type"] == "text/javascript; charset=utf-8"
    assert worker.headers["cache-control"] == "no-store"
    assert "worker-src 'self'" in worker.headers["content-security-policy"]
    assert "Mrkr" not in worker.text
    assert (icon.headers["content-type"], icon.content[:4]) == ("image/png", b"\x89PNG")


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_page_with_push_still_comes_in_one_first_flight(
    site: LiveSite, till: Till, token: str, language: str
) -> None:
    name = {"en": "Four cheese with truffle cream", "uk": "Чотири сири з трюфельним кремом"}
    items = [Item(2, name, [{"en": "no onion", "uk": "без цибулі"}])] * 14
    full = order(EVENING, token, acts=["cancel_asked"], items=items)
    till.push(site, full, profile=PUSHING)
    with site.client() as client:
        page = client.get(f"/{token}?lang={language}")
        assets = re.findall(r'(?:href|src)="(/assets/[^"]+)"', page.text)
        answers = [page, *(client.get(address) for address in assets)]
    assert len(answers) == 4
    assert sum(answer.num_bytes_downloaded for answer in answers) <= 14_000
