"""Puts the site together: outer layer → hot routes → Litestar."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

from litestar import Litestar, MediaType, get

from pos_app.clock import Clock
from pos_app.tracking.api import TillApi, handlers, rejection
from pos_app.tracking.asgi import Application
from pos_app.tracking.directory import KeyDirectory
from pos_app.tracking.drops import Drops
from pos_app.tracking.front import Front
from pos_app.tracking.guest_acts import GuestActs
from pos_app.tracking.hub import Hub, StreamLimits
from pos_app.tracking.keys import open_seal
from pos_app.tracking.limits import Rate
from pos_app.tracking.outer import Outer
from pos_app.tracking.pages import Pages
from pos_app.tracking.push_wishes import PushWishes
from pos_app.tracking.repository import Repository
from pos_app.tracking.settings import SiteSettings
from pos_app.tracking.shelf import Shelf
from pos_app.tracking.signed import Doorkeeper, Rejected
from pos_app.tracking.stream import Streams
from pos_app.tracking.upkeep import Upkeep
from pos_app.wire.drops import serves_slips


@dataclass(frozen=True, slots=True)
class SiteApp:
    """The ASGI application, and the hub that a stopping server closes first."""

    asgi: Application
    hub: Hub


@get("/healthz", media_type=MediaType.TEXT, sync_to_thread=False)
def healthz() -> str:
    return "ok"


def build_site(settings: SiteSettings, repository: Repository, clock: Clock) -> SiteApp:
    """The site over an open `repository` (closed by the caller). Raises StoreError."""
    limits = settings.limits
    seal, pages = open_seal(repository.file, settings.key), Pages()
    directory = KeyDirectory(repository, seal)
    hub = Hub(StreamLimits(limits.streams_per_token, limits.streams_per_address))
    shelf = Shelf(repository, directory, pages, clock, limits.pages_in_memory)
    failures, requests = Rate(limits.failures_per_minute), Rate(limits.signed_per_minute)
    door = Doorkeeper(directory, settings.origin, failures, requests, clock)
    api = TillApi(repository, directory, seal, shelf, hub, door, clock, settings)
    upkeep = Upkeep(repository, directory, shelf, hub, clock)
    guest_acts = GuestActs(repository, shelf, hub, clock, settings.origin)
    push_wishes = PushWishes(repository, hub, clock, settings.origin)
    streams, token_rate = Streams(shelf, hub, clock), Rate(limits.token_per_minute)
    inner = _litestar(api, upkeep, limits.body_bytes)
    drops = None
    if serves_slips(settings.mode, settings.origin):
        drops = Drops(repository, directory, pages.missing, hub, token_rate, clock, settings.origin)
    front = Front(shelf, pages, streams, guest_acts, push_wishes, token_rate, clock, drops, inner)
    return SiteApp(Outer(front, settings, clock), hub)


def build_app(settings: SiteSettings, repository: Repository, clock: Clock) -> Application:
    """Only the ASGI application of `build_site`."""
    return build_site(settings, repository, clock).asgi


def _litestar(api: TillApi, upkeep: Upkeep, body_bytes: int) -> Application:
    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        async with upkeep.running():
            yield

    site = Litestar(
        [healthz, *handlers(api)],
        lifespan=[lifespan],
        exception_handlers={Rejected: rejection},
        openapi_config=None,
        request_max_body_size=body_bytes,
        logging_config=None,
        debug=False,
    )
    return cast("Application", site)
