"""A practice shop on a virtual evening whose store must be sound when the test ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import VirtualClock
from tests.support.shops import EVENING, open_test_shop


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def shop(tmp_path: Path, clock: VirtualClock) -> Iterator[Shop]:
    with open_test_shop(tmp_path / "data", clock=clock) as opened:
        yield opened
        assert opened.desk.check().problems == ()
