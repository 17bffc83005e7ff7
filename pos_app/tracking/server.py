"""Runs the site on uvicorn: own sockets, counted connections, a stop that does not wait."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import FrameType

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from pos_app.clock import Clock, SystemClock
from pos_app.crashes import watching
from pos_app.errors import Unavailable
from pos_app.streams import has_output, stand_in
from pos_app.tracking.app import SiteApp, build_site
from pos_app.tracking.limits import address_block
from pos_app.tracking.repository import Repository
from pos_app.tracking.service import tell_ready
from pos_app.tracking.settings import Limits, SiteSettings

BACKLOG = 2048
_STOP_S = 1
_LOG_BYTES = 1_000_000


class SiteServer(uvicorn.Server):
    """Says when it listens, and ends open streams before it waits for connections."""

    def __init__(self, config: uvicorn.Config, site: SiteApp, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._site = site
        self._ready = ready

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        del sig, frame
        # uvicorn would raise the signal again after its orderly stop, and end us by it.
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._site.hub.close()
        await super().shutdown(sockets)


def listen(settings: SiteSettings) -> tuple[SiteSettings, list[socket.socket]]:
    """Bound sockets, and `settings` with the port they got.

    On the shop's own network the till's lanes reach the site on loopback, at the same port.
    Raises Unavailable when the address is taken or not this machine's.
    """
    try:
        first = _bind(settings.host, settings.port)
        port = int(first.getsockname()[1])
        sockets = [first]
        if settings.mode == "shop_network" and settings.host != "127.0.0.1":
            sockets.append(_bind("127.0.0.1", port))
    except OSError as error:
        raise Unavailable(
            f"The site cannot listen on {settings.host}:{settings.port}.",
            error.strerror or "",
            "Choose another port, or stop the program that uses it.",
        ) from error
    origin = settings.origin
    if settings.port == 0 and origin.endswith(":0"):
        origin = f"{origin[:-2]}:{port}"
    return replace(settings, port=port, origin=origin), sockets


def serve(settings: SiteSettings, clock: Clock | None = None, log_file: Path | None = None) -> None:
    """Serve until SIGTERM or SIGINT. Prints one line on stdout once it accepts connections."""
    _start_log(log_file if log_file is not None or has_output() else _log_of(settings))
    stand_in()
    settings, sockets = listen(settings)
    repository = Repository(settings.database)
    watching.begin(settings.database.parent)
    watching.gathered()
    try:
        site = build_site(settings, repository, clock or SystemClock())
        server = make_server(settings, site, lambda: _say_ready(settings))
        server.run(sockets)
    finally:
        watching.end()
        repository.close()
        for bound in sockets:
            bound.close()


def make_server(settings: SiteSettings, site: SiteApp, ready: Callable[[], None]) -> SiteServer:
    config = uvicorn.Config(
        site.asgi,
        http=_counted_protocol(settings.limits),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=_STOP_S,
    )
    return SiteServer(config, site, ready)


def _counted_protocol(limits: Limits) -> type[asyncio.Protocol]:
    """uvicorn's own protocol, refusing connections over the limits at once."""
    if limits.connections is None and limits.connections_per_address is None:
        return H11Protocol
    most, most_each = limits.connections, limits.connections_per_address
    open_now: Counter[str] = Counter()

    class CountedProtocol(H11Protocol):
        _address: str | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            peer = transport.get_extra_info("peername")
            address = address_block(peer[0]) if peer else ""
            is_full = most is not None and open_now.total() >= most
            if is_full or (most_each is not None and open_now[address] >= most_each):
                transport.abort()
                return
            self._address = address
            open_now[address] += 1
            super().connection_made(transport)

        def connection_lost(self, exc: Exception | None) -> None:
            if self._address is None:
                return
            open_now[self._address] -= 1
            if not open_now[self._address]:
                del open_now[self._address]
            super().connection_lost(exc)

    return CountedProtocol


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, or asyncio leaves Nagle's algorithm on: 40 ms for every answer.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    bound.set_inheritable(False)
    return bound


def _say_ready(settings: SiteSettings) -> None:
    tell_ready()
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    sys.stdout.write(f"site: listening on http://{host}:{settings.port}\n")
    sys.stdout.flush()


def _log_of(settings: SiteSettings) -> Path:
    return settings.database.with_name("logs") / "site.log"


def _start_log(file: Path | None) -> None:
    """Warnings and errors only, to a file where there is no console; never a request line."""
    handler: logging.Handler
    if file is None:
        handler = logging.StreamHandler(sys.stderr)
    else:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=_LOG_BYTES, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
