"""A real site on 127.0.0.1 in a thread, and a till that signs for it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_app.clock import Clock, Instant, SystemClock
from pos_app.tracking.app import SiteApp, build_site
from pos_app.tracking.asgi import Application
from pos_app.tracking.enrolment import LocalEnrolment, enrol_local
from pos_app.tracking.repository import Repository
from pos_app.tracking.server import listen, make_server
from pos_app.tracking.settings import Limits, SiteSettings
from pos_app.wire import signing, tokens
from pos_app.wire.envelopes import ORDER, PROFILE, Envelope, decode, encode, seal
from pos_app.wire.snapshots import (
    Item,
    Link,
    OrderSnapshot,
    PushAnswer,
    PushRequest,
    ShopProfile,
    StageTimes,
)

UID = "018f3a5e-7c1d-7e2a-9b3c-4d5e6f708192"
TRATTORIA = ShopProfile(
    epoch=1,
    version=1,
    names={"en": "Trattoria Lviv", "uk": "Тратторія Львів"},
    languages=["en", "uk"],
    default_language="en",
    zone="Europe/Kyiv",
    phone="+380 67 123 45 67",
)


@dataclass
class LiveSite:
    """A site that accepts connections."""

    settings: SiteSettings
    repository: Repository
    app: SiteApp
    clock: Clock

    @property
    def origin(self) -> str:
        return self.settings.origin

    def client(self) -> httpx.Client:
        # On loopback whatever the public origin is, as behind a proxy.
        return httpx.Client(base_url=f"http://127.0.0.1:{self.settings.port}", timeout=10)


@contextmanager
def live_site(
    database: Path,
    clock: Clock | None = None,
    *,
    limits: Limits | None = None,
    origin: str = "http://127.0.0.1:0",
    mode: str = "loopback",
    host: str = "127.0.0.1",
    port: int = 0,
    trusted_proxy: str | None = None,
    key: Path | None = None,
    around: Callable[[Application], Application] = lambda site: site,
) -> Iterator[LiveSite]:
    """Serve `database` until the block ends, with `around` outside of it all."""
    wanted = SiteSettings(
        origin=origin,
        database=database,
        host=host,
        port=port,
        mode=mode,  # type: ignore[arg-type]
        trusted_proxy=trusted_proxy,
        limits=limits or Limits(),
        key=key,
    )
    settings, sockets = listen(wanted)
    repository = Repository(database)
    used_clock = clock or SystemClock()
    app = build_site(settings, repository, used_clock)
    app = SiteApp(around(app.asgi), app.hub)
    ready = threading.Event()
    server = make_server(settings, app, ready.set)
    thread = threading.Thread(target=server.run, args=(sockets,), name="site")
    thread.start()
    try:
        assert ready.wait(10), "the site did not start"
        yield LiveSite(settings, repository, app, used_clock)
    finally:
        server.should_exit = True
        thread.join(10)
        for bound in sockets:
            bound.close()
        repository.close()
        assert not thread.is_alive(), "the site did not stop"


@dataclass
class Till:
    """A till as the site sees it; `enrolled` puts it on a site without pairing."""

    terminal_id: str = "018f3a5e-0000-7e2a-9b3c-000000000001"
    store_id: str = "store-1"
    kid: int = 0
    link_key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    push_seq: int = 0
    epoch: int = 1

    @property
    def sig_pub(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def enrolled(self, site: LiveSite, shop_name: str = "Trattoria") -> LocalEnrolment:
        return enrol_local(
            site.settings.database,
            site.origin,
            self.kid,
            1,
            lambda gen: self.link_key,
            self.terminal_id,
            self.sig_pub,
            self.store_id,
            self.epoch,
            shop_name,
            site.clock,
        )

    def token(self, now: Instant) -> str:
        return tokens.mint(self.link_key, self.kid, now)

    def headers(
        self,
        site: LiveSite,
        method: str,
        path: str,
        query: str,
        body: bytes,
        changed: dict[str, object] | None = None,
    ) -> dict[str, str]:
        request = signing.Request(
            method=method,
            origin=site.origin,
            path=path,
            query=query,
            key_id=self.terminal_id,
            time_s=site.clock.now() // 1000,
            nonce=signing.new_nonce(),
            content_type="application/json" if body else "",
            body=body,
        )
        request = replace(request, **changed or {})  # type: ignore[arg-type]
        headers = signing.sign(request, self.key)
        return {**headers, "content-type": "application/json"} if body else headers

    def body(self, site: LiveSite, orders: list[Envelope], profile: ShopProfile | None) -> bytes:
        self.push_seq += 1
        sealed = seal("profile", PROFILE, profile) if profile else None
        return encode(
            PushRequest(self.store_id, self.epoch, self.push_seq, site.clock.now(), sealed, orders)
        )

    def push(
        self,
        site: LiveSite,
        *orders: OrderSnapshot,
        profile: ShopProfile | None = None,
    ) -> PushAnswer:
        sealed = [seal(order.uid, ORDER, order) for order in orders]
        answer = self.post(site, "/v1/snapshots", self.body(site, sealed, profile))
        assert answer.status_code == 200, answer.text
        return decode(answer.content, PushAnswer)

    def post(
        self, site: LiveSite, path: str, body: bytes, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        signed = headers or self.headers(site, "POST", path, "", body)
        with site.client() as client:
            return client.post(path, content=body, headers=signed)

    def actions(self, site: LiveSite, after: int = 0, wait: int = 0) -> httpx.Response:
        query = f"after={after}&wait={wait}"
        signed = self.headers(site, "GET", "/v1/actions", query, b"")
        with httpx.Client(base_url=f"http://127.0.0.1:{site.settings.port}", timeout=40) as client:
            return client.get(f"/v1/actions?{query}", headers=signed)


def order(now: Instant, *link_tokens: str, **changed: object) -> OrderSnapshot:
    """A pickup order in the kitchen, promised in a quarter of an hour."""
    snapshot = OrderSnapshot(
        uid=UID,
        epoch=1,
        revision=1,
        number="A43",
        fulfilment="pickup",
        kind="preparing",
        phase="in_kitchen",
        placed_at=now,
        stages=StageTimes(received_at=now, preparing_at=now),
        promised_at=now + 900_000,
        items=[
            Item(3, {"en": "Burger", "uk": "Бургер"}, [{"en": "medium", "uk": "середній"}]),
            Item(3, {"en": "Fries", "uk": "Картопля фрі"}),
        ],
        links=[Link(tokens.token_hash(text)) for text in link_tokens],
    )
    return msgspec.structs.replace(snapshot, **changed)
