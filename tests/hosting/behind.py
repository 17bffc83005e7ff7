"""The site behind a proxy, with a witness of every request that reaches it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from pos_app.clock import Clock, SystemClock
from pos_app.tracking.asgi import Application, Receive, Scope, Send
from tests.hosting.proxies import HERE, Proxy, trusting
from tests.tracking.live import TRATTORIA, LiveSite, Till, live_site, order


@dataclass(frozen=True)
class Seen:
    """One request as the site got it."""

    method: str
    path: str
    headers: list[tuple[str, str]]

    def all(self, name: str) -> list[str]:
        return [value for found, value in self.headers if found == name]


@dataclass
class Witness:
    """Stands outside of the whole site."""

    requests: list[Seen] = field(default_factory=list)

    def around(self, site: Application) -> Application:
        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                headers = [(n.decode("latin-1"), v.decode("latin-1")) for n, v in scope["headers"]]
                self.requests.append(Seen(scope["method"], scope["path"], headers))
            await site(scope, receive, send)

        return watched

    def paths(self) -> list[str]:
        return [seen.path for seen in self.requests]


@dataclass
class Behind:
    """A hosted site with one paired till and one order, reached through `proxy` only."""

    proxy: Proxy
    site: LiveSite
    till: Till
    token: str
    witness: Witness

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.proxy.origin, verify=trusting(), timeout=10)

    def tell(self, **changed: object) -> None:
        self.till.push(self.site, order(self.site.clock.now(), self.token, **changed))


@contextmanager
def site_behind(proxy: Proxy, data: Path, clock: Clock | None = None) -> Iterator[Behind]:
    witness, till = Witness(), Till(kid=77)
    with live_site(
        data / "site.sqlite", clock or SystemClock(), mode="hosted", origin=proxy.origin,
        port=proxy.site_port, trusted_proxy=HERE, around=witness.around,
    ) as site:  # fmt: skip
        till.enrolled(site)
        now = site.clock.now()
        token = till.token(now)
        till.push(site, order(now, token), profile=TRATTORIA)
        witness.requests.clear()
        yield Behind(proxy, site, till, token, witness)
