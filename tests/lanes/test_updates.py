"""A newer Orderbell is told once, if its publisher has signed it; nothing else is believed."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_app import support
from pos_app.bootstrap import Shop
from pos_app.channels.guard import CallFailed
from pos_app.channels.releases import ReleaseSite
from pos_app.clock import DAY_MS, HOUR_MS, Instant, VirtualClock, instant_of
from pos_app.desk import updates_desk
from pos_app.desk.updates_desk import newer_in
from pos_app.domain.release import Updates
from pos_app.errors import BadInput, Unavailable
from pos_app.lanes.lane import Down
from pos_app.lanes.updates import UpdatesWorker
from pos_app.wire import releases
from pos_app.wire.releases import Untrusted, is_newer
from tests.support.certificates import authority
from tests.support.receiver import Receiver, Reply, Request, receiving
from tests.support.shops import EVENING, open_test_shop

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = base64.urlsafe_b64encode(KEY.public_key().public_bytes_raw()).decode().rstrip("=")
PUBLISHED = instant_of(datetime(2026, 11, 20, 12, tzinfo=UTC))


def manifest(version: str = "9.9.0", published: Instant = PUBLISHED, **more: Any) -> bytes:
    told = {
        "version": version,
        "published_at": _iso(published),
        "expires_at": _iso(Instant(published + 30 * DAY_MS)),
        "notes": {"en": "Slips in two colours.", "uk": "Чеки у два кольори."},
        "downloads": [],
        **more,
    }
    return json.dumps(told).encode()


def _iso(at: Instant) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Publisher(Receiver):
    """Answers with a manifest and its signature, as they lie beside each other."""

    raw: bytes = manifest()
    signature: bytes = b""

    def publish(self, raw: bytes, key: Ed25519PrivateKey = KEY) -> None:
        self.raw, self.signature = raw, releases.sign(raw, key)

    def reply(self, request: Request) -> Reply:
        return Reply(200, self.signature if request.path.endswith(".sig") else self.raw)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def shop(tmp_path: Path, clock: VirtualClock) -> Iterator[Shop]:
    with open_test_shop(tmp_path / "data", clock=clock, practice=False) as opened:
        yield opened


@pytest.fixture
def publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Publisher, str]]:
    """A publisher's server, whose certificate this test trusts; and the manifest's address."""
    roots = tmp_path / "roots.pem"
    roots.write_text(authority().pem)
    made = requests.Session.__init__

    def trusting(session: requests.Session) -> None:
        made(session)
        session.verify = str(roots)

    monkeypatch.setattr(requests.Session, "__init__", trusting)
    found = Publisher()
    found.publish(manifest())
    with receiving(found, authority().context(tmp_path, "127.0.0.1")) as url:
        yield found, f"{url}/updates.json"


def switch_on(shop: Shop, address: str, key: str = PUBLIC) -> None:
    shop.desk.updates.switch(Updates(on=True, address=address, key=key, lan=True))


# What is believed


def test_a_manifest_that_the_publisher_signed_is_read() -> None:
    raw = manifest()
    told = releases.read(raw, releases.sign(raw, KEY), PUBLIC, EVENING)
    assert (told.version, told.notes["uk"]) == ("9.9.0", "Чеки у два кольори.")


def test_what_is_not_signed_by_this_key_over_these_bytes_is_not_followed() -> None:
    raw = manifest()
    good = releases.sign(raw, KEY)
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    bare = base64.urlsafe_b64encode(KEY.sign(raw))
    for changed, signature in (
        (raw + b" ", good),
        (raw.replace(b"9.9.0", b"9.9.1"), good),
        (raw, releases.sign(raw, other)),
        (raw, b""),
        (raw, "підпис".encode()),
        (raw, good[:-4]),
        (raw, bare),
    ):
        with pytest.raises(Untrusted, match="bad_signature"):
            releases.read(changed, signature, PUBLIC, EVENING)
    with pytest.raises(Untrusted, match="bad_signature"):
        releases.read(raw, good, "no key", EVENING)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (manifest("9.9"), ""),
        (manifest("9.9.0-rc1"), "garbage"),
        (manifest(published=Instant(EVENING - 31 * DAY_MS)), "expired"),
        (manifest(notes={"en": "x" * 4_001}), "garbage"),
        (manifest(notes=[]), "garbage"),
        (manifest(published_at="2026-11-20T12:00:00"), "garbage"),
        (b"{}", "garbage"),
        (b"\xff\xfe", "garbage"),
        (b" " * 65_537, "too_large"),
    ],
)
def test_what_is_signed_and_still_no_use_is_not_followed(raw: bytes, code: str) -> None:
    signature = releases.sign(raw, KEY)
    if not code:
        releases.read(raw, signature, PUBLIC, EVENING)
        return
    with pytest.raises(Untrusted, match=code):
        releases.read(raw, signature, PUBLIC, EVENING)


def test_versions_are_compared_as_numbers() -> None:
    assert is_newer("0.10.0", "0.9.9")
    assert is_newer("1.0", "0.99.99")
    assert not is_newer("1.0.0", "1.0")
    assert not is_newer("0.9.0", "0.9.1")


# Asking


def test_it_is_off_until_somebody_wants_it(shop: Shop, publisher: tuple[Publisher, str]) -> None:
    worker = UpdatesWorker(shop)
    assert worker.work() is None
    assert publisher[0].requests == []
    assert newer_in(shop.desk.setup()) is None


def test_it_asks_once_a_day_and_remembers_what_it_was_told(
    shop: Shop, clock: VirtualClock, publisher: tuple[Publisher, str]
) -> None:
    server, address = publisher
    switch_on(shop, address)
    worker = UpdatesWorker(shop)
    worker.work()
    assert [request.path for request in server.requests] == ["/updates.json", "/updates.json.sig"]
    newer = newer_in(shop.desk.setup())
    assert newer is not None
    assert (newer.version, newer.notes["en"]) == ("9.9.0", "Slips in two colours.")
    clock.advance(23 * HOUR_MS)
    worker.work()
    UpdatesWorker(shop).work()
    assert len(server.requests) == 2, "also after the program was started again"
    clock.advance(HOUR_MS)
    worker.work()
    assert len(server.requests) == 4


def test_after_a_try_in_vain_it_waits_an_hour(
    shop: Shop, clock: VirtualClock, publisher: tuple[Publisher, str]
) -> None:
    server, address = publisher
    server.publish(manifest(), Ed25519PrivateKey.from_private_bytes(bytes(32)))
    switch_on(shop, address)
    worker = UpdatesWorker(shop)
    with pytest.raises(Down, match="bad_signature") as down:
        worker.work()
    assert down.value.after_s == 3_600
    worker.work()
    assert len(server.requests) == 2
    assert newer_in(shop.desk.setup()) is None
    server.publish(manifest())
    clock.advance(HOUR_MS)
    worker.work()
    assert newer_in(shop.desk.setup()) is not None


@pytest.mark.parametrize(
    "older",
    [manifest("9.8.9", Instant(PUBLISHED + 1_000)), manifest("9.9.0", Instant(PUBLISHED - 1_000))],
)
def test_nobody_can_show_an_older_manifest_than_the_one_seen(
    shop: Shop, clock: VirtualClock, publisher: tuple[Publisher, str], older: bytes
) -> None:
    server, address = publisher
    switch_on(shop, address)
    UpdatesWorker(shop).work()
    server.publish(older)
    clock.advance(DAY_MS)
    with pytest.raises(Down, match="older_than_seen"):
        UpdatesWorker(shop).work()
    newer = newer_in(shop.desk.setup())
    assert newer is not None
    assert newer.version == "9.9.0"


def test_another_publisher_begins_anew(shop: Shop, publisher: tuple[Publisher, str]) -> None:
    server, address = publisher
    switch_on(shop, address)
    UpdatesWorker(shop).work()
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public = base64.b64encode(other.public_key().public_bytes_raw()).decode()
    switch_on(shop, address, public)
    assert newer_in(shop.desk.setup()) is None, "what the first one said counts no more"
    server.publish(manifest("0.0.9", Instant(PUBLISHED - DAY_MS)), other)
    UpdatesWorker(shop).work()
    assert shop.desk.setup().settings.release.version == "0.0.9"
    assert newer_in(shop.desk.setup()) is None


def test_practice_asks_nobody(tmp_path: Path, publisher: tuple[Publisher, str]) -> None:
    with open_test_shop(tmp_path / "practice", practice=True) as shop:
        switch_on(shop, publisher[1])
        assert UpdatesWorker(shop).work() is None
    assert publisher[0].requests == []


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (Reply(404), "status_404"),
        (Reply(302, headers={"Location": "https://elsewhere.example/"}), "status_302"),
        (Reply(200, b" " * 70_000), "answer_too_long"),
        ("reset", "reset"),
    ],
)
def test_a_server_that_misbehaves_is_not_followed(
    shop: Shop, publisher: tuple[Publisher, str], step: Reply | str, code: str
) -> None:
    server, address = publisher
    server.plan.append(step)
    switch_on(shop, address)
    with pytest.raises(Down, match=code):
        UpdatesWorker(shop).work()
    assert newer_in(shop.desk.setup()) is None


def test_only_https_and_only_outside_unless_it_was_ticked(publisher: tuple[Publisher, str]) -> None:
    server, address = publisher
    with pytest.raises(CallFailed, match="not_https"):
        ReleaseSite(address.replace("https", "http"), lan=True).fetch()
    site = ReleaseSite(address)
    with pytest.raises(CallFailed, match="address_not_allowed"):
        site.fetch()
    assert server.requests == []


# What a person decides


def test_what_cannot_be_asked_is_refused_by_its_field(shop: Shop) -> None:
    for address, key, field in (
        ("http://updates.example/", PUBLIC, "address"),
        ("", PUBLIC, "address"),
        ("https://updates.example/", "short", "key"),
        ("https://updates.example/", "", "key"),
    ):
        with pytest.raises(BadInput) as refused:
            shop.desk.updates.switch(Updates(on=True, address=address, key=key))
        assert refused.value.field == field
    assert not shop.desk.setup().settings.updates.on


def test_address_and_key_may_ship_with_the_program_and_today_none_do(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert updates_desk.shipped() == Updates(), "no key was invented"
    shipped = {"address": "https://updates.example/updates.json", "key": PUBLIC}
    (tmp_path / "updates.json").write_text(json.dumps(shipped))
    monkeypatch.setattr("pos_app.paths.resources", lambda: tmp_path)
    found = shop.desk.updates.switch(Updates(on=True))
    assert (found.address, found.key) == (shipped["address"], PUBLIC)


def test_a_person_who_asks_hears_why_nothing_is_known(
    shop: Shop, publisher: tuple[Publisher, str]
) -> None:
    server, address = publisher
    switch_on(shop, address)
    newer = support.ask_for_updates(shop)
    assert newer is not None
    server.publish(manifest("9.9.1"), Ed25519PrivateKey.from_private_bytes(bytes(32)))
    with pytest.raises(Unavailable, match="not signed by the publisher"):
        support.ask_for_updates(shop)
    server.plan.append(Reply(500))
    with pytest.raises(Unavailable, match=r"does not answer\. \(status_500\)"):
        support.ask_for_updates(shop)


def test_people_are_told_of_a_version_once(shop: Shop, publisher: tuple[Publisher, str]) -> None:
    switch_on(shop, publisher[1])
    UpdatesWorker(shop).work()
    assert shop.desk.updates.told("9.9.0") is True
    assert shop.desk.updates.told("9.9.0") is False
    support.ask_for_updates(shop)
    assert shop.desk.updates.told("9.9.0") is False, "asking again is no news"
