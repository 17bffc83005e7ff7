"""Each proxy that is shipped, running for a module; a site behind it for each test."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hosting.behind import Behind, site_behind
from tests.hosting.proxies import HERE, NAME, Proxy, shipped_caddy, shipped_nginx


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The host's name leads to this machine, as its owner would have it set up."""
    asked = socket.getaddrinfo

    def answered(host: Any, *more: Any, **named: Any) -> Any:
        return asked(HERE if host in (NAME, NAME.encode()) else host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", answered)


@pytest.fixture(scope="module", params=[shipped_nginx, shipped_caddy], ids=["nginx", "caddy"])
def shipped(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    with request.param(tmp_path_factory.mktemp("proxy")) as running:
        yield running


@pytest.fixture
def behind(shipped: Proxy, tmp_path: Path) -> Iterator[Behind]:
    with site_behind(shipped, tmp_path) as site:
        yield site
