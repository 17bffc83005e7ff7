"""A running site with one enrolled till."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.clock import Instant, VirtualClock
from tests.tracking.live import LiveSite, Till, live_site

# Monday, 23 November 2026, 19:32 in Kyiv.
EVENING = Instant(1_795_455_120_000)


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def site(tmp_path: Path, clock: VirtualClock) -> Iterator[LiveSite]:
    with live_site(tmp_path / "site" / "site.sqlite", clock) as running:
        yield running


@pytest.fixture
def till(site: LiveSite) -> Till:
    enrolled = Till()
    enrolled.enrolled(site)
    return enrolled
