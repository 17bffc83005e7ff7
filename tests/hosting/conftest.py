"""Each proxy that is shipped, running for a module; a site behind it for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hosting.behind import Behind, site_behind
from tests.hosting.proxies import Proxy, shipped_caddy, shipped_nginx


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
